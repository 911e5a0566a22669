//! Clients that write without a pause, and remember what was acknowledged.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value as Json, json};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinSet;

use super::GROUPS;
use super::support::{Client, Method};

/// How one request ended: its status and code, or `None` without an answer.
pub(crate) struct Outcome {
    pub(crate) status: Option<u16>,
    pub(crate) code: String,
    pub(crate) retry_after: bool,
}

/// Clients at work.
pub(crate) struct Load {
    stop: Arc<AtomicBool>,
    clients: JoinSet<Vec<(i64, String)>>,
    pub(crate) outcomes: UnboundedReceiver<Outcome>,
}

impl Load {
    /// Some clients that create groups, each after the other, until they are told to stop.
    pub(crate) fn begin(client: &Client, clients: usize) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let (sender, outcomes) = unbounded_channel();
        let mut set = JoinSet::new();
        for number in 0..clients {
            let (client, stop, sender) = (client.clone(), Arc::clone(&stop), sender.clone());
            set.spawn(async move {
                let mut acknowledged = Vec::new();
                for turn in 0.. {
                    if stop.load(Ordering::Relaxed) {
                        break;
                    }
                    let name = format!("load_{number}_{turn}");
                    let (outcome, id) = create(&client, &name).await;
                    acknowledged.extend(id.map(|id| (id, name)));
                    sender.send(outcome).ok();
                    tokio::task::yield_now().await;
                }
                acknowledged
            });
        }
        Self { stop, clients: set, outcomes }
    }

    /// Waits for so many outcomes of a kind, whatever else happens meanwhile.
    pub(crate) async fn await_outcomes(&mut self, number: usize, of_kind: impl Fn(&Outcome) -> bool) {
        let mut seen = 0;
        while seen < number {
            let outcome = self.outcomes.recv().await.expect("clients at work");
            seen += usize::from(of_kind(&outcome));
        }
    }

    /// Lets the clients end, and gives the rows whose writes were acknowledged, by id.
    pub(crate) async fn end(self) -> BTreeMap<i64, String> {
        self.stop.store(true, Ordering::Relaxed);
        self.clients.join_all().await.into_iter().flatten().collect()
    }
}

/// Creates a group, and tells how that ended.
pub(crate) async fn create(client: &Client, name: &str) -> (Outcome, Option<i64>) {
    let request = client.request(Method::POST, GROUPS).header("origin", client.origin());
    // On a connection of its own: one that was idle may be closed by the server while this comes.
    let request = request.json(&json!({ "name": name, "description": "a group" })).header("connection", "close");
    let silent = Outcome { status: None, code: String::new(), retry_after: false };
    let Ok(response) = request.send().await else { return (silent, None) };
    let retry_after = response.headers().contains_key("retry-after");
    let status = response.status().as_u16();
    // An answer that was cut off acknowledges nothing.
    let Ok(body) = response.json::<Json>().await else { return (silent, None) };
    let code = body["code"].as_str().unwrap_or_default().to_owned();
    let id = body["id"].as_i64().filter(|_| status == 201);
    (Outcome { status: Some(status), code, retry_after }, id)
}

/// Checks that every acknowledged row is there, that each row of the load is whole, and that
/// the audit log tells of each row once.
pub(crate) async fn nothing_is_lost(admin: &Client, acknowledged: &BTreeMap<i64, String>) {
    let mut found = BTreeMap::new();
    let mut path = format!("{GROUPS}?limit=100");
    loop {
        let page = admin.get(&path).await.is(200).body;
        for row in page["rows"].as_array().expect("rows") {
            let name = row["name"].as_str().expect("a name");
            if name.starts_with("load_") {
                assert_eq!((&row["description"], &row["version"]), (&json!("a group"), &json!(1)), "{row}");
                found.insert(row["id"].as_i64().expect("an id"), name.to_owned());
            }
        }
        match page["next"].as_str() {
            Some(next) => path = format!("{GROUPS}?limit=100&cursor={next}"),
            None => break,
        }
    }
    for (id, name) in acknowledged {
        assert_eq!(found.get(id), Some(name), "an acknowledged write is lost");
    }
    for id in found.keys() {
        let log = admin.get(&format!("{GROUPS}/{id}/audit")).await.is(200).body;
        let entries = log["entries"].as_array().or(log.as_array()).unwrap_or_else(|| panic!("no entries in {log}"));
        assert_eq!(entries.len(), 1, "{log}");
        assert_eq!(entries[0]["action"], "create", "{log}");
    }
}

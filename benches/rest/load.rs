//! The same load for both servers, in turns, after both have shown that they do the same.

use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

use super::Effort;
use super::client::Client;
use super::process::{Pair, Running};

pub(super) const CONNECTIONS: usize = 4;

const ACTIVITIES: &str = "/api/crm/v1/activities";

/// What the servers are asked to do.
pub(super) enum Work {
    Read {
        name: &'static str,
        path: &'static str,
    },
    /// What an app wrote itself, whose answer is no JSON.
    WebApi {
        name: &'static str,
        path: &'static str,
    },
    Create,
    Update,
}

impl Work {
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Read { name, .. } | Self::WebApi { name, .. } => name,
            Self::Create => "create with audit",
            Self::Update => "update with audit",
        }
    }
}

/// What a server did in a round.
pub(super) struct Round {
    /// Requests in a second.
    pub(super) rate: f64,
    /// Microseconds of processor time for a request; zero where the system does not tell.
    pub(super) work: f64,
}

pub(super) fn compare(pair: &Pair<'_>, work: &Work, effort: Effort) {
    let servers = [&pair.platform, &pair.hand_written];
    let [ours, theirs] = servers.map(|server| result(pair, server, work));
    assert_eq!(ours, theirs, "{}: not the same answer", work.name());
    let mut done = [Vec::new(), Vec::new()];
    for server in servers {
        load(&server.address, &pair.cookie, work, effort.round * 2);
    }
    // A busy moment of the machine hits both.
    for _ in 0..effort.rounds {
        for (server, done) in servers.iter().zip(&mut done) {
            done.push(round(server, &pair.cookie, work, effort.round));
        }
    }
    let [ours, theirs] = done;
    tell(work.name(), ["appos", "hand-written"], [&ours, &theirs]);
}

/// One round of one server.
pub(super) fn round(server: &Running, cookie: &str, work: &Work, time: Duration) -> Round {
    let before = server.work();
    let (count, rate) = load(&server.address, cookie, work, time);
    Round { rate, work: (server.work() - before) / count }
}

/// Prints two sides and their ratio.
pub(super) fn tell(name: &str, sides: [&str; 2], rounds: [&[Round]; 2]) {
    let ratio = median(rounds[0].iter().zip(rounds[1]).map(|(ours, theirs)| ours.rate / theirs.rate).collect());
    let [ours, theirs] = [0, 1].map(|side: usize| {
        let rate = median(rounds[side].iter().map(|round| round.rate).collect());
        let work = median(rounds[side].iter().map(|round| round.work).collect());
        format!("{} {rate:6.0}/s {work:6.1} µs", sides[side])
    });
    println!("  {name:24} {ratio:5.2}   {ours}   {theirs}");
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// What the work makes of the data, without what differs from call to call.
fn result(pair: &Pair<'_>, server: &Running, work: &Work) -> Json {
    let mut client = Client::new(&server.address, &pair.cookie);
    if let Work::WebApi { path, .. } = work {
        let request = client.request("GET", path, "");
        let body = String::from_utf8_lossy(client.served(&request, "200").1).into_owned();
        // Without the lengths of its pieces, if it came in some.
        return body.lines().filter(|line| line.contains(',')).collect::<Vec<_>>().join("\n").into();
    }
    if let Work::Read { path, .. } = work {
        let mut answer = client.json(path);
        return match answer.get_mut("rows").map(Json::take) {
            Some(Json::Array(rows)) => rows.into_iter().map(without_moments).collect(),
            _ => without_moments(answer),
        };
    }
    let mut row = created(&mut client, 0);
    if matches!(work, Work::Update) {
        let request = change(&client, &row);
        row = serde_json::from_slice(client.served(&request, "200").1).expect("JSON");
    }
    // The platform reads what either server has noted.
    let audit = format!("{ACTIVITIES}/{}/audit", row["id"]);
    let mut entries = Client::new(&pair.platform.address, &pair.cookie).json(&audit)["entries"].take();
    for entry in entries.as_array_mut().into_iter().flatten().filter_map(Json::as_object_mut) {
        entry.retain(|name, _| ["action", "version", "user", "changes"].contains(&name.as_str()));
        entry["changes"].as_object_mut().map(|changes| changes.remove("number"));
    }
    json!([without_moments(row), entries])
}

/// One side writes trailing zeros of moments, the other does not.
fn without_moments(mut row: Json) -> Json {
    if let Some(row) = row.as_object_mut() {
        row.retain(|name, _| !["created_at", "updated_at"].contains(&name.as_str()));
        if row.contains_key("subject") {
            row.retain(|name, _| !["id", "number"].contains(&name.as_str()));
        }
    }
    row
}

fn new(client: &Client, number: u32) -> String {
    let body = json!({
        "customer": 7,
        "kind": "meeting",
        "subject": format!("Quarterly review, {number}"),
        "owner": 1,
        "due_on": "2026-12-01",
        "minutes": number % 1000,
        "hourly_rate": "72.5",
    });
    client.request("POST", ACTIVITIES, &body.to_string())
}

fn created(client: &mut Client, number: u32) -> Json {
    let request = new(client, number);
    serde_json::from_slice(client.served(&request, "201").1).expect("JSON")
}

fn change(client: &Client, row: &Json) -> String {
    let version = row["version"].as_i64().unwrap_or_default();
    let body = json!({
        "version": version,
        "subject": format!("Quarterly review, moved {version} times"),
        "minutes": version % 1000,
    });
    client.request("PATCH", &format!("{ACTIVITIES}/{}", row["id"]), &body.to_string())
}

/// Requests served in this time, and their rate.
fn load(address: &str, cookie: &str, work: &Work, time: Duration) -> (f64, f64) {
    std::thread::scope(|scope| {
        let clients =
            [(); CONNECTIONS].map(|()| scope.spawn(move || serve_me(Client::new(address, cookie), work, time)));
        let ended = clients.map(|client| client.join().expect("the client ends well"));
        ended.iter().fold((0.0, 0.0), |sum, client| (sum.0 + client.0, sum.1 + client.1))
    })
}

fn serve_me(mut client: Client, work: &Work, time: Duration) -> (f64, f64) {
    let mut row = if matches!(work, Work::Update) { created(&mut client, 0) } else { Json::Null };
    let (started, mut count) = (Instant::now(), 0_u32);
    let fixed = match work {
        Work::Read { path, .. } | Work::WebApi { path, .. } => client.request("GET", path, ""),
        Work::Create | Work::Update => String::new(),
    };
    while started.elapsed() < time {
        match work {
            Work::Read { .. } | Work::WebApi { .. } => {
                let (_, body) = client.served(&fixed, "200");
                assert!(body.len() > 100, "an empty answer");
            }
            Work::Create => {
                let request = new(&client, count);
                client.served(&request, "201");
            }
            Work::Update => {
                let request = change(&client, &row);
                row = serde_json::from_slice(client.served(&request, "200").1).expect("JSON");
            }
        }
        count += 1;
    }
    (f64::from(count), f64::from(count) / started.elapsed().as_secs_f64())
}

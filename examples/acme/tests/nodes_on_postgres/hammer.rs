//! Asks every server the same question all the time, and remembers when it was asked and what was
//! answered.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::task::JoinHandle;

use super::support::{Client, Method};

/// A question: of a session, or with a key.
#[derive(Clone)]
pub struct Asker {
    client: Client,
    key: Option<String>,
    /// The cookie, which an answer may replace, as a browser keeps it.
    session: Arc<Mutex<Option<String>>>,
}

impl Asker {
    pub fn of(client: &Client) -> Self {
        Self { client: client.clone(), key: None, session: Arc::new(Mutex::new(client.session.clone())) }
    }

    pub fn with_key(client: Client, key: &str) -> Self {
        Self { client, key: Some(key.to_owned()), session: Arc::default() }
    }

    pub async fn ask(&self, path: &str) -> u16 {
        let mut client = self.client.clone();
        client.session.clone_from(&self.session.lock().expect("nobody panicked"));
        let request = client.request(Method::GET, path);
        let request = match &self.key {
            Some(key) => request.header("authorization", format!("Bearer {key}")),
            None => request,
        };
        let answer = client.send(request).await;
        // Also an answer that refuses may bring another id: rights were lost.
        if answer.status != 401 && answer.headers.contains_key("set-cookie") {
            client.keep(&answer);
            *self.session.lock().expect("nobody panicked") = client.session;
        }
        answer.status
    }
}

/// When a question was asked, and the status of its answer.
type Asked = (Instant, u16);

pub struct Hammer {
    stop: Arc<AtomicBool>,
    tasks: Vec<JoinHandle<Vec<Asked>>>,
}

impl Hammer {
    pub fn begin(askers: &[Asker], path: &'static str) -> Self {
        let stop = Arc::<AtomicBool>::default();
        let ask = |asker: &Asker| {
            let (asker, stop) = (asker.clone(), Arc::clone(&stop));
            tokio::spawn(async move {
                let mut all = Vec::new();
                while !stop.load(Ordering::Relaxed) {
                    let began = Instant::now();
                    all.push((began, asker.ask(path).await));
                    // Two processors serve three servers and this.
                    tokio::time::sleep(Duration::from_millis(2)).await;
                }
                all
            })
        };
        let tasks = askers.iter().map(ask).collect();
        Self { stop, tasks }
    }

    /// What each was answered.
    pub async fn end(self) -> Vec<Vec<Asked>> {
        self.stop.store(true, Ordering::Relaxed);
        let mut all = Vec::new();
        for task in self.tasks {
            all.push(task.await.expect("every question is answered"));
        }
        all
    }
}

/// Makes a change while all ask, and checks that nobody is let in who asks later than `bound` after it.
pub async fn closes(
    what: &str,
    askers: &[Asker],
    path: &'static str,
    bound: Duration,
    change: impl Future<Output = ()>,
) {
    for (node, asker) in askers.iter().enumerate() {
        assert_eq!(asker.ask(path).await, 200, "{what}: let in at server {node} before");
    }
    let hammer = Hammer::begin(askers, path);
    tokio::time::sleep(Duration::from_millis(300)).await;
    change.await;
    let changed = Instant::now();
    tokio::time::sleep(bound + Duration::from_millis(700)).await;
    for (node, asked) in hammer.end().await.into_iter().enumerate() {
        let allowed = |asked: &&Asked| asked.1 == 200;
        assert!(asked.iter().any(|asked| allowed(&asked) && asked.0 < changed), "{what}: asked at server {node}");
        let last = asked.iter().rev().find(allowed).map(|(began, _)| began.saturating_duration_since(changed));
        let late = last.filter(|late| *late >= bound);
        assert_eq!(late, None, "{what}: still let in at server {node} so long after the change");
        let after: Vec<u16> = asked.iter().rev().take(3).map(|(_, status)| *status).collect();
        assert!(after.iter().all(|status| [401, 403, 404, 503].contains(status)), "{what}: server {node}: {after:?}");
    }
}

//! Clients that start processes of every shape, and tell those that wait.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::json;

use super::database::Database;
use super::http::Door;

const SHAPES: [&str; 9] = ["chain", "fork", "naps", "family", "told", "stumble", "brittle", "undo", "count"];
/// Clients that start.
const CLIENTS: usize = 3;
/// Wait between two starts of one.
const PAUSE: Duration = Duration::from_millis(150);
/// The same start comes so often.
const DELIVERIES: usize = 2;

/// What the server has acknowledged.
#[derive(Debug, Default)]
pub struct Done {
    /// Instances by their names.
    pub started: HashMap<String, String>,
}

pub struct Load {
    over: Arc<AtomicBool>,
    done: Arc<Mutex<Done>>,
    clients: Vec<JoinHandle<()>>,
    tellers: Vec<JoinHandle<()>>,
}

impl Load {
    pub fn begin(door: Door) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let done = Arc::new(Mutex::new(Done::default()));
        let count = Arc::new(AtomicUsize::new(0));
        let (tell, to_tell) = mpsc::channel::<String>();
        let clients = (0..CLIENTS)
            .map(|_| {
                let (over, done, count, door, tell) =
                    (Arc::clone(&over), Arc::clone(&done), Arc::clone(&count), door.clone(), tell.clone());
                std::thread::spawn(move || {
                    while !over.load(Ordering::Relaxed) {
                        let number = count.fetch_add(1, Ordering::Relaxed);
                        let shape = SHAPES[number % SHAPES.len()];
                        let name = format!("{shape}-{number}");
                        if let Some(id) = start(&door, shape, &name) {
                            if shape == "told" {
                                tell.send(id.clone()).expect("somebody who tells");
                            }
                            done.lock().expect("nobody panicked").started.insert(name, id);
                        }
                        std::thread::sleep(PAUSE);
                    }
                })
            })
            .collect();
        let tellers = vec![std::thread::spawn(move || {
            for instance in to_tell {
                for number in 1..=3 {
                    persist(|| door.call("tell", &json!({ "instance": instance, "number": number })));
                }
            }
        })];
        Self { over, done, clients, tellers }
    }

    /// Waits for the requests that are on their way.
    pub fn end(self) -> Done {
        self.over.store(true, Ordering::Relaxed);
        for thread in self.clients.into_iter().chain(self.tellers) {
            thread.join().expect("a client that does not panic");
        }
        std::mem::take(&mut *self.done.lock().expect("nobody panicked"))
    }
}

/// Tells those whose start was never acknowledged, and is done all the same: nobody else knows of them.
pub fn tell_the_unknown(door: &Door, database: &Database, done: &Done) {
    let rows = database.rows("SELECT id FROM platform_process_instance WHERE name LIKE 'told-%' AND state = 'running'");
    let unknown = rows.into_iter().flatten().filter(|id| !done.started.values().any(|known| known == id));
    for instance in unknown {
        for number in 1..=3 {
            persist(|| door.call("tell", &json!({ "instance": instance, "number": number })));
        }
    }
}

/// Asks until there is an answer.
fn persist<T>(mut ask: impl FnMut() -> Option<T>) -> T {
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// What has a key is sent again and again; anything else once, whatever becomes of it.
fn start(door: &Door, shape: &str, name: &str) -> Option<String> {
    let is_keyed = shape == "chain";
    let key = is_keyed.then(|| format!("key of {name}"));
    let body = json!({ "shape": shape, "name": name, "key": key });
    let ask = || door.call("begin", &body).map(|id| id.as_str().expect("an id").to_owned());
    if !is_keyed {
        return ask();
    }
    // Sent twice at the same time, as by two who both believe that the other has failed.
    let deliveries: Vec<String> = std::thread::scope(|scope| {
        let sent: Vec<_> = (0..DELIVERIES).map(|_| scope.spawn(|| persist(ask))).collect();
        sent.into_iter().map(|thread| thread.join().expect("an id")).collect()
    });
    assert!(deliveries.iter().all(|id| *id == deliveries[0]), "one key, two instances: {deliveries:?}");
    deliveries.into_iter().next()
}

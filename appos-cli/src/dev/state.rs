//! What the program behind the proxy is doing, as the proxy and open pages see it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde::Serialize;
use tokio::sync::{Notify, watch};

/// What the program is doing.
#[derive(Clone, Debug)]
pub(super) enum Phase {
    /// It is not there yet, or just now not: requests wait for it.
    Starting,
    /// It answers here.
    Running(SocketAddr),
    /// It cannot run.
    Failed(Arc<Trouble>),
}

/// Why a program cannot run.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Trouble {
    /// `does_not_build` or `does_not_run`.
    pub(super) code: &'static str,
    /// In a sentence.
    pub(super) title: String,
    /// What the compiler reported, one by one.
    pub(super) errors: Vec<Report>,
    /// What was printed besides, with its colours.
    pub(super) output: String,
}

/// One report of the compiler.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Report {
    pub(super) level: String,
    pub(super) message: String,
    pub(super) file: Option<String>,
    pub(super) line: Option<u64>,
    pub(super) column: Option<u64>,
    /// As cargo shows it, with colours.
    #[serde(skip)]
    pub(super) rendered: String,
}

/// What is seen of it all.
#[derive(Clone, Debug)]
pub(super) struct Status {
    pub(super) phase: Phase,
    /// Another one whenever open pages are out of date.
    pub(super) generation: String,
}

/// The status, to be changed by one and watched by all.
#[derive(Debug)]
pub(super) struct State {
    status: watch::Sender<Status>,
    /// Tells generations of this run from those of another one.
    run: String,
    number: AtomicUsize,
    /// Requests that the program has been given and has not begun to answer.
    waiting: AtomicUsize,
    answered: Notify,
}

impl State {
    pub(super) fn new() -> Arc<Self> {
        let run = chrono::Utc::now().timestamp_millis().to_string();
        let status = Status { phase: Phase::Starting, generation: format!("{run}-0") };
        Arc::new(Self {
            status: watch::Sender::new(status),
            run,
            number: AtomicUsize::new(0),
            waiting: AtomicUsize::new(0),
            answered: Notify::new(),
        })
    }

    pub(super) fn watch(&self) -> watch::Receiver<Status> {
        self.status.subscribe()
    }

    /// Requests wait from here on.
    pub(super) fn starts(&self) {
        self.status.send_modify(|status| status.phase = Phase::Starting);
    }

    pub(super) fn runs(&self, address: SocketAddr) {
        self.turns(Phase::Running(address));
    }

    pub(super) fn fails(&self, trouble: Trouble) {
        self.turns(Phase::Failed(Arc::new(trouble)));
    }

    fn turns(&self, phase: Phase) {
        let number = self.number.fetch_add(1, Ordering::Relaxed) + 1;
        self.status.send_replace(Status { phase, generation: format!("{}-{number}", self.run) });
    }

    /// A request begins to wait for the program. Counted before the phase is read, so that a
    /// program which is to end is not given a request that nobody has counted.
    pub(super) fn given(self: &Arc<Self>) -> Given {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        Given(Arc::clone(self))
    }

    /// Waits until the program has begun to answer every request it was given; not for ever.
    pub(super) async fn quiet(&self, patience: Duration) {
        let all = async {
            loop {
                let answered = self.answered.notified();
                if self.waiting.load(Ordering::SeqCst) == 0 {
                    return;
                }
                answered.await;
            }
        };
        // One that takes longer is finished by the program itself while it ends.
        let _ = tokio::time::timeout(patience, all).await;
    }
}

/// A request that the program has not begun to answer.
pub(super) struct Given(Arc<State>);

impl Drop for Given {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::SeqCst);
        self.0.answered.notify_waiters();
    }
}

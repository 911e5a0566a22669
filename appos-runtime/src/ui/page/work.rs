//! Work that takes a while, and how far it is.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use dioxus::prelude::*;
use dioxus_core::Task;
use tokio::time::{Instant, sleep_until};

use crate::error::Result;

/// Between two times that a page shows how far a work is.
const EVERY: Duration = Duration::from_millis(100);

/// How far a work is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// So much is done.
    pub done: u64,
    /// Of so much; zero: nobody knows how much there is.
    pub total: u64,
}

/// A work that a component can begin.
pub struct Work<T: 'static> {
    progress: Signal<Option<Progress>>,
    outcome: Signal<Option<Result<T>>>,
    task: Signal<Option<Task>>,
}

impl<T> Clone for Work<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Work<T> {}

impl<T> PartialEq for Work<T> {
    fn eq(&self, other: &Self) -> bool {
        self.progress == other.progress
    }
}

/// By which a work tells how far it is.
#[derive(Clone)]
pub struct Reporter {
    shown: Signal<Option<Progress>>,
    state: Rc<State>,
}

struct State {
    now: Cell<Progress>,
    next: Cell<Instant>,
    waiting: Cell<bool>,
}

impl Reporter {
    /// So much is done, of so much. Told as often as one likes, shown ten times a second.
    pub fn tell(&self, done: u64, total: u64) {
        self.state.now.set(Progress { done, total });
        let now = Instant::now();
        if now >= self.state.next.get() {
            self.show(now);
        } else if !self.state.waiting.replace(true) {
            let reporter = self.clone();
            let next = self.state.next.get();
            spawn(async move {
                sleep_until(next).await;
                reporter.show(Instant::now());
            });
        }
    }

    fn show(&self, now: Instant) {
        self.state.waiting.set(false);
        self.state.next.set(now + EVERY);
        let mut shown = self.shown;
        // What has ended says nothing more.
        if shown.peek().is_some() {
            shown.set(Some(self.state.now.get()));
        }
    }
}

impl<T: 'static> Work<T> {
    /// How far it is; `None`: it does not run.
    pub fn progress(self) -> Option<Progress> {
        *self.progress.read()
    }

    /// What has come of it, once it has ended.
    pub fn with_outcome<R>(self, show: impl FnOnce(Option<&Result<T>>) -> R) -> R {
        show(self.outcome.read().as_ref())
    }

    /// Begins it, unless it runs already. It ends with its component, or with the page.
    pub fn begin<F>(mut self, work: impl FnOnce(Reporter) -> F)
    where
        F: Future<Output = Result<T>> + 'static,
    {
        if self.progress.peek().is_some() {
            return;
        }
        self.progress.set(Some(Progress::default()));
        self.outcome.set(None);
        let state = State { now: Cell::default(), next: Cell::new(Instant::now()), waiting: Cell::new(false) };
        let working = work(Reporter { shown: self.progress, state: Rc::new(state) });
        let task = spawn(async move {
            let outcome = working.await;
            self.progress.set(None);
            self.outcome.set(Some(outcome));
        });
        self.task.set(Some(task));
    }

    /// Gives it up.
    pub fn cancel(mut self) {
        if let Some(task) = self.task.write().take() {
            task.cancel();
        }
        self.progress.set(None);
    }
}

/// A work that this component can begin: `let sending = use_work();`, and in a handler
/// `sending.begin(|report| async move { .. report.tell(done, total); .. Ok(()) })`. Calls in it are the visitor's,
/// each with a time limit of its own; the work as a whole has none.
pub fn use_work<T: 'static>() -> Work<T> {
    Work { progress: use_signal(|| None), outcome: use_signal(|| None), task: use_signal(|| None) }
}

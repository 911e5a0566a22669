//! An answer that is good for a while: however many ask, it is found once.

use std::time::{Duration, Instant};

use tokio::sync::Mutex;

/// What was found last, and when.
pub(super) struct Cached<T> {
    lasts: Duration,
    found: Mutex<Option<(Instant, T)>>,
}

impl<T: Clone> Cached<T> {
    pub(super) fn for_a_while(lasts: Duration) -> Self {
        Self { lasts, found: Mutex::default() }
    }

    /// What was found not long ago, or what is found now. Whoever asks meanwhile waits for it.
    pub(super) async fn get(&self, find: impl Future<Output = T>) -> T {
        let mut found = self.found.lock().await;
        if let Some((at, answer)) = found.as_ref()
            && at.elapsed() < self.lasts
        {
            return answer.clone();
        }
        let answer = find.await;
        *found = Some((Instant::now(), answer.clone()));
        answer
    }
}

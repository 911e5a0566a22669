//! What comes to its end, also when nobody waits for it any more.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;

/// A beginning that is not given up half-way. A connection whose `BEGIN` was sent and not waited for goes back to its
/// pool in the midst of a transaction of which it does not know (sqlx 0.9): what others write with it by single
/// statements would be committed by nobody.
pub(super) struct ToItsEnd<T: Send + 'static> {
    future: Option<BoxFuture<'static, T>>,
    is_begun: bool,
}

impl<T: Send + 'static> ToItsEnd<T> {
    pub(super) fn of(future: impl Future<Output = T> + Send + 'static) -> Self {
        Self { future: Some(future.boxed()), is_begun: false }
    }
}

impl<T: Send + 'static> Future for ToItsEnd<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        self.is_begun = true;
        let Some(future) = self.future.as_mut() else { return Poll::Pending };
        let answer = future.poll_unpin(cx);
        if answer.is_ready() {
            self.future = None;
        }
        answer
    }
}

impl<T: Send + 'static> Drop for ToItsEnd<T> {
    fn drop(&mut self) {
        let Some(future) = self.future.take().filter(|_| self.is_begun) else { return };
        // Without a runtime the program ends, and its connections with it.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(future.map(drop));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn what_was_begun_comes_to_its_end_and_what_was_not_is_not_begun() {
        let ended = Arc::<AtomicBool>::default();
        let begin = || {
            let ended = Arc::clone(&ended);
            ToItsEnd::of(async move {
                tokio::task::yield_now().await;
                ended.store(true, Ordering::Relaxed);
                7
            })
        };
        assert_eq!(begin().await, 7);
        ended.store(false, Ordering::Relaxed);
        drop(begin());
        tokio::time::sleep(Duration::from_millis(5)).await;
        assert!(!ended.load(Ordering::Relaxed), "nobody has asked for it");
        assert!(futures_util::poll!(begin()).is_pending());
        tokio::time::sleep(Duration::from_millis(5)).await;
        assert!(ended.load(Ordering::Relaxed), "it was given up half-way");
    }
}

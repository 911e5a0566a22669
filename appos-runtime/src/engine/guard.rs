//! Ends a future at its deadline or when its scope is cancelled, and catches its panics.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::task::Poll;
use std::time::Instant;

use futures_util::FutureExt;
use tokio_util::sync::CancellationToken;

use crate::error::{AppOsError, Result};

/// Why a future was ended from outside.
#[derive(Clone, Copy)]
enum Stop {
    Deadline,
    Cancelled,
}

/// What ended a body.
pub(super) enum Ended<T> {
    Answer(Result<T>),
    Panicked(String),
    TimedOut,
    Cancelled,
}

/// The text of a panic.
fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    match (panic.downcast_ref::<&str>(), panic.downcast_ref::<String>()) {
        (Some(text), _) => (*text).to_owned(),
        (_, Some(text)) => text.clone(),
        _ => "panic without a text".to_owned(),
    }
}

/// Runs a body to its end, its panic, or, when `stop` says when, the deadline.
///
/// The timer is set only where no ancestor in the same task has one: a nested call is ended
/// with its ancestor, and costs no timer of its own.
/// The body is pinned by its caller: a future handed in by value would be held twice, in a
/// caller that is itself a body, and so on: four levels of calls would make it 16 times as large.
pub(super) async fn run<T>(
    body: Pin<&mut impl Future<Output = Result<T>>>,
    stop: Option<(Instant, CancellationToken)>,
) -> Ended<T> {
    // The body's state is dropped by its caller when it panics: nobody sees it half changed.
    let mut body = AssertUnwindSafe(body).catch_unwind();
    let mut stop = stop.map(|(deadline, cancel)| -> Pin<Box<dyn Future<Output = Stop> + Send>> {
        Box::pin(async move {
            tokio::select! {
                biased;
                () = cancel.cancelled_owned() => Stop::Cancelled,
                () = tokio::time::sleep_until(deadline.into()) => Stop::Deadline,
            }
        })
    });
    std::future::poll_fn(|context| {
        if let Poll::Ready(outcome) = body.poll_unpin(context) {
            return Poll::Ready(match outcome {
                Ok(answer) => Ended::Answer(answer),
                Err(panic) => Ended::Panicked(panic_text(&*panic)),
            });
        }
        match stop.as_mut().map(|stop| stop.as_mut().poll(context)) {
            Some(Poll::Ready(Stop::Deadline)) => Poll::Ready(Ended::TimedOut),
            Some(Poll::Ready(Stop::Cancelled)) => Poll::Ready(Ended::Cancelled),
            _ => Poll::Pending,
        }
    })
    .await
}

pub(super) fn timed_out() -> AppOsError {
    AppOsError::timeout("the call took longer than it may")
}

pub(super) fn cancelled() -> AppOsError {
    AppOsError::timeout("the execution was cancelled").code_is("cancelled")
}

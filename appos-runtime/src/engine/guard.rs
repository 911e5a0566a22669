//! When a body ends without its own doing: its deadline, a cancellation, a panic.

use std::any::Any;
use std::future::Future;
use std::pin::Pin;
use std::time::Instant;

use tokio_util::sync::CancellationToken;

use crate::error::AppOsError;

/// Why a body was ended from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    Deadline,
    Cancelled,
}

/// A timer and a cancellation, set only where no ancestor in the same task has them: a nested
/// call is ended with its ancestor, and costs no timer of its own.
pub(super) type Stopper = Pin<Box<dyn Future<Output = Stop> + Send>>;

pub(super) fn stopper(deadline: Instant, cancel: CancellationToken) -> Stopper {
    Box::pin(async move {
        tokio::select! {
            biased;
            () = cancel.cancelled_owned() => Stop::Cancelled,
            () = tokio::time::sleep_until(deadline.into()) => Stop::Deadline,
        }
    })
}

/// The error of a body that panicked.
pub(crate) fn panicked(panic: &(dyn Any + Send)) -> AppOsError {
    let text = match (panic.downcast_ref::<&str>(), panic.downcast_ref::<String>()) {
        (Some(text), _) => (*text).to_owned(),
        (_, Some(text)) => text.clone(),
        _ => "panic without a text".to_owned(),
    };
    AppOsError::execution("the object's body panicked").code_is("panicked").caused_by(text)
}

pub(super) fn timed_out() -> AppOsError {
    AppOsError::timeout("the call took longer than it may")
}

pub(super) fn cancelled() -> AppOsError {
    AppOsError::timeout("the execution was cancelled").code_is("cancelled")
}

//! Runs a body as far as it goes, and has written what comes of it.

use std::any::Any;
use std::future::poll_fn;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use futures_util::FutureExt;
use futures_util::task::AtomicWaker;
use tokio::sync::oneshot;

use super::super::worker::WriteFault;
use super::{Idle, Parked, Run};
use crate::error::Result;

/// How far a body has come.
pub(in super::super) enum Driven<T> {
    Ended(Result<T>),
    Panicked(Box<dyn Any + Send>),
    /// It waits, and nothing of it runs.
    Waits {
        due_at: Option<i64>,
    },
    Stopped(Parked),
    /// It is no longer ours, or nothing can be written: whoever takes it up next goes on from what is written.
    Lost(WriteFault),
}

/// Tells whether the body has something to do at once.
struct Bell {
    rung: AtomicBool,
    outer: AtomicWaker,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.rung.store(true, Ordering::Release);
        self.outer.wake();
    }
}

/// Runs a body of an instance.
pub(in super::super) async fn drive<T>(run: &Arc<Run>, body: impl Future<Output = Result<T>>) -> Driven<T> {
    let mut body = pin!(AssertUnwindSafe(body).catch_unwind());
    let bell = Arc::new(Bell { rung: AtomicBool::new(false), outer: AtomicWaker::new() });
    let waker = Waker::from(Arc::clone(&bell));
    let mut writing: Option<(u64, oneshot::Receiver<Result<(), WriteFault>>)> = None;
    let driven = poll_fn(|context| {
        bell.outer.register(context.waker());
        loop {
            if let Some((upto, answer)) = &mut writing {
                match answer.poll_unpin(context) {
                    Poll::Ready(Ok(Ok(()))) => {
                        run.written.send_replace(*upto);
                        writing = None;
                    }
                    Poll::Ready(Ok(Err(fault))) => return Poll::Ready(Driven::Lost(fault)),
                    Poll::Ready(Err(_)) => return Poll::Ready(Driven::Lost(WriteFault::Unwritable)),
                    Poll::Pending => {}
                }
            }
            bell.rung.store(false, Ordering::Release);
            match body.as_mut().poll(&mut Context::from_waker(&waker)) {
                Poll::Ready(Ok(answer)) => return Poll::Ready(Driven::Ended(answer)),
                Poll::Ready(Err(panic)) => return Poll::Ready(Driven::Panicked(panic)),
                Poll::Pending => {}
            }
            if let Some(parked) = run.state().stopped.take() {
                return Poll::Ready(Driven::Stopped(parked));
            }
            if writing.is_some() {
                return Poll::Pending;
            }
            if let Some((upto, changes)) = run.take_changes() {
                writing = Some((upto, run.work.write(run, changes, None)));
                continue;
            }
            if bell.rung.load(Ordering::Acquire) {
                // It has woken itself, as one that gives way to others does.
                return Poll::Pending;
            }
            return match run.idle() {
                Idle::Until(due_at) if due_at.is_none_or(|at| at > run.work.soon()) || run.work.is_closing() => {
                    Poll::Ready(Driven::Waits { due_at })
                }
                _ => Poll::Pending,
            };
        }
    })
    .await;
    if !matches!(driven, Driven::Ended(_) | Driven::Panicked(_)) {
        // Before the body goes.
        run.close();
    }
    driven
}

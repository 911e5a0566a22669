//! What a page waits for, beside what its components wait for. Each of them may hold a connection to the database,
//! and those are few: as long as it waits for one itself, what it has begun goes on, or it would wait for itself.

use std::future::{pending, poll_fn, ready};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use tokio::time::Instant;

use super::{Done, Page, Posting, SCOPE_LASTS};
use crate::state::{Ctx, Scope};
use crate::ui::live::state::Drawn;

impl Page {
    /// Waits for something, while components and a form that is at work go on.
    pub(super) async fn meanwhile<T>(&mut self, awaited: impl Future<Output = T>) -> T {
        let mut awaited = pin!(awaited);
        let mut early = None;
        let came = loop {
            let stale = Instant::now() + SCOPE_LASTS;
            tokio::select! {
                biased;
                came = &mut awaited => break came,
                done = posted(self.posting.as_mut()) => early = Some(done),
                () = working(self.drawn.as_mut(), &self.scope, stale) => {}
            }
            if early.is_some() {
                self.posting = None;
            }
            // Components do nothing more before they are drawn. It is sent with the rest.
            self.render();
        };
        // Looked at when its turn comes.
        if let Some(done) = early {
            self.posting = Some(Box::pin(ready(done)));
        }
        came
    }
}

/// Waits until a form has been dealt with; for ever, if none is at work.
pub(super) async fn posted(posting: Option<&mut Posting>) -> Done {
    match posting {
        Some(posting) => posting.await,
        None => pending().await,
    }
}

/// Waits until a component has something to draw, or its scope is too old for what it does next; for ever, while
/// the page sleeps.
pub(super) async fn working(drawn: Option<&mut Drawn>, scope: &Arc<Scope>, stale: Instant) {
    let Some(drawn) = drawn else { return pending().await };
    let mut wait = pin!(drawn.dom.wait_for_work());
    let mut first = true;
    poll_fn(|cx| {
        if !std::mem::take(&mut first) && Instant::now() >= stale {
            return Poll::Ready(());
        }
        Ctx::root(Arc::clone(scope)).enter_now(|| wait.as_mut().poll(cx))
    })
    .await;
}

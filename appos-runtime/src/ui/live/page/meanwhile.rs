//! What a page waits for, beside what its components wait for. Each of them may hold a connection to the database,
//! and those are few: as long as it waits for one itself, what it has begun goes on, or it would wait for itself.

use std::future::{poll_fn, ready};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use dioxus_core::VirtualDom;
use tokio::time::Instant;

use super::{Page, SCOPE_LASTS};
use crate::state::{Ctx, Scope};

impl Page {
    /// Waits for something, while components and a form that is at work go on.
    pub(super) async fn meanwhile<T>(&mut self, awaited: impl Future<Output = T>) -> T {
        let mut awaited = pin!(awaited);
        let mut early = None;
        let came = loop {
            let stale = Instant::now() + SCOPE_LASTS;
            let (drawn, scope) = (self.drawn.as_mut(), &self.scope);
            let working = async {
                match drawn {
                    Some(drawn) => work(&mut drawn.dom, scope, stale).await,
                    None => std::future::pending().await,
                }
            };
            let posting = self.posting.as_mut();
            let posted = async {
                match posting {
                    Some(posting) => posting.await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                biased;
                came = &mut awaited => break came,
                done = posted => early = Some(done),
                () = working => {}
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

/// Waits until a component has something to draw, or its scope is too old for what it does next.
pub(super) async fn work(dom: &mut VirtualDom, scope: &Arc<Scope>, stale: Instant) {
    let mut wait = pin!(dom.wait_for_work());
    let mut first = true;
    poll_fn(|cx| {
        if !std::mem::take(&mut first) && Instant::now() >= stale {
            return Poll::Ready(());
        }
        Ctx::root(Arc::clone(scope)).enter_now(|| wait.as_mut().poll(cx))
    })
    .await;
}

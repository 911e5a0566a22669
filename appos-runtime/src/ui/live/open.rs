//! The first answer: a page as HTML. If there is room, what was drawn is kept, so that its script can claim it.

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use dioxus_core::NoOpMutations;
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout_at};

use super::markup;
use super::page::Page;
use super::pages::{Live, Place};
use super::state::Drawn;
use crate::error::{AppOsError, Result};
use crate::platform::session::SessionEntry;
use crate::record::{Look, Store};
use crate::state::{Ctx, Scope};
use crate::ui::page::{Location, Posted, Status, Visitor};

/// Longest wait for the data of a page; what is not there by then is shown as on its way.
const PATIENCE: Duration = Duration::from_secs(2);

/// A page that is asked for.
pub(crate) struct Asked {
    pub(crate) visitor: Visitor,
    pub(crate) scope: Arc<Scope>,
    pub(crate) location: Location,
    /// A form that was sent to it without script, and was refused.
    pub(crate) posted: Option<Posted>,
    /// The session whose script may claim the page; `None`: nobody will.
    pub(crate) session: Option<Arc<SessionEntry>>,
}

/// A page as HTML.
pub(crate) struct Painted {
    pub(crate) title: String,
    pub(crate) code: StatusCode,
    /// What stands in `body`.
    pub(crate) body: String,
    /// By which the page's script claims it; `None`: it is not kept.
    pub(crate) page: Option<String>,
}

/// The place of a page that is being drawn.
pub(super) struct Reserved {
    pub(super) place: Place,
    /// The state of access that it is drawn with at least.
    pub(super) epoch: u64,
    /// By which the server tells of rows.
    pub(super) look: Option<Look>,
}

/// Draws a page for the first time, with its data.
pub(super) async fn draw(drawn: &mut Drawn, scope: &Arc<Scope>, patience: Duration) {
    let drawing = async {
        drawn.dom.rebuild_in_place();
        let until = Instant::now() + patience;
        while !drawn.pending.is_none() {
            // Late data is shown when it comes, or with the next request.
            if timeout_at(until, drawn.dom.wait_for_work()).await.is_err() {
                break;
            }
            drawn.dom.render_immediate(&mut NoOpMutations);
        }
        drawn.dom.render_immediate(&mut NoOpMutations);
    };
    Ctx::root(Arc::clone(scope)).enter(drawing).await;
}

/// Draws a page in the task that asks, and keeps nothing of it.
///
/// # Errors
/// The visitor's rights cannot be read.
pub(crate) async fn paint_once(visitor: Visitor, scope: Arc<Scope>, location: Location) -> Result<Painted> {
    scope.fresh_rights().await?;
    let mut drawn = Drawn::new(visitor, location, None);
    draw(&mut drawn, &scope, PATIENCE).await;
    let Status { title, code } = drawn.status();
    Ok(Painted { title, code, body: markup::html(&drawn.dom), page: None })
}

impl Live {
    /// Draws a page as its visitor sees it.
    ///
    /// # Errors
    /// The visitor's rights cannot be read, or a component of the page has panicked.
    pub(crate) async fn paint(self: &Arc<Self>, asked: Asked) -> Result<Painted> {
        let epoch = self.engine.security().epoch();
        asked.scope.fresh_rights().await?;
        let (answer, painted) = oneshot::channel();
        let live = Arc::clone(self);
        self.pool.spawn_pinned(move || live.painting(asked, epoch, answer));
        painted.await.map_err(|_| AppOsError::execution("the page could not be drawn"))
    }

    async fn painting(self: Arc<Self>, asked: Asked, epoch: u64, answer: oneshot::Sender<Painted>) {
        let Asked { visitor, scope, location, posted, session } = asked;
        // Before anything is read: what changes from then on is told.
        let look = session.as_ref().and_then(|_| self.engine.resource::<Store>()).map(|store| store.feed().look());
        let place = session.as_ref().and_then(|session| {
            self.admit(session.id_hash(), visitor.user.id).unwrap_or_else(|error| {
                tracing::warn!(%error, "a page is not kept");
                None
            })
        });
        let mut drawn = Drawn::new(visitor.clone(), location.clone(), posted);
        draw(&mut drawn, &scope, PATIENCE).await;
        let body = markup::html(&drawn.dom);
        let Status { title, code } = drawn.status();
        let page = place.as_ref().map(|(place, _)| place.name.clone());
        let sent = answer.send(Painted { title, code, body, page });
        if let (Some((place, inbox)), Some(session), Ok(())) = (place, session, sent) {
            let place = Reserved { place, epoch, look };
            // The future of a page is large, and lives long.
            Box::pin(Page::new(self, (drawn, location), (visitor, scope), (session, place)).live(inbox)).await;
        }
    }
}

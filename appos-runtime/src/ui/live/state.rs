//! The state of a page that its transport reads and writes: where it is, where it wants to go, what it is
//! called, what was posted to it.

use std::rc::Rc;

use dioxus::prelude::*;

use crate::ui::page::{
    Awake, Changes, Going, Kept, Location, Navigator, Notices, Pending, Posted, PostedForm, Refresh, Status, Tone,
    Visitor,
};
use crate::ui::shell::{Root, RootProps};

/// A page with the handles to its state.
pub(super) struct Drawn {
    pub(super) dom: VirtualDom,
    pub(super) pending: Pending,
    status: Signal<Status>,
    posted: PostedForm,
    refresh: Refresh,
    pub(super) changes: Changes,
    awake: Awake,
    pub(super) kept: Kept,
}

impl Drawn {
    /// A page that nothing was drawn of yet.
    pub(super) fn new(visitor: Visitor, location: Location, posted: Option<Posted>) -> Self {
        let dom = VirtualDom::new_with_props(Root, RootProps { location });
        let pending = Pending::default();
        dom.provide_root_context(visitor);
        dom.provide_root_context(pending.clone());
        let (posted, status, refresh): (PostedForm, _, _) = dom.in_scope(ScopeId::ROOT, || {
            (
                Signal::new_in_scope(posted.map(Rc::new), ScopeId::ROOT),
                Signal::new_in_scope(Status::default(), ScopeId::ROOT),
                Refresh::new(),
            )
        });
        dom.provide_root_context(posted);
        dom.provide_root_context(status);
        dom.provide_root_context(refresh);
        let changes = Changes::default();
        dom.provide_root_context(changes.clone());
        let awake = Awake::default();
        dom.provide_root_context(awake.clone());
        let kept = Kept::default();
        dom.provide_root_context(kept.clone());
        Self { dom, pending, status, posted, refresh, changes, awake, kept }
    }

    /// True if the page can be drawn again from its address, without the loss of anything.
    pub(super) fn can_be_redrawn(&self) -> bool {
        let told = self.handle::<Notices>();
        self.awake.is_none()
            && self.pending.is_none()
            && self.dom.in_runtime(|| self.posted.peek().is_none() && told.is_none_or(Notices::is_empty))
    }

    /// What the page says of itself.
    pub(super) fn status(&self) -> Status {
        self.dom.in_runtime(|| self.status.peek().clone())
    }

    /// A handle that the root of the page provides.
    fn handle<T: Clone + 'static>(&self) -> Option<T> {
        self.dom.runtime().consume_context(ScopeId::APP)
    }

    /// Leads the page to another address; what was said of the one before is no longer true.
    pub(super) fn go(&mut self, location: Location) {
        let place = self.handle::<Signal<Location>>();
        let (mut status, mut posted) = (self.status, self.posted);
        self.dom.in_runtime(|| {
            if posted.peek().is_some() {
                posted.set(None);
            }
            status.write().code = actix_web::http::StatusCode::OK;
            if let Some(mut place) = place {
                place.set(location);
            }
        });
    }

    /// Where a component wants the page to go.
    pub(super) fn take_going(&self) -> Option<Going> {
        let navigator = self.handle::<Navigator>()?;
        self.dom.in_runtime(|| navigator.take())
    }

    /// Shows a form again with what is wrong.
    pub(super) fn refuse(&mut self, refused: Posted) {
        let mut posted = self.posted;
        self.dom.in_runtime(|| posted.set(Some(Rc::new(refused))));
    }

    /// Shows a message.
    pub(super) fn tell(&self, text: &str) {
        let Some(notices) = self.handle::<Notices>() else { return };
        self.dom.in_runtime(|| notices.tell(Tone::Bad, text));
    }

    /// Has what shows rows of these records ask for them again.
    pub(super) fn touch(&self, records: impl IntoIterator<Item = usize>) {
        self.dom.in_runtime(|| records.into_iter().for_each(|record| self.changes.ring(record)));
    }

    /// Draws everything anew, with what the visitor may see now.
    pub(super) fn refresh(&mut self) {
        let refresh = self.refresh;
        self.dom.in_runtime(|| refresh.ring());
        self.dom.mark_all_dirty();
    }
}

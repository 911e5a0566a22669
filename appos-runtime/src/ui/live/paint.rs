//! The first answer: a page as HTML.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use dioxus::prelude::*;

use crate::error::Result;
use crate::state::Scope;
use crate::ui::page::{Location, Pending, Posted, PostedForm, Status, Visitor};
use crate::ui::shell::{Root, RootProps};

/// Longest wait for the data of a page; what is not there by then is shown as on its way.
const PATIENCE: Duration = Duration::from_secs(2);

/// A page as HTML.
pub(crate) struct Painted {
    pub(crate) title: String,
    pub(crate) code: StatusCode,
    /// What stands in `body`.
    pub(crate) body: String,
}

/// Draws a page as `scope`'s user sees it.
///
/// # Errors
/// The visitor's rights cannot be read.
pub(crate) async fn paint(
    visitor: Visitor,
    scope: Arc<Scope>,
    location: Location,
    posted: Option<Posted>,
) -> Result<Painted> {
    scope.fresh_rights().await?;
    let pending = Pending::default();
    let waiting = pending.clone();
    let drawn = async move {
        let mut dom = VirtualDom::new_with_props(Root, RootProps { location });
        dom.provide_root_context(visitor);
        dom.provide_root_context(pending);
        let posted: PostedForm =
            dom.in_scope(ScopeId::ROOT, || Signal::new_in_scope(posted.map(Rc::new), ScopeId::ROOT));
        dom.provide_root_context(posted);
        let status = dom.in_scope(ScopeId::ROOT, || Signal::new_in_scope(Status::default(), ScopeId::ROOT));
        dom.provide_root_context(status);
        dom.rebuild_in_place();
        let complete = async {
            while !waiting.is_none() {
                dom.wait_for_work().await;
                dom.render_immediate(&mut dioxus_core::NoOpMutations);
            }
        };
        // Late data is shown when it comes, or with the next request.
        tokio::time::timeout(PATIENCE, complete).await.ok();
        dom.render_immediate(&mut dioxus_core::NoOpMutations);
        let body = dioxus_ssr::render(&dom);
        let Status { title, code } = dom.in_runtime(|| status.peek().clone());
        Painted { title, code, body }
    };
    Ok(scope.run(drawn).await)
}

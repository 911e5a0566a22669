//! Who looks at a page.

use std::sync::Arc;

use dioxus::prelude::*;

use super::imports::ImportDesk;
use crate::engine::Engine;
use crate::error::{AppOsError, Result};
use crate::state::{Preferences, RequestInfo, Scope, ScopeBuilder, Session, User};

/// Who looks at a page, for as long as it is open. A page that stays open asks for a new scope with
/// each thing it does, so that rights are those of that moment.
#[derive(Clone)]
pub(crate) struct Visitor {
    pub(crate) engine: Arc<Engine>,
    pub(crate) user: User,
    pub(crate) session: Session,
    /// Number of the session, by which it is ended; `None`: nobody signed in.
    pub(crate) session_number: Option<Arc<str>>,
    pub(crate) request: Option<RequestInfo>,
    /// How he wants to see things.
    pub(crate) preferences: Preferences,
    /// What a form of the page must hold to be taken.
    pub(crate) csrf_token: Arc<str>,
    /// Where files lie that the visitor has sent.
    pub(crate) imports: Arc<dyn ImportDesk>,
    /// Name of the platform, for people.
    pub(crate) platform: &'static str,
}

impl Visitor {
    /// A scope for what the page does now.
    ///
    /// # Errors
    /// The account was switched off, or nobody can tell.
    pub(crate) async fn scope(&self) -> Result<Arc<Scope>> {
        let rights = self.engine.load_rights(&self.user).await?;
        if !rights.is_active() {
            return Err(AppOsError::security("the account is switched off").code_is("session_expired"));
        }
        let scope = ScopeBuilder::new(Arc::clone(&self.engine), self.user.clone(), rights)
            .session(self.session.clone())
            .preferences(self.preferences.clone());
        Ok(match &self.request {
            Some(request) => scope.request(request.clone()),
            None => scope,
        }
        .build())
    }
}

impl PartialEq for Visitor {
    fn eq(&self, other: &Self) -> bool {
        self.user.id == other.user.id && self.session_number == other.session_number
    }
}

/// Who looks at this page.
pub(crate) fn use_visitor() -> Visitor {
    use_context::<Visitor>()
}

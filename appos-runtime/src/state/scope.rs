//! What all calls of one request share.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use arc_swap::ArcSwap;
use chrono_tz::Tz;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{Ctx, Preferences, QueryCount, Session, Variables};
use crate::engine::Engine;
use crate::error::Result;
use crate::journal::TraceContext;
use crate::security::{Rights, UserType};

/// Who is asking.
#[derive(Clone, Debug)]
pub struct User {
    /// Id of the user's row in `platform.records.user`.
    pub id: i64,
    /// E-mail address, by which the user signs in.
    pub email: Arc<str>,
    /// Name for people.
    pub name: Arc<str>,
    /// The sort of account.
    pub user_type: UserType,
}

/// The app an object belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppInfo {
    /// Name of the app, such as `crm`.
    pub name: &'static str,
}

/// What an object may know of the HTTP request it serves.
#[derive(Clone, Debug)]
pub struct RequestInfo {
    /// `GET`, `POST` and so on.
    pub method: String,
    /// Path without the query.
    pub path: String,
    /// Address of the client.
    pub address: Option<IpAddr>,
}

/// What an object may know of the delivery from the outbox that called it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The same for every attempt: what was done for it once need not be done again.
    pub id: Uuid,
    /// Number of this attempt, from 1.
    pub attempt: u32,
}

/// The call tree that a scope continues.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Origin {
    /// Root of the tree.
    pub(crate) root_id: Uuid,
    /// The execution below which the scope's calls stand.
    pub(crate) parent_id: Uuid,
}

/// One request, command or job: everything that its calls have in common.
pub struct Scope {
    pub(crate) engine: Arc<Engine>,
    /// Who is asking; `public_access` if nobody signed in.
    pub user: User,
    /// Values that last as long as the sign-in.
    pub session: Session,
    /// The HTTP request, if there is one.
    pub request: Option<RequestInfo>,
    /// The delivery from the outbox, if the call is one.
    pub delivery: Option<Delivery>,
    /// The variables of the process, if the call is in one.
    pub var: Variables,
    /// Language of the answer, such as `en`.
    pub language: Arc<str>,
    /// Time zone of whoever is asking.
    pub time_zone: Tz,
    /// How whoever is asking wants to see things.
    pub preferences: Preferences,
    pub(crate) root_id: Uuid,
    /// Execution of another scope that this one continues.
    pub(crate) parent_id: Option<Uuid>,
    trace: Option<Arc<TraceContext>>,
    pub(crate) cancel: CancellationToken,
    rights: ArcSwap<Rights>,
    /// Set by the first call, whose execution is the root of the tree.
    root_taken: AtomicBool,
    /// The same moment on both clocks, so that a call reads only one.
    pub(crate) anchor: Instant,
    anchor_us: u64,
    /// How far the clock had been moved then.
    anchor_moved_us: i64,
    /// What calls that are not a record's share: it stays zero.
    pub(crate) no_queries: Arc<QueryCount>,
}

impl Scope {
    /// Rights of the user, fresh as of now.
    ///
    /// # Errors
    /// The security data changed and cannot be read.
    pub(crate) async fn fresh_rights(&self) -> Result<Arc<Rights>> {
        let known = self.rights.load();
        if known.epoch() == self.engine.security.epoch() {
            return Ok(Arc::clone(&known));
        }
        let rights = self.engine.load_rights(&self.user).await?;
        self.rights.store(Arc::clone(&rights));
        Ok(rights)
    }

    /// The rights last loaded, if no security data has changed since.
    #[inline]
    pub(crate) fn with_current_rights<T>(&self, read: impl FnOnce(&Rights) -> T) -> Option<T> {
        let known = self.rights.load();
        (known.epoch() == self.engine.security.epoch()).then(|| read(&known))
    }

    /// Microseconds since 1970 at this moment of the monotonic clock.
    pub(crate) fn unix_us(&self, at: Instant) -> u64 {
        let since = at.saturating_duration_since(self.anchor);
        // A test may have moved the clock since the scope was made.
        let moved = self.engine.clock.moved_us() - self.anchor_moved_us;
        (self.anchor_us + u64::try_from(since.as_micros()).unwrap_or(0)).saturating_add_signed(moved)
    }

    /// The id of a new execution; the first one of a scope is its root.
    pub(crate) fn next_execution_id(&self, at_us: u64) -> Uuid {
        // The plain load spares later calls the write.
        if !self.root_taken.load(Ordering::Relaxed) && !self.root_taken.swap(true, Ordering::Relaxed) {
            return self.root_id;
        }
        new_execution_id(at_us)
    }

    /// Asks all calls of this scope to end.
    pub fn cancel(&self) {
        self.cancel.cancel();
    }

    /// The id under which the logs know the first call of this scope.
    pub fn root_id(&self) -> Uuid {
        self.root_id
    }

    /// The trace of a caller outside, in which the calls of this scope stand.
    pub(crate) fn trace(&self) -> Option<&Arc<TraceContext>> {
        self.trace.as_ref()
    }

    /// Number of the trace: the caller's, else that of the root of the tree.
    pub(crate) fn trace_number(&self) -> u128 {
        self.trace.as_ref().map_or(self.root_id.as_u128(), |trace| trace.trace_id())
    }

    /// Runs a future as this scope: calls made in it are the scope's.
    pub fn run<F: Future>(self: Arc<Self>, future: F) -> impl Future<Output = F::Output> {
        Ctx::root(self).enter(future)
    }
}

impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").field("user", &self.user).field("root_id", &self.root_id).finish_non_exhaustive()
    }
}

/// A version 7 UUID whose random part comes from a generator of the thread: ids need to be unique,
/// not secret, and the system's generator costs a call into the kernel.
pub(crate) fn new_execution_id(at_us: u64) -> Uuid {
    let mut random = [0; 10];
    random[..8].copy_from_slice(&fastrand::u64(..).to_ne_bytes());
    random[8..].copy_from_slice(&fastrand::u16(..).to_ne_bytes());
    uuid::Builder::from_unix_timestamp_millis(at_us / 1000, &random).into_uuid()
}

/// Collects what a scope needs.
pub struct ScopeBuilder {
    engine: Arc<Engine>,
    user: User,
    rights: Arc<Rights>,
    session: Session,
    request: Option<RequestInfo>,
    delivery: Option<Delivery>,
    origin: Option<Origin>,
    trace: Option<Arc<TraceContext>>,
    var: Variables,
    preferences: Preferences,
}

impl ScopeBuilder {
    /// A scope for this user, with the rights that were loaded for them.
    pub fn new(engine: Arc<Engine>, user: User, rights: Arc<Rights>) -> Self {
        let preferences = engine.settings.preferences.clone();
        Self {
            engine,
            user,
            rights,
            session: Session::none(),
            request: None,
            delivery: None,
            origin: None,
            trace: None,
            var: Variables::default(),
            preferences,
        }
    }

    /// The session of the sign-in.
    #[must_use]
    pub fn session(mut self, session: Session) -> Self {
        self.session = session;
        self
    }

    /// The HTTP request.
    #[must_use]
    pub fn request(mut self, request: RequestInfo) -> Self {
        self.request = Some(request);
        self
    }

    /// The delivery that the scope is for, and the call tree to which it belongs.
    #[must_use]
    #[cfg(feature = "db")]
    pub(crate) fn delivery(mut self, delivery: Delivery, origin: Origin) -> Self {
        self.delivery = Some(delivery);
        self.origin = Some(origin);
        self
    }

    /// The call tree to which the scope belongs.
    #[must_use]
    #[cfg(feature = "db")]
    pub(crate) fn origin(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    /// The trace of a caller outside. It connects, and gives no right.
    #[must_use]
    #[cfg(feature = "db")]
    pub(crate) fn trace(mut self, trace: Option<Arc<TraceContext>>) -> Self {
        self.trace = trace;
        self
    }

    /// The variables of the process that the scope is for.
    #[must_use]
    #[cfg(feature = "db")]
    pub(crate) fn variables(mut self, var: Variables) -> Self {
        self.var = var;
        self
    }

    /// The language of the answer.
    #[must_use]
    pub fn language(mut self, language: impl Into<Arc<str>>) -> Self {
        self.preferences.language = language.into();
        self
    }

    /// How whoever is asking wants to see things, the language among it.
    #[must_use]
    pub fn preferences(mut self, preferences: Preferences) -> Self {
        self.preferences = preferences;
        self
    }

    /// The scope.
    pub fn build(self) -> Arc<Scope> {
        let anchor_moved_us = self.engine.clock.moved_us();
        let anchor_us = u64::try_from(self.engine.clock.unix_us()).unwrap_or(0);
        let origin = self.origin;
        Arc::new(Scope {
            cancel: self.engine.stopping.child_token(),
            engine: self.engine,
            user: self.user,
            session: self.session,
            request: self.request,
            delivery: self.delivery,
            var: self.var,
            language: Arc::clone(&self.preferences.language),
            time_zone: self.preferences.time_zone,
            preferences: self.preferences,
            root_id: origin.map_or_else(|| new_execution_id(anchor_us), |origin| origin.root_id),
            parent_id: origin.map(|origin| origin.parent_id),
            trace: self.trace,
            rights: ArcSwap::new(self.rights),
            root_taken: AtomicBool::new(origin.is_some()),
            anchor: Instant::now(),
            anchor_us,
            anchor_moved_us,
            no_queries: Arc::default(),
        })
    }
}

//! `ctx`: one call's view of its execution.

use std::ops::Deref;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::futures::TaskLocalFuture;
use uuid::Uuid;

use super::queries::QueryCount;
use super::scope::{AppInfo, Scope};
#[cfg(feature = "db")]
use crate::journal::{span_of, traceparent};
use crate::registry::{ObjectDescriptor, ObjectKind};
use crate::value::{Date, DateTime};

tokio::task_local! {
    static CURRENT: Ctx;
}

/// The execution context, in scope as `ctx` in the body of every object.
///
/// Its own fields differ from call to call; through it one also reads what is common to the
/// whole request: `ctx.user`, `ctx.session`, `ctx.request`, `ctx.language`.
#[derive(Clone)]
pub struct Ctx {
    scope: Arc<Scope>,
    /// The app of the object that runs.
    pub app: AppInfo,
    /// This execution; the name under which the logs know it.
    pub execution_id: Uuid,
    /// The execution that made this call, if any.
    pub parent_id: Option<Uuid>,
    /// When the call must have ended.
    pub deadline: Instant,
    pub(crate) object: Option<&'static ObjectDescriptor>,
    pub(crate) depth: u16,
    /// True while an ancestor in the same task ends the work at the deadline.
    pub(crate) guarded: bool,
    /// Of a call of a record or of a connected system: its statements. Other calls send none themselves.
    pub(crate) queries: Arc<QueryCount>,
}

impl Ctx {
    /// The context in which the running code was called, if it was called through dispatch.
    pub fn current() -> Option<Self> {
        CURRENT.try_with(Clone::clone).ok()
    }

    /// Looks at the context of the running code, without a copy of it.
    #[cfg(feature = "db")]
    pub(crate) fn with_current<T>(look: impl FnOnce(&Self) -> T) -> Option<T> {
        CURRENT.try_with(look).ok()
    }

    pub(crate) fn is_current(execution_id: Uuid) -> bool {
        CURRENT.try_with(|ctx| ctx.execution_id == execution_id).unwrap_or(false)
    }

    /// The context above all calls of a request.
    pub(crate) fn root(scope: Arc<Scope>) -> Self {
        let deadline = scope.anchor + scope.engine.settings.timeout;
        Self {
            app: AppInfo { name: "" },
            execution_id: scope.root_id,
            parent_id: scope.parent_id,
            deadline,
            object: None,
            depth: 0,
            guarded: false,
            queries: Arc::clone(&scope.no_queries),
            scope,
        }
    }

    /// The same with another deadline: for what may take longer than other requests, before
    /// its first call.
    #[cfg(feature = "web")]
    pub(crate) fn until(mut self, deadline: Instant) -> Self {
        self.deadline = deadline;
        self
    }

    pub(crate) fn child(&self, object: &'static ObjectDescriptor, execution_id: Uuid, deadline: Instant) -> Self {
        Self {
            scope: Arc::clone(&self.scope),
            app: AppInfo { name: object.app },
            execution_id,
            // The root context is no execution of its own; what it continues may be one.
            parent_id: self.object.map_or(self.parent_id, |_| Some(self.execution_id)),
            deadline,
            object: Some(object),
            depth: self.depth + 1,
            guarded: true,
            queries: if asks(object) { Arc::default() } else { Arc::clone(&self.scope.no_queries) },
        }
    }

    /// What this call has asked of databases and systems, if it is one that does.
    pub(crate) fn asked(&self) -> Option<&QueryCount> {
        self.object.filter(|object| asks(object)).map(|_| &*self.queries)
    }

    /// Number of the trace in which this call stands, 32 hexadecimal digits: that of the caller outside, if the
    /// request named one, else that of the root of the call tree.
    ///
    /// Systems outside are told of it by themselves; write it where others look for what belongs together.
    pub fn trace_id(&self) -> String {
        format!("{:032x}", self.scope.trace_number())
    }

    /// The headers by which a system outside is told in which trace it is called, and by which part of it.
    #[cfg(feature = "db")]
    pub(crate) fn trace_headers(&self) -> (String, Option<&str>) {
        let (number, trace) = (self.scope.trace_number(), self.scope.trace());
        let sampled = trace.map_or_else(|| self.engine.settings.sampler.takes(number), |trace| trace.is_sampled());
        (traceparent(number, span_of(self.execution_id), sampled), trace.and_then(|trace| trace.state()))
    }

    /// The same call with the rights of another user.
    #[cfg(feature = "db")]
    pub(crate) fn of_scope(mut self, scope: Arc<Scope>) -> Self {
        self.scope = scope;
        self
    }

    /// The same call, seen from a task of its own.
    pub(crate) fn detached(mut self) -> Self {
        self.guarded = false;
        self
    }

    pub(crate) fn scope(&self) -> &Arc<Scope> {
        &self.scope
    }

    /// Runs a future with this context.
    pub(crate) fn enter<F: Future>(self, future: F) -> TaskLocalFuture<Self, F> {
        CURRENT.scope(self, future)
    }

    /// Runs something with this context, at once.
    #[cfg(feature = "web")]
    pub(crate) fn enter_now<T>(self, run: impl FnOnce() -> T) -> T {
        CURRENT.sync_scope(self, run)
    }

    /// The environment the platform runs in, such as `dev` or `prod`.
    pub fn environment(&self) -> &str {
        &self.scope.engine.settings.environment
    }

    /// True if the user is in this group, as of now. A system administrator is in every group.
    ///
    /// # Errors
    /// The security data cannot be read.
    pub async fn is_member(&self, group: &str) -> crate::error::Result<bool> {
        Ok(self.scope.fresh_rights().await?.in_any(&[group]))
    }

    /// The time (UTC). In a test it can be moved: a body that asks here, and not the system, can be tested.
    pub fn now(&self) -> DateTime {
        self.scope.engine.clock.now()
    }

    /// The day (UTC).
    pub fn today(&self) -> Date {
        self.now().date_naive()
    }

    /// Time left until the deadline.
    pub fn time_left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }
}

/// True of objects whose calls ask databases and systems outside themselves.
fn asks(object: &ObjectDescriptor) -> bool {
    matches!(object.kind, ObjectKind::Record | ObjectKind::ConnectedSystem)
}

impl Deref for Ctx {
    type Target = Scope;

    fn deref(&self) -> &Scope {
        &self.scope
    }
}

impl std::fmt::Debug for Ctx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ctx")
            .field("execution_id", &self.execution_id)
            .field("object", &self.object.map(|object| object.reference))
            .field("user", &self.scope.user)
            .field("depth", &self.depth)
            .finish_non_exhaustive()
    }
}

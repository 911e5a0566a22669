//! An open execution: recorded when it ends, however it ends.

use std::sync::Arc;
use std::time::Instant;

use crate::error::{AppOsError, ErrorKind};
use crate::journal::{Event, EventError, ExecutionEvent, LoggedArguments, Outcome, SecurityEvent};
use crate::registry::ObjectDescriptor;
use crate::security::{Because, Permission};
use crate::state::{Ctx, QueryCount, Scope};

/// A call between its authorization and its record.
///
/// Dropping it unfinished records it as cancelled: a client that hangs up, or an ancestor
/// that times out, drops the future in which it lives.
pub(super) struct Execution {
    pub(super) ctx: Ctx,
    object: &'static ObjectDescriptor,
    operation: &'static str,
    decision: Option<(Permission, Because)>,
    started: Instant,
    started_us: u64,
    arguments: LoggedArguments,
    finished: bool,
}

impl Execution {
    pub(super) fn open(
        caller: &Ctx,
        object: &'static ObjectDescriptor,
        (operation, decision): (&'static str, Option<(Permission, Because)>),
        arguments: LoggedArguments,
    ) -> Self {
        let scope = caller.scope();
        let started = Instant::now();
        let started_us = scope.unix_us(started);
        let deadline = match object.timeout {
            Some(own) => caller.deadline.min(started + own),
            None => caller.deadline,
        };
        let ctx = caller.child(object, scope.next_execution_id(started_us), deadline);
        if let (Some(from), Some(to)) = (caller.object.and_then(|from| from.slot.get()), object.slot.get())
            && let Some(state) = scope.engine.states.get(from)
        {
            state.calls(to);
        }
        Self { ctx, object, operation, decision, started, started_us, arguments, finished: false }
    }

    fn scope(&self) -> &Arc<Scope> {
        self.ctx.scope()
    }

    /// Records a good end.
    pub(super) fn succeed(mut self, result: LoggedArguments) {
        self.record(Outcome::Ok, result, None);
    }

    /// Records a bad end and gives the error its place. A refusal by the body itself, such as of a
    /// field or a row, goes to the security log, too; one that a call below it was answered is there.
    pub(super) fn fail(self, outcome: Outcome, error: AppOsError) -> AppOsError {
        if error.kind() == ErrorKind::Security && error.execution_id().is_none() {
            self.note_refusal(self.decision.map(|(permission, _)| permission), &error);
        }
        self.end_badly(outcome, error)
    }

    /// Records a refusal, also in the security log.
    pub(super) fn refuse(self, permission: Permission, error: AppOsError) -> AppOsError {
        self.note_refusal(Some(permission), &error);
        self.end_badly(Outcome::Denied, error)
    }

    fn end_badly(mut self, outcome: Outcome, mut error: AppOsError) -> AppOsError {
        error.passes(self.ctx.execution_id, self.object.reference, self.object.kind.as_str());
        let logged = EventError::from(&error);
        self.record(outcome, LoggedArguments::none(), Some(Box::new(logged)));
        error
    }

    fn note_refusal(&self, permission: Option<Permission>, error: &AppOsError) {
        let scope = self.scope();
        let mut detail = error.message().to_owned();
        for wrong in error.fields() {
            detail.push_str("; ");
            detail.push_str(&wrong.field);
        }
        scope.engine.journal.record(Event::Security(Box::new(SecurityEvent {
            at_us: self.started_us,
            execution_id: Some(self.ctx.execution_id),
            object: Some(self.object),
            action: "denied",
            permission,
            user_id: scope.user.id,
            detail,
            address: scope.request.as_ref().and_then(|request| request.address),
            change: None,
        })));
    }

    fn record(&mut self, outcome: Outcome, result: LoggedArguments, error: Option<Box<EventError>>) {
        self.finished = true;
        let duration_ns = u64::try_from(self.started.elapsed().as_nanos()).unwrap_or(u64::MAX);
        let scope = self.ctx.scope();
        if let Some(state) = self.object.slot.get().and_then(|slot| scope.engine.states.get(slot)) {
            state.count(outcome, duration_ns);
        }
        if !scope.engine.journal.is_enabled() {
            return;
        }
        let (queries, query_ns) = self.ctx.queries.read();
        let notes = self.ctx.asked().and_then(QueryCount::take_notes);
        scope.engine.journal.record(Event::Execution(ExecutionEvent {
            at_us: self.started_us,
            execution_id: self.ctx.execution_id,
            parent_id: self.ctx.parent_id,
            root_id: scope.root_id,
            trace: scope.trace().cloned(),
            object: Some(self.object),
            operation: self.operation,
            decision: self.decision,
            user_id: scope.user.id,
            outcome,
            duration_ns,
            depth: self.ctx.depth,
            queries,
            query_ns,
            notes,
            arguments: std::mem::take(&mut self.arguments),
            result,
            error,
        }));
    }
}

impl Drop for Execution {
    fn drop(&mut self) {
        if !self.finished {
            let timed_out = Instant::now() >= self.ctx.deadline;
            let outcome = if timed_out { Outcome::TimedOut } else { Outcome::Cancelled };
            self.record(outcome, LoggedArguments::none(), None);
        }
    }
}

/// What an error of a body means for the record.
pub(crate) fn outcome_of(error: &AppOsError) -> Outcome {
    match (error.kind(), error.code()) {
        (ErrorKind::Security, _) => Outcome::Denied,
        (ErrorKind::Dispatch, _) => Outcome::NotFound,
        (
            ErrorKind::Validation,
            "stale_version" | "not_unique" | "still_referenced" | "last_system_admin" | "builtin_group",
        ) => Outcome::Conflict,
        (ErrorKind::Validation, _) => Outcome::Invalid,
        (ErrorKind::Timeout, "cancelled") => Outcome::Cancelled,
        (ErrorKind::Timeout, _) => Outcome::TimedOut,
        (ErrorKind::Integration | ErrorKind::Execution, _) => Outcome::Failed,
    }
}

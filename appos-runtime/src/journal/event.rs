//! What the journal is told: plain data, made where the event happens.

use std::error::Error;
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::{LoggedArguments, Notes, TraceContext};
use crate::error::{AppOsError, ErrorKind, FieldError};
use crate::registry::ObjectDescriptor;
use crate::security::{Because, Permission};

/// How an execution ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The body answered.
    Ok,
    /// The principal may not do this.
    Denied,
    /// The object or row does not exist.
    NotFound,
    /// The input was wrong.
    Invalid,
    /// The input conflicts with what is stored.
    Conflict,
    /// The body answered with an error.
    Failed,
    /// The body panicked.
    Panicked,
    /// A deadline passed.
    TimedOut,
    /// The caller went away.
    Cancelled,
}

impl Outcome {
    /// The name used in log lines.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Denied => "denied",
            Self::NotFound => "not_found",
            Self::Invalid => "invalid",
            Self::Conflict => "conflict",
            Self::Failed => "failed",
            Self::Panicked => "panicked",
            Self::TimedOut => "timed_out",
            Self::Cancelled => "cancelled",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One execution of one object; becomes a line in `execution` and a line in `performance`.
#[derive(Clone, Debug)]
pub struct ExecutionEvent {
    /// When it started, in microseconds since 1970 (UTC).
    pub at_us: u64,
    /// This execution.
    pub execution_id: Uuid,
    /// The execution that called this one.
    pub parent_id: Option<Uuid>,
    /// The execution with which the call tree began.
    pub root_id: Uuid,
    /// The trace of a caller outside in which it stands; without one, the number of the root is that of its trace.
    pub trace: Option<Arc<TraceContext>>,
    /// The object; `None` if the call was refused before an object was known.
    pub object: Option<&'static ObjectDescriptor>,
    /// What was done with it: `call`, `get`, `create` and so on.
    pub operation: &'static str,
    /// Which permission was asked for, and why it was answered so; `None` if nothing was decided.
    pub decision: Option<(Permission, Because)>,
    /// On whose behalf.
    pub user_id: i64,
    /// How it ended.
    pub outcome: Outcome,
    /// How long it took.
    pub duration_ns: u64,
    /// Number of executions above this one.
    pub depth: u16,
    /// Number of database statements.
    pub queries: u32,
    /// Time spent in database statements.
    pub query_ns: u64,
    /// These statements, and requests to systems outside, if there are any and they are to be noted.
    pub notes: Option<Box<Notes>>,
    /// Arguments, redacted.
    pub arguments: LoggedArguments,
    /// Result, redacted.
    pub result: LoggedArguments,
    /// What went wrong; boxed, since most executions carry none.
    pub error: Option<Box<EventError>>,
}

impl ExecutionEvent {
    /// Number of its trace.
    pub fn trace_id(&self) -> u128 {
        self.trace.as_ref().map_or(self.root_id.as_u128(), |trace| trace.trace_id())
    }
}

/// An error as log lines show it.
#[derive(Clone, Debug)]
pub struct EventError {
    /// The family of the error.
    pub kind: ErrorKind,
    /// Stable machine-readable cause.
    pub code: String,
    /// What went wrong, in words.
    pub message: String,
    /// Wrong fields of an input.
    pub fields: Vec<FieldError>,
    /// Objects the error passed through, innermost first.
    pub chain: Vec<&'static str>,
    /// The errors behind it, outermost first, joined by `: `; logged, never sent to a client.
    pub cause: Option<String>,
}

impl From<&AppOsError> for EventError {
    fn from(error: &AppOsError) -> Self {
        let mut cause: Option<String> = None;
        let mut next = error.source();
        while let Some(source) = next {
            cause = Some(match cause {
                Some(before) => format!("{before}: {source}"),
                None => source.to_string(),
            });
            next = source.source();
        }
        Self {
            kind: error.kind(),
            code: error.code().to_owned(),
            message: error.message().to_owned(),
            fields: error.fields().to_vec(),
            chain: error.chain().to_vec(),
            cause,
        }
    }
}

/// Something that concerns who may do what; becomes a line in `security`.
#[derive(Clone, Debug)]
pub struct SecurityEvent {
    /// When it happened, in microseconds since 1970 (UTC).
    pub at_us: u64,
    /// The execution in which it happened.
    pub execution_id: Option<Uuid>,
    /// The object it concerns.
    pub object: Option<&'static ObjectDescriptor>,
    /// What happened: `denied`, `sign_in`, `grant_changed` and so on.
    pub action: &'static str,
    /// The permission that was asked for or changed.
    pub permission: Option<Permission>,
    /// Who did it.
    pub user_id: i64,
    /// More, in words for a person.
    pub detail: String,
    /// Network address of the client.
    pub address: Option<IpAddr>,
    /// The row of the platform that was written, and how.
    pub change: Option<RowChange>,
}

/// A write of a row on which decisions about access depend.
#[derive(Clone, Debug)]
pub struct RowChange {
    /// Number of the row.
    pub row_id: i64,
    /// The fields that differ: their names, each with `old` and `new`; without secret values.
    pub fields: Map<String, Json>,
}

/// What [`Journal::record`](super::Journal::record) takes.
#[derive(Clone, Debug)]
pub enum Event {
    /// An execution ended.
    // By value: boxing it would cost the call an allocation.
    Execution(ExecutionEvent),
    /// Something that concerns who may do what.
    Security(Box<SecurityEvent>),
}

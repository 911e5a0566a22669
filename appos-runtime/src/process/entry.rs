//! One entry of the history of an instance: a step, a wait, a variable, in what state it is and what came of it.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use uuid::Uuid;

use super::place::Place;
use crate::error::{AppOsError, ErrorKind, FieldError};

/// What an entry is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntryKind {
    /// A step.
    Step,
    /// A step that undoes another one.
    Compensation,
    /// A wait for a moment.
    Timer,
    /// A wait for a signal.
    Signal,
    /// A value of a variable.
    Variable,
    /// A question to people.
    Task,
    /// A process that this one waits for.
    Child,
    /// A process or step that this one does not wait for.
    Started,
}

/// In which state an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntryState {
    /// Its body runs, or its program has died while it did.
    Running,
    /// For a moment, for a signal, or for its next try.
    Waiting,
    Completed,
    /// For good.
    Failed,
    /// It was not to be done, or its failure does not matter.
    Skipped,
    Cancelled,
}

macro_rules! named {
    ($ty:ident { $($variant:ident => $name:literal),* $(,)? }) => {
        impl $ty {
            /// The name in the database and for people.
            pub(crate) const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The one with this name.
            pub(crate) fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

pub(super) use named;

named!(EntryKind {
    Step => "step",
    Compensation => "compensation",
    Timer => "timer",
    Signal => "signal",
    Variable => "variable",
    Task => "task",
    Child => "child",
    Started => "started",
});
named!(EntryState {
    Running => "running",
    Waiting => "waiting",
    Completed => "completed",
    Failed => "failed",
    Skipped => "skipped",
    Cancelled => "cancelled",
});

/// An entry as it is known while its instance runs.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) kind: EntryKind,
    /// The step, the signal, the variable.
    pub(super) name: String,
    pub(super) state: EntryState,
    /// Tries that have begun.
    pub(super) attempts: u32,
    /// What came of it, or the value.
    pub(super) result: Option<Json>,
    pub(super) error: Option<StoredError>,
    /// When it goes on, in milliseconds since 1970.
    pub(super) due_at: Option<i64>,
    /// Of a step that can be undone: its arguments.
    pub(super) arguments: Option<Json>,
    pub(super) started_at: i64,
    /// The body has come by.
    pub(super) seen: bool,
}

/// What is known of an entry, for whoever lets go of the history.
pub(super) fn known(entry: Option<&mut Entry>) -> Option<Entry> {
    entry.map(|entry| entry.clone())
}

/// What is written of an entry.
#[derive(Clone, Debug)]
pub(super) struct EntryRow {
    pub(super) place: Place,
    pub(super) kind: EntryKind,
    pub(super) name: String,
    pub(super) state: EntryState,
    pub(super) attempts: u32,
    /// JSON, not sealed yet; empty: none.
    pub(super) arguments: String,
    /// As they may be seen.
    pub(super) shown: String,
    pub(super) result: String,
    pub(super) shown_result: String,
    pub(super) error: Option<StoredError>,
    pub(super) execution_id: Option<Uuid>,
    pub(super) started_at: i64,
    pub(super) ended_at: Option<i64>,
    pub(super) due_at: Option<i64>,
}

/// What is written of an entry that is known.
pub(super) fn row(place: &Place, entry: &Entry) -> EntryRow {
    EntryRow {
        place: place.clone(),
        kind: entry.kind,
        name: entry.name.clone(),
        state: entry.state,
        attempts: entry.attempts,
        arguments: entry.arguments.as_ref().map(Json::to_string).unwrap_or_default(),
        shown: String::new(),
        result: entry.result.as_ref().map(Json::to_string).unwrap_or_default(),
        shown_result: String::new(),
        error: entry.error.clone(),
        execution_id: None,
        started_at: entry.started_at,
        ended_at: None,
        due_at: entry.due_at,
    }
}

/// An error as it is kept: all but its cause, which may quote what nobody is to see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredError {
    kind: String,
    pub(crate) code: String,
    pub(crate) message: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    fields: Vec<StoredField>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) execution_id: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) object: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct StoredField {
    field: String,
    code: String,
    message: String,
}

impl From<&AppOsError> for StoredError {
    fn from(error: &AppOsError) -> Self {
        let fields = error.fields().iter().map(|wrong| StoredField {
            field: wrong.field.clone(),
            code: wrong.code.to_string(),
            message: wrong.message.clone(),
        });
        Self {
            kind: name_of(error.kind()).to_owned(),
            code: error.code().to_owned(),
            message: error.message().to_owned(),
            fields: fields.collect(),
            execution_id: error.execution_id(),
            object: error.object_ref().map(str::to_owned),
        }
    }
}

impl StoredError {
    /// The error again, as the body of a process gets it.
    pub(super) fn error(&self) -> AppOsError {
        let fields = self.fields.iter().map(|wrong| FieldError {
            field: wrong.field.clone(),
            code: wrong.code.clone().into(),
            message: wrong.message.clone(),
        });
        AppOsError::new(kind_of(&self.kind), self.code.clone(), self.message.clone()).with_fields(fields.collect())
    }
}

const KINDS: [(ErrorKind, &str); 6] = [
    (ErrorKind::Security, "security"),
    (ErrorKind::Dispatch, "dispatch"),
    (ErrorKind::Validation, "validation"),
    (ErrorKind::Timeout, "timeout"),
    (ErrorKind::Integration, "integration"),
    (ErrorKind::Execution, "execution"),
];

fn name_of(kind: ErrorKind) -> &'static str {
    KINDS.iter().find(|(known, _)| *known == kind).map_or("execution", |(_, name)| name)
}

fn kind_of(name: &str) -> ErrorKind {
    KINDS.iter().find(|(_, known)| *known == name).map_or(ErrorKind::Execution, |(kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_that_was_kept_is_the_same_again() {
        let error = AppOsError::validation("too many").code_is("limit").field("count", "range", "at most 3");
        let kept = StoredError::from(&error);
        let read: StoredError = serde_json::from_str(&serde_json::to_string(&kept).unwrap()).unwrap();
        let again = read.error();
        assert_eq!((again.kind(), again.code(), again.message()), (error.kind(), error.code(), error.message()));
        assert_eq!(again.fields(), error.fields());
    }

    #[test]
    fn every_state_is_found_by_its_name() {
        for state in [EntryState::Running, EntryState::Waiting, EntryState::Completed, EntryState::Failed] {
            assert_eq!(EntryState::named(state.as_str()), Some(state));
        }
    }
}

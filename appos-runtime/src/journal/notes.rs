//! What an execution has asked of others beside objects: databases, and systems outside. Never with a value.

use std::sync::Arc;

/// What one execution has asked of databases and systems.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// Statements, in the order in which they ended.
    pub statements: Vec<StatementNote>,
    /// Requests to a system outside, in the order in which they ended.
    pub requests: Vec<RequestNote>,
    /// Statements and requests that were too many.
    pub left_out: u32,
}

/// Most statements of an execution that are noted; slow ones may be some more.
const MOST: usize = 32;
/// Most slow statements that are noted beside these, and most requests.
const MOST_MORE: usize = 16;

impl Notes {
    /// Notes a statement, unless there are too many.
    pub fn statement(&mut self, note: StatementNote) {
        if self.statements.len() < MOST || (note.is_slow && self.statements.len() < MOST + MOST_MORE) {
            self.statements.push(note);
        } else {
            self.left_out = self.left_out.saturating_add(1);
        }
    }

    /// Notes a request, unless there are too many.
    pub fn request(&mut self, note: RequestNote) {
        if self.requests.len() < MOST_MORE {
            self.requests.push(note);
        } else {
            self.left_out = self.left_out.saturating_add(1);
        }
    }
}

/// A statement that was sent to a database.
#[derive(Clone, Debug)]
pub struct StatementNote {
    /// Its text, with placeholders where values are.
    pub sql: Arc<str>,
    /// Which database it is for: `sqlite`, `postgresql` or `mysql`.
    pub database: &'static str,
    /// When it was sent, in microseconds since 1970 (UTC).
    pub at_us: u64,
    /// How long its answer took.
    pub duration_ns: u64,
    /// Rows of the answer, as far as they were counted.
    pub rows: Option<u64>,
    /// True if it took as long as the setting `logging.slow_query`.
    pub is_slow: bool,
}

/// A request to a system outside: one attempt.
#[derive(Clone, Debug)]
pub struct RequestNote {
    /// The connected system.
    pub system: &'static str,
    /// `GET`, `POST` and so on.
    pub method: String,
    /// Host, and port if it is not the usual one.
    pub host: Arc<str>,
    /// The path as the integration has written it, with names in the place of values, and without a query.
    pub path: String,
    /// When it was made, in microseconds since 1970 (UTC).
    pub at_us: u64,
    /// How long it took.
    pub duration_ns: u64,
    /// Number of the attempt, from 1.
    pub attempt: u32,
    /// Status of the answer.
    pub status: Option<u16>,
    /// Code of the error, if there was no answer.
    pub error: Option<String>,
}

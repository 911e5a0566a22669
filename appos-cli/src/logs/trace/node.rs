//! One execution, put together from its lines.

use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::logs::line::Line;

/// An execution as its lines tell it. What no line tells is null.
#[derive(Clone, Debug, Serialize)]
pub(in crate::logs) struct Node {
    pub(super) execution_id: String,
    pub(super) parent_id: Option<String>,
    /// Number of executions above it here.
    pub(super) depth: usize,
    /// True if it was called by an execution of which there is no line here.
    pub(super) parent_missing: bool,
    pub(super) ts: String,
    /// Microseconds between the beginning of the tree and its own.
    pub(super) after_us: i64,
    pub(super) object: Json,
    pub(super) kind: Json,
    pub(super) app: Json,
    pub(super) operation: Json,
    pub(super) user_id: Json,
    pub(super) user: Json,
    pub(super) outcome: Json,
    pub(super) duration_us: Option<f64>,
    /// What of it was not spent in calls below.
    pub(super) own_us: Option<f64>,
    pub(super) queries: Json,
    pub(super) query_us: Json,
    /// Its SQL statements, without values, and its requests to systems outside.
    pub(super) statements: Json,
    pub(super) requests: Json,
    /// Statements and requests that were too many for its line.
    pub(super) left_out: Json,
    /// What was asked, and why it was answered so.
    pub(super) decision: Json,
    pub(super) arguments: Json,
    pub(super) result: Json,
    pub(super) error: Json,
    /// The version of the program.
    pub(super) version: Json,
    /// The trace, if it began in another system.
    pub(super) trace_id: Json,
    /// What stands in the security log about it.
    pub(super) security: Vec<Json>,
    #[serde(skip)]
    pub(super) at_us: i64,
    #[serde(skip)]
    pub(super) is_last: bool,
}

impl Node {
    pub(super) fn of(line: &Line<'_>, id: &str) -> Self {
        Self {
            execution_id: id.to_owned(),
            parent_id: line.parent_id().map(str::to_owned),
            depth: 0,
            parent_missing: false,
            ts: line.ts().to_owned(),
            after_us: 0,
            object: Json::Null,
            kind: Json::Null,
            app: Json::Null,
            operation: Json::Null,
            user_id: Json::Null,
            user: Json::Null,
            outcome: Json::Null,
            duration_us: None,
            own_us: None,
            queries: Json::Null,
            query_us: Json::Null,
            statements: Json::Null,
            requests: Json::Null,
            left_out: Json::Null,
            decision: Json::Null,
            arguments: Json::Null,
            result: Json::Null,
            error: Json::Null,
            version: Json::Null,
            trace_id: Json::Null,
            security: Vec::new(),
            at_us: line.at_us,
            is_last: true,
        }
    }

    /// Takes what one more line tells.
    pub(super) fn add(&mut self, mut line: Map<String, Json>) {
        for (key, place) in [
            ("object_ref", &mut self.object),
            ("object_type", &mut self.kind),
            ("app", &mut self.app),
            ("operation", &mut self.operation),
            ("user_id", &mut self.user_id),
            ("user", &mut self.user),
            ("outcome", &mut self.outcome),
            ("queries", &mut self.queries),
            ("query_us", &mut self.query_us),
            ("statements", &mut self.statements),
            ("requests", &mut self.requests),
            ("left_out", &mut self.left_out),
            ("decision", &mut self.decision),
            ("arguments", &mut self.arguments),
            ("result", &mut self.result),
            ("error", &mut self.error),
            ("version", &mut self.version),
            ("trace_id", &mut self.trace_id),
        ] {
            if let Some(value) = line.remove(key).filter(|value| !value.is_null()) {
                *place = value;
            }
        }
        self.duration_us = line.get("duration_us").and_then(Json::as_f64).or(self.duration_us);
    }

    /// When it ended, in microseconds.
    #[expect(clippy::cast_possible_truncation, reason = "`as` stays within the bounds of i64")]
    pub(super) fn end_us(&self) -> i64 {
        self.at_us.saturating_add(self.duration_us.map_or(0, |duration| duration.max(0.0) as i64))
    }

    /// True if it did not end well.
    pub(super) fn is_error(&self) -> bool {
        self.outcome.as_str().is_some_and(|outcome| outcome != "ok")
    }
}

//! From an event to lines: one JSON object each, whatever the texts in it hold.

use std::collections::HashMap;

use chrono::{DateTime, Datelike};
use serde::Serialize;
use uuid::Uuid;

use super::{EventError, ExecutionEvent, LoggedArguments, Notes, SecurityEvent};
use crate::registry::ObjectDescriptor;
use crate::security::{Because, Permission};

/// Version of the lines' form; raised when a reader would misread them.
const VERSION: u32 = 1;
/// Longest text of a message, cause or detail, in bytes; the rest is cut.
const LONGEST_TEXT: usize = 4096;
/// Most wrong fields and most objects of an error's way that a line shows.
const LONGEST_LIST: usize = 64;

/// Names of users, as far as they were told.
pub(super) type Names = HashMap<i64, String>;

/// Appends a JSON string.
pub(super) fn append_text(line: &mut Vec<u8>, text: &str) {
    append(line, text);
}

/// The folder of an object's logs. What was refused before an object was known came in
/// through the web.
pub(super) fn object_type(object: Option<&ObjectDescriptor>) -> &'static str {
    object.map_or("web_api", |object| object.kind.as_str())
}

/// The line in the category `execution`.
pub(super) fn execution(line: &mut Vec<u8>, event: &ExecutionEvent, names: &Names, version: &str) {
    let mut line = Line::begin(line, event.at_us);
    line.ids(event);
    line.object(event.object);
    line.field("operation", event.operation);
    line.user(event.user_id, names);
    line.field("outcome", event.outcome.as_str());
    line.micros("duration_us", event.duration_ns);
    line.field("decision", &event.decision.map(DecisionLine::from));
    line.payload("arguments", &event.arguments);
    line.payload("result", &event.result);
    line.error(event.error.as_deref());
    if !version.is_empty() {
        line.field("version", version);
    }
    line.end();
}

/// The line in the category `performance`.
pub(super) fn performance(line: &mut Vec<u8>, event: &ExecutionEvent) {
    let mut line = Line::begin(line, event.at_us);
    line.ids(event);
    line.object(event.object);
    line.field("operation", event.operation);
    line.field("outcome", event.outcome.as_str());
    line.micros("duration_us", event.duration_ns);
    line.field("queries", &event.queries);
    line.micros("query_us", event.query_ns);
    line.field("depth", &event.depth);
    if let Some(notes) = event.notes.as_deref() {
        line.notes(notes);
    }
    line.end();
}

/// The line in the category `security`.
pub(super) fn security(line: &mut Vec<u8>, event: &SecurityEvent, names: &Names) {
    let mut line = Line::begin(line, event.at_us);
    line.id("execution_id", event.execution_id);
    line.object(event.object);
    line.field("action", event.action);
    line.field("permission", &event.permission);
    line.user(event.user_id, names);
    line.field("detail", cut(&event.detail));
    line.field("address", &event.address);
    if let Some(change) = &event.change {
        line.field("row_id", &change.row_id);
        line.field("changes", &change.fields);
    }
    line.end();
}

/// The line that tells of lost events: how many since the last such line, and in all.
pub(super) fn lost(line: &mut Vec<u8>, at_us: u64, count: u64, total: u64) {
    let mut line = Line::begin(line, at_us);
    line.field("event", "lost");
    line.field("count", &count);
    line.field("total", &total);
    line.end();
}

/// A line under construction. Written by hand: it is made twice per execution, and payloads
/// are JSON text already.
struct Line<'a>(&'a mut Vec<u8>);

impl<'a> Line<'a> {
    /// Starts a line in a buffer that is used again and again.
    fn begin(buffer: &'a mut Vec<u8>, at_us: u64) -> Self {
        buffer.clear();
        let line = Self(buffer);
        line.0.extend_from_slice(b"{\"v\":");
        append(line.0, &VERSION);
        line.0.extend_from_slice(b",\"ts\":\"");
        append_timestamp(line.0, at_us);
        line.0.push(b'"');
        line
    }

    fn end(self) {
        self.0.extend_from_slice(b"}\n");
    }

    /// Keys are written in this file and need no escaping.
    fn key(&mut self, key: &'static str) {
        self.0.extend_from_slice(b",\"");
        self.0.extend_from_slice(key.as_bytes());
        self.0.extend_from_slice(b"\":");
    }

    fn field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) {
        self.key(key);
        append(self.0, value);
    }

    fn id(&mut self, key: &'static str, id: Option<Uuid>) {
        self.key(key);
        match id {
            Some(id) => {
                self.0.push(b'"');
                self.0.extend_from_slice(id.hyphenated().encode_lower(&mut Uuid::encode_buffer()).as_bytes());
                self.0.push(b'"');
            }
            None => self.0.extend_from_slice(b"null"),
        }
    }

    fn ids(&mut self, event: &ExecutionEvent) {
        self.id("execution_id", Some(event.execution_id));
        self.id("parent_id", event.parent_id);
        self.id("root_id", Some(event.root_id));
        // Else it is that of the root: most lines need not say so.
        if let Some(trace) = &event.trace {
            let id = Uuid::from_u128(trace.trace_id());
            self.field("trace_id", &*id.simple().encode_lower(&mut Uuid::encode_buffer()));
        }
    }

    fn notes(&mut self, notes: &Notes) {
        if !notes.statements.is_empty() {
            self.list("statements", &notes.statements, |line, note| {
                line.field("sql", &*note.sql);
                line.field("database", note.database);
                line.moment("ts", note.at_us);
                line.micros("duration_us", note.duration_ns);
                line.field("rows", &note.rows);
                line.field("slow", &note.is_slow);
            });
        }
        if !notes.requests.is_empty() {
            self.list("requests", &notes.requests, |line, note| {
                line.field("system", note.system);
                line.field("method", &*note.method);
                line.field("host", cut(&note.host));
                line.field("path", cut(&note.path));
                line.moment("ts", note.at_us);
                line.micros("duration_us", note.duration_ns);
                line.field("attempt", &note.attempt);
                line.field("status", &note.status);
                line.field("error", &note.error.as_deref().map(cut));
            });
        }
        if notes.left_out > 0 {
            self.field("left_out", &notes.left_out);
        }
    }

    fn list<T>(&mut self, key: &'static str, items: &[T], mut each: impl FnMut(&mut Line<'_>, &T)) {
        self.key(key);
        for (index, item) in items.iter().enumerate() {
            self.0.extend_from_slice(if index == 0 { b"[{" } else { b",{" });
            let begin = self.0.len();
            each(&mut Line(self.0), item);
            // Every key has a comma before it.
            self.0.remove(begin);
            self.0.push(b'}');
        }
        self.0.push(b']');
    }

    fn moment(&mut self, key: &'static str, at_us: u64) {
        self.key(key);
        self.0.push(b'"');
        append_timestamp(self.0, at_us);
        self.0.push(b'"');
    }

    fn object(&mut self, object: Option<&ObjectDescriptor>) {
        self.field("object_ref", &object.map(|object| object.reference));
        self.field("object_type", object_type(object));
        self.field("app", &object.map(|object| object.app));
    }

    fn user(&mut self, user_id: i64, names: &Names) {
        self.field("user_id", &user_id);
        self.field("user", &names.get(&user_id).map(|name| cut(name)));
    }

    /// Microseconds with the nanoseconds behind the point: calls take less than one.
    fn micros(&mut self, key: &'static str, nanos: u64) {
        self.key(key);
        append(self.0, &(nanos / 1000));
        self.0.push(b'.');
        append_digits::<3>(self.0, nanos % 1000);
    }

    fn payload(&mut self, key: &'static str, payload: &LoggedArguments) {
        self.key(key);
        payload.append_to(self.0);
    }

    fn error(&mut self, error: Option<&EventError>) {
        self.field("error", &error.map(ErrorLine::from));
    }
}

/// A decision in the form of its line.
#[derive(Serialize)]
struct DecisionLine {
    permission: Permission,
    allowed: bool,
    because: Because,
}

impl From<(Permission, Because)> for DecisionLine {
    fn from((permission, because): (Permission, Because)) -> Self {
        Self { permission, allowed: because.allows(), because }
    }
}

/// An error in the form of its line.
#[derive(Serialize)]
struct ErrorLine<'a> {
    kind: crate::ErrorKind,
    code: &'a str,
    message: &'a str,
    fields: Vec<FieldLine<'a>>,
    chain: &'a [&'static str],
    cause: Option<&'a str>,
}

#[derive(Serialize)]
struct FieldLine<'a> {
    field: &'a str,
    code: &'a str,
    message: &'a str,
}

impl<'a> From<&'a EventError> for ErrorLine<'a> {
    fn from(error: &'a EventError) -> Self {
        let fields = error.fields.iter().take(LONGEST_LIST).map(|wrong| FieldLine {
            field: cut(&wrong.field),
            code: cut(&wrong.code),
            message: cut(&wrong.message),
        });
        Self {
            kind: error.kind,
            code: cut(&error.code),
            message: cut(&error.message),
            fields: fields.collect(),
            chain: error.chain.get(..LONGEST_LIST).unwrap_or(&error.chain),
            cause: error.cause.as_deref().map(cut),
        }
    }
}

/// Appends a value of this file's own types, which cannot fail to serialize.
fn append<T: Serialize + ?Sized>(line: &mut Vec<u8>, value: &T) {
    let start = line.len();
    if serde_json::to_writer(&mut *line, value).is_err() {
        line.truncate(start);
        line.extend_from_slice(b"null");
    }
}

fn cut(text: &str) -> &str {
    if text.len() <= LONGEST_TEXT { text } else { &text[..text.floor_char_boundary(LONGEST_TEXT)] }
}

/// Appends RFC 3339 in UTC with microseconds; by hand, since general formatting would take
/// a third of the writer's time.
fn append_timestamp(line: &mut Vec<u8>, at_us: u64) {
    let seconds = at_us / 1_000_000;
    let at = i64::try_from(seconds).ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0)).unwrap_or_default();
    let of_day = seconds % 86_400;
    append_digits::<4>(line, u64::from(at.year().unsigned_abs()));
    for (before, number) in [
        (b'-', u64::from(at.month())),
        (b'-', u64::from(at.day())),
        (b'T', of_day / 3600),
        (b':', of_day / 60 % 60),
        (b':', of_day % 60),
    ] {
        line.push(before);
        append_digits::<2>(line, number);
    }
    line.push(b'.');
    append_digits::<6>(line, at_us % 1_000_000);
    line.push(b'Z');
}

/// Appends the last `N` digits of a number.
fn append_digits<const N: usize>(line: &mut Vec<u8>, mut number: u64) {
    let mut digits = [b'0'; N];
    for digit in digits.iter_mut().rev() {
        *digit = b"0123456789"[(number % 10) as usize];
        number /= 10;
    }
    line.extend_from_slice(&digits);
}

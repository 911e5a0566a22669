//! Spans of one execution: its own, and one for each statement. Names of attributes are those of OpenTelemetry where it
//! has one, else they begin with `appos.`.

use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use opentelemetry::trace::{Event, SpanContext, SpanId, SpanKind, Status, TraceFlags, TraceId, TraceState};
use opentelemetry::{InstrumentationScope, KeyValue};
use opentelemetry_sdk::trace::{SpanData, SpanEvents, SpanLinks};

use super::Program;
use crate::journal::{ExecutionEvent, Outcome, RequestNote, StatementNote, span_of};
use crate::registry::ObjectKind;

/// What all spans of the program have in common.
pub(super) fn resource(program: &Program<'_>) -> [KeyValue; 4] {
    [
        KeyValue::new("service.version", program.version.to_owned()),
        KeyValue::new("deployment.environment.name", program.environment.to_owned()),
        KeyValue::new("telemetry.sdk.language", "rust"),
        KeyValue::new("telemetry.sdk.name", "appos"),
    ]
}

/// The machine.
pub(super) fn host(name: &str) -> KeyValue {
    KeyValue::new("host.name", name.to_owned())
}

/// Adds the spans of an execution.
pub(super) fn make(event: &ExecutionEvent, into: &mut Vec<SpanData>) {
    let trace_id = TraceId::from(event.trace_id());
    let remote = event.trace.as_ref().filter(|_| event.parent_id.is_none());
    let state = event.trace.as_ref().and_then(|trace| trace.state()).and_then(|text| TraceState::from_str(text).ok());
    let own = SpanId::from(span_of(event.execution_id));
    let context =
        |id: SpanId| SpanContext::new(trace_id, id, TraceFlags::SAMPLED, false, state.clone().unwrap_or_default());
    let parent = event.parent_id.map(span_of).or(remote.map(|trace| trace.parent_span()));
    let (start_time, end_time) = between(event.at_us, event.duration_ns);
    let mut attributes = attributes(event);
    let mut events = SpanEvents::default();
    if let Some(last) = event.notes.as_deref().and_then(|notes| notes.requests.last()) {
        attributes.extend(request(last));
        events.events = event.notes.iter().flat_map(|notes| &notes.requests).map(attempt).collect();
    }
    into.push(SpanData {
        span_context: context(own),
        parent_span_id: parent.map_or(SpanId::INVALID, SpanId::from),
        parent_span_is_remote: remote.is_some(),
        span_kind: kind(event),
        name: name(event).into(),
        start_time,
        end_time,
        attributes,
        dropped_attributes_count: 0,
        events,
        links: SpanLinks::default(),
        status: status(event),
        instrumentation_scope: scope(),
    });
    for note in event.notes.iter().flat_map(|notes| &notes.statements) {
        into.push(statement(note, context(SpanId::from(fastrand::u64(1..))), own));
    }
}

fn scope() -> InstrumentationScope {
    InstrumentationScope::builder("appos").with_version(env!("CARGO_PKG_VERSION")).build()
}

fn between(at_us: u64, duration_ns: u64) -> (SystemTime, SystemTime) {
    let start = UNIX_EPOCH + Duration::from_micros(at_us);
    (start, start + Duration::from_nanos(duration_ns))
}

fn name(event: &ExecutionEvent) -> String {
    match event.object {
        Some(object) => format!("{} {}", object.reference, event.operation),
        None => event.operation.to_owned(),
    }
}

fn kind(event: &ExecutionEvent) -> SpanKind {
    match event.object.map(|object| object.kind) {
        Some(ObjectKind::ConnectedSystem) => SpanKind::Client,
        None | Some(ObjectKind::WebApi) => SpanKind::Server,
        Some(_) if event.trace.is_some() && event.parent_id.is_none() => SpanKind::Server,
        Some(_) => SpanKind::Internal,
    }
}

/// What did not end well is an error, as in `cargo appos logs --errors`.
fn status(event: &ExecutionEvent) -> Status {
    match (event.outcome, &event.error) {
        (Outcome::Ok, _) => Status::Unset,
        (_, Some(error)) => Status::error(error.message.clone()),
        (outcome, None) => Status::error(outcome.as_str()),
    }
}

fn attributes(event: &ExecutionEvent) -> Vec<KeyValue> {
    let mut attributes = vec![
        KeyValue::new("appos.execution_id", event.execution_id.to_string()),
        KeyValue::new("appos.operation", event.operation),
        KeyValue::new("appos.outcome", event.outcome.as_str()),
        KeyValue::new("user.id", event.user_id.to_string()),
    ];
    if let Some(object) = event.object {
        attributes.extend([
            KeyValue::new("appos.object", object.reference),
            KeyValue::new("appos.object_type", object.kind.as_str()),
            KeyValue::new("appos.app", object.app),
        ]);
    }
    if event.queries > 0 {
        attributes.push(KeyValue::new("appos.queries", i64::from(event.queries)));
    }
    if let Some(error) = &event.error {
        attributes.push(KeyValue::new("error.type", error.code.clone()));
    }
    attributes
}

/// What the last attempt of a request tells of all.
fn request(note: &RequestNote) -> Vec<KeyValue> {
    let (address, port) = match note.host.rsplit_once(':') {
        Some((address, port)) => (address, port.parse::<i64>().ok()),
        None => (&*note.host, None),
    };
    let mut attributes = vec![
        KeyValue::new("http.request.method", note.method.clone()),
        KeyValue::new("server.address", address.to_owned()),
        KeyValue::new("url.template", note.path.clone()),
    ];
    attributes.extend(port.map(|port| KeyValue::new("server.port", port)));
    attributes.extend(note.status.map(|status| KeyValue::new("http.response.status_code", i64::from(status))));
    if note.attempt > 1 {
        attributes.push(KeyValue::new("http.request.resend_count", i64::from(note.attempt) - 1));
    }
    attributes
}

fn attempt(note: &RequestNote) -> Event {
    let (_, end) = between(note.at_us, note.duration_ns);
    let mut attributes = vec![KeyValue::new("appos.attempt", i64::from(note.attempt))];
    attributes.extend(note.status.map(|status| KeyValue::new("http.response.status_code", i64::from(status))));
    attributes.extend(note.error.clone().map(|error| KeyValue::new("error.type", error)));
    Event::new("appos.attempt", end, attributes, 0)
}

fn statement(note: &StatementNote, span_context: SpanContext, parent_span_id: SpanId) -> SpanData {
    let (start_time, end_time) = between(note.at_us, note.duration_ns);
    let word = note.sql.split_whitespace().next().unwrap_or("SQL").to_owned();
    let mut attributes = vec![
        KeyValue::new("db.system.name", note.database),
        KeyValue::new("db.operation.name", word.clone()),
        KeyValue::new("db.query.text", note.sql.to_string()),
    ];
    let rows = note.rows.and_then(|rows| i64::try_from(rows).ok());
    attributes.extend(rows.map(|rows| KeyValue::new("db.response.returned_rows", rows)));
    if note.is_slow {
        attributes.push(KeyValue::new("appos.slow", true));
    }
    SpanData {
        span_context,
        parent_span_id,
        parent_span_is_remote: false,
        span_kind: SpanKind::Client,
        name: word.into(),
        start_time,
        end_time,
        attributes,
        dropped_attributes_count: 0,
        events: SpanEvents::default(),
        links: SpanLinks::default(),
        status: Status::Unset,
        instrumentation_scope: scope(),
    }
}

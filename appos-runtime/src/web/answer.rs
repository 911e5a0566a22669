//! From a result to a response, with what every response carries.

use std::time::Instant;

use actix_web::body::BoxBody;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CROSS_ORIGIN_OPENER_POLICY,
    CROSS_ORIGIN_RESOURCE_POLICY, HeaderName, HeaderValue, PERMISSIONS_POLICY, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use actix_web::{HttpResponse, HttpResponseBuilder};
use serde::Serialize;
use uuid::Uuid;

use crate::error::{AppOsError, Result};
use crate::journal::{Event, EventError, ExecutionEvent, LoggedArguments, Outcome};
use crate::state::Scope;

/// The header that names the execution of every answer.
const EXECUTION_ID: HeaderName = HeaderName::from_static("x-execution-id");

/// Policy of answers that are data. One that a browser shows all the same can do nothing.
const DATA_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";
/// Policy of files to be kept: not even of this origin, wherever they are opened.
const FILE_POLICY: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";
/// Policy of pages: nothing from elsewhere, and neither script nor style in the text of a page.
pub(super) const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// What no page of ours asks a browser for.
const NO_DEVICES: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), \
     magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()";
/// For how long a browser that came by https comes by nothing else: a year.
const HTTPS_ONLY: &str = "max-age=31536000";

/// What every answer carries, unless it has something else in its place.
static DEFAULTS: [(HeaderName, HeaderValue); 8] = [
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    // Not `no-referrer`: with it, browsers hide the origin of forms, also from the server itself.
    (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (PERMISSIONS_POLICY, HeaderValue::from_static(NO_DEVICES)),
    (CROSS_ORIGIN_OPENER_POLICY, HeaderValue::from_static("same-origin")),
    (CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("same-origin")),
    (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (CONTENT_SECURITY_POLICY, HeaderValue::from_static(DATA_POLICY)),
];

/// The same where browsers reach the server by https.
static SECURE_DEFAULTS: [(HeaderName, HeaderValue); 1] =
    [(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HTTPS_ONLY))];

/// Adds what every response carries; `secure`: browsers reach the server by https.
pub(super) fn complete(mut response: HttpResponse<BoxBody>, execution_id: Uuid, secure: bool) -> HttpResponse<BoxBody> {
    let headers = response.headers_mut();
    let mut text = Uuid::encode_buffer();
    if let Ok(value) = HeaderValue::from_str(execution_id.hyphenated().encode_lower(&mut text)) {
        headers.insert(EXECUTION_ID, value);
    }
    let secure = if secure { &SECURE_DEFAULTS[..] } else { &[] };
    for (name, value) in DEFAULTS.iter().chain(secure) {
        if !headers.contains_key(name) {
            headers.insert(name.clone(), value.clone());
        }
    }
    response
}

/// Makes an answer a file with this name, to be kept and not to be shown.
///
/// # Errors
/// The name cannot stand in a header.
pub(super) fn attachment(response: &mut HttpResponseBuilder, name: &str) -> Result<()> {
    let name = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
        .map_err(|error| AppOsError::execution("the file's name cannot be written").caused_by(error.to_string()))?;
    response.insert_header((CONTENT_DISPOSITION, name));
    file(response);
    Ok(())
}

/// Makes an answer a file: whoever opens it is in a place of its own.
pub(super) fn file(response: &mut HttpResponseBuilder) {
    response.insert_header((CONTENT_SECURITY_POLICY, HeaderValue::from_static(FILE_POLICY)));
    // What is sandboxed and also wants a window of its own is refused as a whole (HTML, "navigation params").
    response.insert_header((CROSS_ORIGIN_OPENER_POLICY, HeaderValue::from_static("unsafe-none")));
}

/// A value as JSON.
///
/// # Errors
/// It cannot be written as JSON.
pub(super) fn json<T: Serialize>(status: actix_web::http::StatusCode, value: &T) -> Result<HttpResponse> {
    let body = serde_json::to_vec(value)
        .map_err(|error| AppOsError::execution("the answer cannot be written as JSON").caused_by(error))?;
    Ok(HttpResponse::build(status).content_type("application/json").body(body))
}

/// Records a request that never became a dispatch.
pub(super) fn note(scope: &Scope, started: Instant, operation: &'static str, outcome: Result<(), &AppOsError>) {
    let error = outcome.err();
    scope.engine.journal().record(Event::Execution(ExecutionEvent {
        at_us: scope.unix_us(started),
        execution_id: scope.root_id(),
        parent_id: None,
        root_id: scope.root_id(),
        trace: scope.trace().cloned(),
        object: None,
        operation,
        decision: None,
        user_id: scope.user.id,
        outcome: error.map_or(Outcome::Ok, crate::engine::outcome_of),
        duration_ns: u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX),
        depth: 0,
        queries: 0,
        query_ns: 0,
        notes: None,
        arguments: scope.request.as_ref().map_or_else(LoggedArguments::none, |request| {
            LoggedArguments::begin().argument("method", &request.method).argument("path", &request.path).finish()
        }),
        result: LoggedArguments::none(),
        error: error.map(|error| Box::new(EventError::from(error))),
    }));
}

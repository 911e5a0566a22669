//! Errors as RFC 9457 problem documents.

use actix_web::HttpResponse;
use actix_web::http::header::{ALLOW, HeaderValue, RETRY_AFTER};
use actix_web::http::{ConnectionType, StatusCode};
use serde::Serialize;
use serde_json::Value as Json;
use uuid::Uuid;

use crate::error::{AppOsError, ErrorKind, FieldError};

/// A problem document.
#[derive(Serialize)]
struct Problem<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    code: &'a str,
    execution_id: Uuid,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [FieldError],
}

/// The status of an error.
pub(super) fn status_of(error: &AppOsError) -> StatusCode {
    match (error.kind(), error.code()) {
        (
            ErrorKind::Security,
            "not_signed_in" | "session_expired" | "bad_api_key" | "bad_credentials" | "wrong_sign_in",
        ) => StatusCode::UNAUTHORIZED,
        (ErrorKind::Security, "wrong_host") => StatusCode::MISDIRECTED_REQUEST,
        (ErrorKind::Security, _) => StatusCode::FORBIDDEN,
        (
            ErrorKind::Dispatch,
            "database_unavailable"
            | "files_unavailable"
            | "security_log_unavailable"
            | "sessions_unavailable"
            | "stopping"
            | "too_busy",
        )
        | (ErrorKind::Timeout, "cancelled") => StatusCode::SERVICE_UNAVAILABLE,
        (ErrorKind::Dispatch, "storage_full") => StatusCode::INSUFFICIENT_STORAGE,
        (ErrorKind::Dispatch, "method_not_allowed") => StatusCode::METHOD_NOT_ALLOWED,
        (ErrorKind::Dispatch, "too_deep" | "no_context" | "no_database" | "schema_mismatch")
        | (ErrorKind::Execution, _) => StatusCode::INTERNAL_SERVER_ERROR,
        (ErrorKind::Dispatch, _) => StatusCode::NOT_FOUND,
        (ErrorKind::Validation, code) => match code {
            "malformed_json" | "malformed_file" | "bad_query" | "bad_header" | "bad_filter" => StatusCode::BAD_REQUEST,
            "stale_version" | "not_unique" | "still_referenced" | "last_system_admin" | "builtin_group"
            | "write_conflict" | "instance_archived" | "instance_ended" | "not_failed" | "not_parked"
            | "compensated" | "already_received" => StatusCode::CONFLICT,
            "body_too_large" => StatusCode::PAYLOAD_TOO_LARGE,
            "unsupported_media_type" => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "version_required" => StatusCode::PRECONDITION_REQUIRED,
            "too_many_attempts" | "too_many_requests" => StatusCode::TOO_MANY_REQUESTS,
            "range_not_satisfiable" => StatusCode::RANGE_NOT_SATISFIABLE,
            "body_too_slow" => StatusCode::REQUEST_TIMEOUT,
            "upgrade_required" => StatusCode::UPGRADE_REQUIRED,
            "uri_too_long" => StatusCode::URI_TOO_LONG,
            "headers_too_large" => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        },
        (ErrorKind::Timeout, _) => StatusCode::GATEWAY_TIMEOUT,
        (ErrorKind::Integration, _) => StatusCode::BAD_GATEWAY,
    }
}

/// Seconds after which a client may try again.
pub(super) fn wait_of(error: &AppOsError) -> Option<u32> {
    // Who was too fast has the next request free within a second.
    let of_status = || match (status_of(error), error.code()) {
        (StatusCode::SERVICE_UNAVAILABLE, _) => Some(2),
        (_, "too_many_requests") => Some(1),
        _ => None,
    };
    error.seconds_to_wait().or_else(of_status)
}

/// What a client may read. The text of a failed body is the author's, for the log.
fn detail_of(error: &AppOsError) -> &str {
    match error.kind() {
        ErrorKind::Execution => {
            "The server could not complete the request; the log has the cause under the execution id."
        }
        _ => error.message(),
    }
}

/// The document of an error.
fn document(error: &AppOsError, execution_id: Uuid) -> Problem<'_> {
    let status = status_of(error);
    Problem {
        r#type: format!("urn:appos:problem:{}", error.code()),
        title: status.canonical_reason().unwrap_or("Error"),
        status: status.as_u16(),
        detail: detail_of(error),
        code: error.code(),
        execution_id,
        errors: error.fields(),
    }
}

/// The document of an error that is a part of an answer, with its status.
pub(super) fn part(error: &AppOsError, execution_id: Uuid) -> (u16, Json) {
    let document = document(error, execution_id);
    (document.status, serde_json::to_value(&document).unwrap_or(Json::Null))
}

/// The answer for an error.
pub(super) fn problem(error: &AppOsError, execution_id: Uuid) -> HttpResponse {
    let status = status_of(error);
    let body = serde_json::to_vec(&document(error, execution_id)).unwrap_or_default();
    let mut response = HttpResponse::build(status).content_type("application/problem+json").body(body);
    if status == StatusCode::METHOD_NOT_ALLOWED
        && let Some(allowed) = error.fields().first().and_then(|wrong| HeaderValue::from_str(&wrong.message).ok())
    {
        response.headers_mut().insert(ALLOW, allowed);
    }
    if let Some(seconds) = wait_of(error) {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    if error.code() == "body_too_slow" {
        // What is left of the body is not waited for.
        response.head_mut().set_connection_type(ConnectionType::Close);
    }
    response
}

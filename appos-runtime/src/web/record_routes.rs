//! The routes of all records: one set, driven by the descriptor.

use actix_web::HttpResponse;
use actix_web::http::header::{HeaderValue, LOCATION};
use actix_web::http::{Method, StatusCode};
use serde::Serialize;
use serde_json::Value as Json;

use super::answer::json;
use super::records::{list, one, row};
use super::router::{Call, wrong_method_of};
use crate::error::{AppOsError, Result};
use crate::model::record_of;
use crate::question::{DEFAULT_LIMIT, timeline_page};
use crate::record::{self, AuditEntry, Input};
use crate::registry::ObjectDescriptor;

/// `/api/{app}/v1/{records}`.
pub(super) async fn collection(call: Call<'_>, object: &'static ObjectDescriptor) -> Result<HttpResponse> {
    match call.method() {
        Method::GET => list(&call, object).await,
        Method::POST => {
            let incoming = call.incoming;
            let created = record::create(object, move || Ok(Input::Json(incoming.object()?))).await?;
            let mut response = row(StatusCode::CREATED, object, &created)?;
            let place = format!("/api/{}/v1/{}/{}", object.app, record_of(object).plural.as_str(), created.system.id);
            if let Ok(place) = HeaderValue::from_str(&place) {
                response.headers_mut().insert(LOCATION, place);
            }
            Ok(response)
        }
        _ => Err(wrong_method_of(&call, object, "GET, HEAD, POST").await),
    }
}

/// `/api/{app}/v1/{records}/{id}`.
pub(super) async fn item(mut call: Call<'_>, object: &'static ObjectDescriptor, id: &str) -> Result<HttpResponse> {
    let id = row_id(id);
    let incoming = call.take_incoming();
    match call.method() {
        Method::GET => {
            // Parameters are looked at only after the row was: they tell nothing of it.
            let found = record::get(object, id).await?;
            one(&call, object, &incoming, &found).await
        }
        Method::PATCH => {
            let input = move || {
                let header = incoming.if_match()?;
                let mut entries = incoming.object()?;
                let named = entries.remove("version").as_ref().map(version_field).transpose()?;
                let version = match (header, named) {
                    (Some(header), Some(field)) if header != field => return Err(two_versions()),
                    (header, field) => header.or(field).ok_or_else(record::version_required)?,
                };
                Ok((Some(version), Input::Json(entries)))
            };
            row(StatusCode::OK, object, &record::update(object, id, input).await?)
        }
        Method::DELETE => {
            let expected = move || {
                incoming.no_parameters()?;
                incoming.no_body()?;
                incoming.if_match()
            };
            record::delete(object, id, expected).await?;
            Ok(HttpResponse::NoContent().finish())
        }
        _ => Err(wrong_method_of(&call, object, "GET, HEAD, PATCH, DELETE").await),
    }
}

/// `/api/{app}/v1/{records}/{id}/restore`: a deleted row comes back.
pub(super) async fn restore(call: Call<'_>, object: &'static ObjectDescriptor, id: &str) -> Result<HttpResponse> {
    if call.method() != Method::POST {
        return Err(wrong_method_of(&call, object, "POST").await);
    }
    let incoming = call.incoming;
    let checked = move || {
        incoming.no_parameters()?;
        incoming.no_body()
    };
    row(StatusCode::OK, object, &record::restore(object, row_id(id), checked).await?)
}

/// A text that is no id is the id of no row: the answer is that of a missing row.
pub(super) fn row_id(text: &str) -> i64 {
    text.parse::<i64>().ok().filter(|number| *number > 0 && text == number.to_string()).unwrap_or(0)
}

#[derive(Serialize)]
struct Timeline {
    entries: Vec<AuditEntry>,
    next: Option<String>,
}

/// `/api/{app}/v1/{records}/{id}/audit`: the row's audit log, newest first.
pub(super) async fn audit(call: Call<'_>, object: &'static ObjectDescriptor, id: &str) -> Result<HttpResponse> {
    if call.method() != Method::GET {
        return Err(wrong_method_of(&call, object, "GET, HEAD").await);
    }
    let incoming = call.incoming;
    let limit = std::sync::atomic::AtomicU64::new(DEFAULT_LIMIT);
    let mut entries = record::timeline(object, row_id(id), || {
        let page = timeline_page(incoming.query())?;
        limit.store(page.1, std::sync::atomic::Ordering::Relaxed);
        // One more tells whether there is a next page.
        Ok((page.0, page.1 + 1))
    })
    .await?;
    let limit = usize::try_from(limit.into_inner()).unwrap_or(usize::MAX);
    let more = entries.len() > limit;
    entries.truncate(limit);
    let next = entries.last().filter(|_| more).map(|entry| entry.id.to_string());
    json(StatusCode::OK, &Timeline { entries, next })
}

fn version_field(json: &Json) -> Result<i64> {
    crate::value::json::whole(json).ok_or_else(|| {
        AppOsError::validation("some fields are wrong").code_is("invalid_fields").field(
            "version",
            "wrong_type",
            "must be the row's version: a whole number",
        )
    })
}

fn two_versions() -> AppOsError {
    AppOsError::validation("If-Match and the field `version` differ").code_is("versions_differ").field(
        "If-Match",
        "versions_differ",
        "names another version than the body",
    )
}

//! `POST /upload` and `PUT /{id}/content`: a file, as a form or by itself, a part at a time.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, LOCATION};
use actix_web::web::Bytes;
use futures_util::Stream;

use super::body::{Body, malformed};
use crate::error::{AppOsError, Result};
use crate::model::{Row, record_of};
use crate::outside::files::{self, Incoming, Received};
use crate::record::{self, FileValues, Input};
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::web::record_routes::row_id;
use crate::web::records::{row, unhurried};
use crate::web::router::Call;

/// `POST /api/{app}/v1/{documents}/upload`: a new document.
pub(super) async fn create(mut call: Call<'_>, object: &'static ObjectDescriptor) -> Result<HttpResponse> {
    // Nobody sends a file for nothing.
    record::authorize(object, Permission::Create).await?;
    call.incoming.no_idempotency_key()?;
    let payload = call.take_payload().ok_or_else(malformed)?;
    let mut body = Body::of(&call, payload);
    let done = create_from(&call, object, &mut body).await;
    if done.is_err() {
        body.drain().await;
    }
    let created = done?;
    let mut response = row(StatusCode::CREATED, object, &created)?;
    let place = format!("/api/{}/v1/{}/{}", object.app, record_of(object).plural.as_str(), created.system.id);
    if let Ok(place) = HeaderValue::from_str(&place) {
        response.headers_mut().insert(LOCATION, place);
    }
    Ok(response)
}

async fn create_from(call: &Call<'_>, object: &'static ObjectDescriptor, body: &mut Body) -> Result<Row> {
    let (fields, file) = body.next_file(call.incoming.query()).await?;
    let values = fields.clone();
    // What is wrong about the fields is told before the file is received.
    let file_values = FileValues { name: String::new(), content_type: String::new(), size: 0, version: 1 };
    record::check(object, Permission::Create, Input::WithFile(Box::new(Input::Json(values)), file_values)).await?;
    let name = file.name.ok_or_else(nameless)?;
    let received = receive(call, object, &name, file.parts).await?;
    files::create(unhurried(call), object, move || Ok(Input::Json(fields)), received).await
}

/// `PUT /api/{app}/v1/{documents}/{id}/content`: the next version of a document.
pub(super) async fn replace(mut call: Call<'_>, object: &'static ObjectDescriptor, id: &str) -> Result<HttpResponse> {
    let id = row_id(id);
    record::authorize(object, Permission::Update).await?;
    let before = record::get(object, id).await?;
    call.incoming.no_idempotency_key()?;
    let expected = call.incoming.if_match()?;
    let payload = call.take_payload().ok_or_else(malformed)?;
    let mut body = Body::of(&call, payload);
    let done = async {
        let (fields, file) = body.next_file(call.incoming.query()).await?;
        if let Some(name) = fields.keys().next() {
            return Err(AppOsError::validation("some fields are wrong").code_is("invalid_fields").field(
                name.clone(),
                "unknown_field",
                "cannot be changed with the file: send a PATCH for it",
            ));
        }
        let name = file.name.or_else(|| name_of(object, &before)).ok_or_else(nameless)?;
        let received = receive(&call, object, &name, file.parts).await?;
        files::replace(unhurried(&call), object, (id, expected), received).await
    };
    let done = done.await;
    if done.is_err() {
        body.drain().await;
    }
    row(StatusCode::OK, object, &done?)
}

fn name_of(object: &'static ObjectDescriptor, row: &Row) -> Option<String> {
    let place = record_of(object).field("file_name").map(|(place, _)| place)?;
    match row.values.get(place) {
        Some(crate::value::Value::Text(name)) => Some(name.clone()),
        _ => None,
    }
}

async fn receive(
    call: &Call<'_>,
    object: &'static ObjectDescriptor,
    name: &str,
    parts: impl Stream<Item = Result<Bytes>>,
) -> Result<Received> {
    let by = Some(call.scope.user.id).filter(|id| *id > 0);
    files::receive(&call.scope.engine, Incoming { object, name, by }, parts).await
}

fn nameless() -> AppOsError {
    AppOsError::validation("some fields are wrong").code_is("invalid_fields").field(
        "file_name",
        "required",
        "is required: name the file in its part of the form, or in the query",
    )
}

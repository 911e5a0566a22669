//! Versions of a document: which there are, and an earlier one made the newest.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use crate::error::Result;
use crate::outside::files::{self, FileVersion};
use crate::registry::ObjectDescriptor;
use crate::state::Ctx;
use crate::web::answer::json;
use crate::web::record_routes::row_id;
use crate::web::records::row;
use crate::web::router::Call;

#[derive(Serialize)]
struct Versions {
    versions: Vec<FileVersion>,
}

/// `GET /{id}/versions`: all that are kept, newest first.
pub(super) async fn list(call: Call<'_>, object: &'static ObjectDescriptor, id: &str) -> Result<HttpResponse> {
    let versions = files::versions(Ctx::current(), object, row_id(id)).await?;
    call.incoming.no_parameters()?;
    json(StatusCode::OK, &Versions { versions })
}

/// `POST /{id}/versions/{version}/restore`: the document as it is then.
pub(super) async fn restore(
    call: Call<'_>,
    object: &'static ObjectDescriptor,
    id: &str,
    version: &str,
) -> Result<HttpResponse> {
    let incoming = call.incoming;
    let input = move || {
        incoming.no_parameters()?;
        incoming.no_body()?;
        incoming.no_idempotency_key()?;
        incoming.if_match()
    };
    let restored = files::restore(Ctx::current(), object, (row_id(id), input), row_id(version)).await?;
    row(StatusCode::OK, object, &restored)
}

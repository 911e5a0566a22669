//! Forms of screens that hold a file: a new document, and the next version of one.

use super::body::{Body, malformed};
use crate::error::Result;
use crate::model::record_of;
use crate::record;
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::ui::page::{Form, Location, Outcome};
use crate::ui::records::{SentFile, create_document, replace_document, row_id};
use crate::web::body::is_multipart;
use crate::web::records::unhurried;
use crate::web::router::Call;

/// Serves a form with a file: what has become of it, and what it said beside the file. `None`: it is none.
///
/// # Errors
/// The user may not upload, or it cannot be done now.
pub(in crate::web) async fn form(call: &mut Call<'_>, action: &Location) -> Result<Option<(Outcome, Form)>> {
    let Some((object, id)) = meant(call, action) else { return Ok(None) };
    // Nobody sends a file for nothing.
    match id {
        None => record::authorize(object, Permission::Create).await?,
        Some(id) => {
            record::authorize(object, Permission::Update).await?;
            record::get(object, id).await?;
        }
    }
    let payload = call.take_payload().ok_or_else(malformed)?;
    let mut body = Body::of(call, payload);
    let done = receive(call, (object, id), &mut body).await;
    if !matches!(done, Ok((Outcome::Done { .. }, _))) {
        body.drain().await;
    }
    done.map(Some)
}

async fn receive(
    call: &Call<'_>,
    (object, id): (&'static ObjectDescriptor, Option<i64>),
    body: &mut Body,
) -> Result<(Outcome, Form)> {
    let (fields, file) = body.fields_and_file().await?;
    let form = Form(fields);
    let file = file.map(|file| SentFile { name: file.name.unwrap_or_default(), parts: file.parts });
    let outcome = match id {
        None => create_document(object, (&form, file), unhurried(call)).await?,
        Some(id) => replace_document(object, id, (&form, file), unhurried(call)).await?,
    };
    Ok((outcome, form))
}

/// The document that a form with a file is for, and its id if it exists.
fn meant(call: &Call<'_>, action: &Location) -> Option<(&'static ObjectDescriptor, Option<i64>)> {
    let segments = action.segments();
    let (app, plural, id) = match segments.as_slice() {
        [app, plural, "new"] => (app, plural, None),
        [app, plural, id, "upload"] => (app, plural, Some(row_id(id).unwrap_or(0))),
        _ => return None,
    };
    let object = call.server.routes.record(app, plural)?;
    (record_of(object).document().is_some() && is_multipart(call.request)).then_some((object, id))
}

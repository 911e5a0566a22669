//! `GET /api/{app}/v1/{records}/imports…`: how far the user's own imports are, and their mistakes.

use std::io::Read;

use actix_web::HttpResponse;
use actix_web::http::{Method, StatusCode};
use actix_web::web::Bytes;
use futures_util::stream;
use serde::Serialize;

use super::progress::Told;
use crate::error::{AppOsError, Result};
use crate::model::record_of;
use crate::question::Format;
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::web::answer::{attachment, json, note};
use crate::web::router::{Call, unknown_path, wrong_method_of};

/// Bytes of a file that are read, and sent, together.
const PART: usize = 64 << 10;

#[derive(Serialize)]
struct List {
    imports: Vec<Told>,
}

/// Serves the routes: all imports, one, or the mistakes of one.
pub(in crate::web) async fn watch(
    call: Call<'_>,
    object: &'static ObjectDescriptor,
    path: &[&str],
) -> Result<HttpResponse> {
    if call.method() != Method::GET {
        return Err(wrong_method_of(&call, object, "GET, HEAD").await);
    }
    let started = std::time::Instant::now();
    let user_id = call.scope.user.id;
    if user_id == 0 {
        return Err(AppOsError::security("sign in first").code_is("not_signed_in"));
    }
    // Nothing of another record is told here: whoever may not import has no imports.
    if !call.scope.fresh_rights().await?.allows(object, Permission::Create) {
        return Err(unknown_path());
    }
    let imports = &call.server.imports;
    let unknown = || AppOsError::dispatch("there is no such import of yours").code_is("import_not_found");
    let answered = match path {
        [] => {
            call.incoming.no_parameters()?;
            json(StatusCode::OK, &List { imports: imports.all(user_id, object) })
        }
        [id, rest @ ..] => {
            let import = imports.find(user_id, object, id).ok_or_else(unknown)?;
            call.incoming.no_parameters()?;
            if rest.is_empty() { json(StatusCode::OK, &import.told()) } else { mistakes(object, import.mistakes()?) }
        }
    }?;
    note(call.scope, started, "imports", Ok(()));
    Ok(answered)
}

/// All mistakes so far, as lines of JSON.
fn mistakes(object: &'static ObjectDescriptor, file: Option<(std::fs::File, u64)>) -> Result<HttpResponse> {
    let parts = stream::try_unfold(file, |file| async {
        let Some((mut file, left)) = file.filter(|(_, left)| *left > 0) else { return Ok(None) };
        let mut part = vec![0; usize::try_from(left).unwrap_or(PART).min(PART)];
        let read = file.read(&mut part)?;
        part.truncate(read);
        let left = if read == 0 { 0 } else { left.saturating_sub(u64::try_from(read).unwrap_or(left)) };
        Ok::<_, std::io::Error>(Some((Bytes::from(part), Some((file, left)))))
    });
    let mut response = HttpResponse::Ok();
    response.content_type(Format::Jsonl.content_type());
    attachment(&mut response, &format!("{}-{}-errors.jsonl", object.app, record_of(object).plural))?;
    Ok(response.streaming(Box::pin(parts)))
}

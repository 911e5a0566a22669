//! The forms of the import screen, over HTTP: a file is received and kept, and a kept one is imported.

use std::io::Write;
use std::time::{Duration, Instant};

use actix_multipart::Multipart;
use futures_util::StreamExt;
use tempfile::NamedTempFile;

use super::route::begin;
use crate::error::{AppOsError, ErrorKind, Result};
use crate::model::record_of;
use crate::question::Format;
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::ui::page::{Form, Location, Outcome, Wrong, address};
use crate::web::body::{is_multipart, too_slow};
use crate::web::pages;
use crate::web::router::{Call, unknown_path};

/// Serves a form of `/{app}/{records}/import`: what has become of it, the page on which it stands, and what
/// it said.
///
/// # Errors
/// The user may not import, or it cannot be done now.
pub(in crate::web) async fn form(
    call: &mut Call<'_>,
    object: &'static ObjectDescriptor,
) -> Result<(Outcome, Location, Form)> {
    let rights = call.scope.fresh_rights().await?;
    if !rights.allows(object, Permission::Create) {
        return Err(unknown_path());
    }
    let path = format!("/{}/{}/import", object.app, record_of(object).plural.as_str());
    let mut page = Location { path: path.clone(), query: String::new() };
    let mut form = Form::default();
    let done = if is_multipart(call.request) {
        receive(call, object).await.map(|file| address(&path, [("file", file.as_str())].into_iter()))
    } else {
        let fields = pages::fields(call)?;
        form = Form(fields.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect());
        let file = form.get("file").unwrap_or_default().to_owned();
        address("", [("file", file.as_str())].into_iter()).trim_start_matches('?').clone_into(&mut page.query);
        run(call, object, (&file, &form))
            .await
            .map(|run| address(&path, [("file", file.as_str()), ("run", run.as_str())].into_iter()))
    };
    let outcome = match done {
        Ok(to) => Outcome::Done { to, note: None },
        Err(error) if error.kind() == ErrorKind::Validation => Outcome::Refused(Wrong::of(&error)),
        Err(error) => return Err(error),
    };
    Ok((outcome, page, form))
}

/// Begins the import of a file that is kept, as the form says.
async fn run(call: &Call<'_>, object: &'static ObjectDescriptor, (file, form): (&str, &Form)) -> Result<String> {
    let Some(uploaded) = call.server.desk.find(call.scope.user.id, object, file) else {
        return Err(AppOsError::validation("the file is no longer here: send it again").code_is("malformed_file"));
    };
    let asked = form.0.iter().map(|(name, value)| (name.as_str(), value.as_str())).filter(|(name, value)| {
        name.starts_with("map[") || (matches!(*name, "match" | "mode" | "dry_run") && !value.is_empty())
    });
    let query = address("", asked.chain([("format", uploaded.format.extension())]));
    let run = begin(call, object, query.trim_start_matches('?').to_owned(), uploaded.open()?).await?;
    uploaded.ran(run.to_string());
    Ok(run.to_string())
}

/// Receives the file of a form and keeps it, under the name that is answered.
async fn receive(call: &mut Call<'_>, object: &'static ObjectDescriptor) -> Result<String> {
    let server = call.server;
    let malformed = || AppOsError::validation("the form did not arrive whole").code_is("malformed_file");
    let payload = call.take_payload().ok_or_else(malformed)?;
    let mut parts = Multipart::new(call.request.headers(), payload);
    let until = Instant::now() + server.transfer_timeout;
    let wait = || -> Duration { server.request_timeout.min(until.saturating_duration_since(Instant::now())) };
    let mut kept = None;
    // The form is read to its end: a browser that is cut off shows no answer.
    while let Some(part) = tokio::time::timeout(wait(), parts.next()).await.map_err(|_| too_slow())? {
        let mut part = part.map_err(|_| malformed())?;
        let is_file = part.name() == Some("file") && kept.is_none();
        let name = part.content_disposition().and_then(|part| part.get_filename()).unwrap_or_default().to_owned();
        let failed = |error: std::io::Error| {
            AppOsError::dispatch("the file cannot be kept for its import").code_is("storage_full").caused_by(error)
        };
        let mut file = NamedTempFile::new().map_err(failed)?;
        let mut length = 0_usize;
        while let Some(bytes) = tokio::time::timeout(wait(), part.next()).await.map_err(|_| too_slow())? {
            let bytes = bytes.map_err(|_| malformed())?;
            length = length.saturating_add(bytes.len());
            if length > server.max_import {
                let error = AppOsError::validation("the file is larger than the server imports");
                return Err(error.code_is("body_too_large"));
            }
            if is_file {
                file.write_all(&bytes).map_err(failed)?;
            }
        }
        if is_file {
            kept = Some((name, file));
        }
    }
    let (name, file) = kept.ok_or_else(|| AppOsError::validation("the form has no file").code_is("malformed_file"))?;
    let extension = name.rsplit_once('.').map(|(_, extension)| extension).unwrap_or_default();
    let is_lines = ["jsonl", "ndjson"].iter().any(|known| extension.eq_ignore_ascii_case(known));
    let format = if is_lines { Format::Jsonl } else { Format::Csv };
    server.desk.keep((call.scope.user.id, object), (&name, format), file).map(|id| id.to_string())
}

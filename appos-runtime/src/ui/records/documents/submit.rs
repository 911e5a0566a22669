//! What becomes of a file that is sent with a form.

use bytes::Bytes;
use futures_util::Stream;
use futures_util::stream::Empty;

use super::super::address;
use super::card::{NUMBER, VERSION_FILE};
use super::refused::{is_of_file, missing, refused};
use crate::error::{AppOsError, ErrorKind, Result};
use crate::outside::files::{self, Incoming, Received};
use crate::record;
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::state::Ctx;
use crate::ui::page::{Form, Note, Outcome, What, Wrong};
use crate::ui::text::errors;

type Object = &'static ObjectDescriptor;

/// A file on its way in: its name, and its bytes a part at a time.
pub(crate) struct SentFile<S> {
    pub(crate) name: String,
    pub(crate) parts: S,
}

/// No file: what a page sends that has none.
pub(in crate::ui::records) const fn no_file() -> Option<SentFile<Empty<Result<Bytes>>>> {
    None
}

/// Receives the file of a form, in memory that does not grow with it.
pub(in crate::ui::records) async fn receive<S>(object: Object, file: SentFile<S>) -> Result<Received>
where
    S: Stream<Item = Result<Bytes>>,
{
    let ctx = Ctx::current().ok_or_else(|| AppOsError::execution("a form outside of a request"))?;
    let by = Some(ctx.user.id).filter(|id| *id > 0);
    files::receive(&ctx.scope().engine, Incoming { object, name: &file.name, by }, file.parts).await
}

/// The next version of a document, as a form sends it; `caller`: who uploads, with the time that he has.
///
/// # Errors
/// The user may not change the document, or it cannot be done now.
pub(crate) async fn replace<S>(
    object: Object,
    id: i64,
    (form, file): (&Form, Option<SentFile<S>>),
    caller: Option<Ctx>,
) -> Result<Outcome>
where
    S: Stream<Item = Result<Bytes>>,
{
    record::authorize(object, Permission::Update).await?;
    // Whoever may not see the row learns nothing of it.
    let before = record::get(object, id).await?;
    let ctx = Ctx::current().ok_or_else(|| AppOsError::execution("a form outside of a request"))?;
    let limits = files::limits(&ctx.scope().engine, object)?;
    let version = match version_of(form) {
        Ok(version) => version,
        Err(error) => return Ok(Outcome::Refused(Wrong::of(&error))),
    };
    let Some(file) = file else { return Ok(Outcome::Refused(missing(VERSION_FILE))) };
    // Nobody sends a file for nothing.
    if before.system.version != version {
        let stale = AppOsError::validation("the document was changed meanwhile").code_is("stale_version");
        return Ok(Outcome::Refused(refused(VERSION_FILE, &limits, &stale)));
    }
    let written = match receive(object, file).await {
        Ok(received) => files::replace(caller, object, (id, Some(version)), received).await,
        Err(error) => Err(error),
    };
    match written {
        Ok(_) => Ok(done(object, id, What::Saved)),
        Err(error) if is_of_file(&error) || error.kind() == ErrorKind::Validation => {
            Ok(Outcome::Refused(refused(VERSION_FILE, &limits, &error)))
        }
        Err(error) => Err(error),
    }
}

/// Makes an earlier version the newest one, too, as a form asks for it.
pub(in crate::ui::records) async fn restore(object: Object, id: i64, form: &Form) -> Result<Outcome> {
    let number = form.get(NUMBER).and_then(|number| number.parse().ok()).unwrap_or(0);
    let version = version_of(form);
    match files::restore(Ctx::current(), object, (id, move || version.map(Some)), number).await {
        Ok(_) => Ok(done(object, id, What::Restored)),
        Err(error) if error.kind() == ErrorKind::Validation => {
            let message = errors::message(&error);
            Ok(Outcome::Refused(Wrong { message, ..Wrong::of(&error) }))
        }
        Err(error) => Err(error),
    }
}

/// The version of the row that the form was made for.
fn version_of(form: &Form) -> Result<i64> {
    form.get("version").and_then(|version| version.parse().ok()).ok_or_else(record::version_required)
}

fn done(object: Object, id: i64, what: What) -> Outcome {
    Outcome::Done { to: address::row(object, id), note: Some(Note { what, id: Some(id) }) }
}

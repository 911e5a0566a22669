//! The form of a new document: its fields, and its file.

use bytes::Bytes;
use futures_util::Stream;

use super::names::FILE;
use super::submit::{Prepared, again, finish, prepare, wrong_of};
use crate::error::{AppOsError, Result};
use crate::outside::files;
use crate::record::{FileValues, Input};
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::state::Ctx;
use crate::ui::page::{Form, Outcome, What};
use crate::ui::records::documents::{SentFile, is_of_file, missing, receive, refused};

/// A new document, as a form has it; `caller`: who uploads, with the time that he has.
///
/// # Errors
/// The user may make no such document, or it cannot be done now.
pub(crate) async fn create<S>(
    object: &'static ObjectDescriptor,
    (form, file): (&Form, Option<SentFile<S>>),
    caller: Option<Ctx>,
) -> Result<Outcome>
where
    S: Stream<Item = Result<Bytes>>,
{
    let Some(prepared) = prepare(object, form, Permission::Create).await? else { return Ok(again()) };
    let Prepared { gathered, .. } = prepared;
    let ctx = Ctx::current().ok_or_else(|| AppOsError::execution("a form outside of a request"))?;
    let limits = files::limits(&ctx.scope().engine, object)?;
    // What is wrong about the fields is told before the file is received.
    let nothing = FileValues { name: String::new(), content_type: String::new(), size: 0, version: 1 };
    let input = Input::WithFile(Box::new(Input::Json(gathered.fields.clone())), nothing);
    let mut wrong = wrong_of(object, (Permission::Create, input), (form, &gathered)).await?;
    if file.is_none() {
        let missing = missing(FILE);
        let fields = wrong.take().map(|wrong| wrong.fields).unwrap_or_default();
        wrong = Some(crate::ui::page::Wrong { fields: fields.into_iter().chain(missing.fields).collect(), ..missing });
    }
    let file = match (wrong, file) {
        (None, Some(file)) => file,
        (wrong, _) => return Ok(Outcome::Refused(wrong.unwrap_or_default())),
    };
    let fields = gathered.fields.clone();
    let created = match receive(object, file).await {
        Ok(received) => files::create(caller, object, move || Ok(Input::Json(fields)), received).await,
        Err(error) => Err(error),
    };
    match created {
        Err(error) if is_of_file(&error) => Ok(Outcome::Refused(refused(FILE, &limits, &error))),
        created => finish(object, created, (form, &gathered), What::Created),
    }
}

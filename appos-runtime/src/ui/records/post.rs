//! What the forms of a record's screens ask for.

use super::screen::row_id;
use super::{detail, documents, form, list};
use crate::error::Result;
use crate::model::record_of;
use crate::registry::ObjectDescriptor;
use crate::state::Ctx;
use crate::ui::page::{Form, Location, Outcome};
use crate::ui::shell::unknown;

/// Does what a form of the record asks for; `rest`: what follows the record's name in the address.
///
/// # Errors
/// There is no such form, or it cannot be done now.
pub(crate) async fn post(
    object: &'static ObjectDescriptor,
    rest: &[&str],
    _action: &Location,
    form: &Form,
) -> Result<Outcome> {
    if record_of(object).document().is_some()
        && let Some(outcome) = Box::pin(post_document(object, rest, form)).await
    {
        return outcome;
    }
    match rest {
        ["bulk"] => Box::pin(list::post_bulk(object, form)).await,
        ["views"] => Box::pin(list::post_view(object, form)).await,
        ["new"] => form::create(object, form).await,
        [id, "edit"] => form::update(object, row_id(id).unwrap_or(0), form).await,
        [id, "delete"] => detail::delete(object, row_id(id).unwrap_or(0), form).await,
        [id, "restore"] => detail::restore(object, row_id(id).unwrap_or(0)).await,
        _ => Err(unknown()),
    }
}

/// The same for what only documents have, where no file was sent; `None`: it is a form of any record.
async fn post_document(object: &'static ObjectDescriptor, rest: &[&str], form: &Form) -> Option<Result<Outcome>> {
    let sent = (form, documents::no_file());
    match rest {
        ["new"] => Some(form::create_document(object, sent, Ctx::current()).await),
        [id, "upload"] => Some(documents::replace(object, row_id(id).unwrap_or(0), sent, Ctx::current()).await),
        [id, "versions"] => Some(documents::restore(object, row_id(id).unwrap_or(0), form).await),
        _ => None,
    }
}

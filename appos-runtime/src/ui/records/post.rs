//! What the forms of a record's screens ask for.

use super::screen::row_id;
use super::{detail, form, list};
use crate::error::Result;
use crate::registry::ObjectDescriptor;
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

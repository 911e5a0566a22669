//! What the forms of a record's screens ask for.

use super::form;
use super::screen::row_id;
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
        ["new"] => form::create(object, form).await,
        [id, "edit"] => form::update(object, row_id(id).unwrap_or(0), form).await,
        _ => Err(unknown()),
    }
}

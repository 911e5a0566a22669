//! What the form of the page asks for.

use super::ADDRESS;
use crate::error::Result;
use crate::outside::mail::clear_caught_mail;
use crate::ui::page::{Form, Location, Outcome};
use crate::ui::shell::unknown;

/// Deletes all that was caught.
///
/// # Errors
/// There is no such form, or whoever sends it may not.
pub(crate) async fn post(form: &Form) -> Result<Outcome> {
    if form.get("do") != Some("clear") {
        return Err(unknown());
    }
    clear_caught_mail().await?;
    let page = Location { path: ADDRESS.to_owned(), query: String::new() };
    Ok(Outcome::Done { to: page.with(&[("cleared", Some("true"))]), note: None })
}

//! What the forms of the screen ask for.

use super::ADDRESS;
use crate::error::{ErrorKind, Result};
use crate::outside::test_system;
use crate::platform::stored_secrets::{delete_secret, set_secret};
use crate::ui::page::{Form, Location, Outcome, Wrong};
use crate::ui::shell::unknown;
use crate::ui::text::own::systems as words;

/// Does what a form asks for.
///
/// # Errors
/// There is no such form, whoever sends it may not, or it cannot be done now.
pub(crate) async fn post(form: &Form) -> Result<Outcome> {
    let name = |field: &str| form.get(field).unwrap_or_default().to_owned();
    match form.get("do") {
        Some("test") => test(name("system")).await,
        Some("forget") => {
            let name = name("name");
            delete_secret(name.clone()).await?;
            Ok(done("forgotten", &name))
        }
        // Enter in the field sends no button.
        _ if form.get("name").is_some() => set(name("name"), form.get("value").unwrap_or_default()).await,
        _ => Err(unknown()),
    }
}

/// The page again, with what was done in its address: a name, and nothing of a secret.
fn done(what: &str, name: &str) -> Outcome {
    let page = Location { path: ADDRESS.to_owned(), query: String::new() };
    Outcome::Done { to: page.with(&[(what, Some(name))]), note: None }
}

async fn test(system: String) -> Result<Outcome> {
    let tested = test_system(system).await?;
    if tested.answers {
        return Ok(done("answers", tested.system));
    }
    let parts = [tested.message.unwrap_or_default(), tested.help.unwrap_or_default()];
    let why = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ");
    Ok(refused(format!("{}: {why}", tested.system), tested.failure.unwrap_or_default()))
}

async fn set(name: String, value: &str) -> Result<Outcome> {
    match set_secret(name.clone(), value.to_owned().into()).await {
        Ok(()) => Ok(done("set", &name)),
        Err(error) if error.kind() == ErrorKind::Validation => {
            Ok(refused(words::no_secret().to_owned(), error.code().to_owned()))
        }
        Err(error) => Err(error),
    }
}

fn refused(message: String, code: String) -> Outcome {
    Outcome::Refused(Wrong { message, code, fields: Vec::new() })
}

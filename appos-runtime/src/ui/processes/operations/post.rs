//! What the forms of these screens ask for.

use super::dead::{Asked, read_ids};
use super::{DEAD, WORKERS};
use crate::error::{AppOsError, ErrorKind, Result};
use crate::process::{Steering, process_scale, process_steer};
use crate::ui::page::{Form, Location, Note, Outcome, What, Wrong};
use crate::ui::shell::unknown;
use crate::ui::text::own::operations as words;

/// Does what a form asks for.
///
/// # Errors
/// There is no such form, whoever sends it may not, or it cannot be done now.
pub(crate) async fn post(asked: &str, form: &Form) -> Result<Outcome> {
    match asked {
        "workers" => scale(form).await,
        "dead" => steer(form).await,
        _ => Err(unknown()),
    }
}

async fn scale(form: &Form) -> Result<Outcome> {
    let worker = form.get("worker").unwrap_or_default().to_owned();
    let concurrency = match form.get("do") {
        Some("reset") => None,
        Some("drain") => Some(0),
        // Enter in the field sends no button.
        _ => {
            let text = form.get("concurrency").unwrap_or_default().trim();
            let Ok(number) = text.parse() else { return Ok(refused(words::no_number())) };
            Some(number)
        }
    };
    match process_scale(worker, concurrency).await {
        Ok(()) => Ok(Outcome::Done { to: WORKERS.to_owned(), note: Some(Note { what: What::Saved, id: None }) }),
        Err(error) if error.kind() == ErrorKind::Validation => Ok(refused(why(&error))),
        Err(error) => Err(error),
    }
}

fn refused(message: &str) -> Outcome {
    Outcome::Refused(Wrong { message: message.to_owned(), code: "invalid_fields".to_owned(), fields: Vec::new() })
}

fn why(error: &AppOsError) -> &'static str {
    let of = |field: &str| error.fields().iter().any(|wrong| wrong.field == field);
    if of("worker") { words::no_such_worker() } else { words::no_number() }
}

async fn steer(form: &Form) -> Result<Outcome> {
    let steering = form.get("do").and_then(Steering::named).ok_or_else(unknown)?;
    let ids = read_ids(form.all("ids"));
    if ids.is_empty() {
        return Ok(refused(words::none_chosen()));
    }
    let asked = Asked { steering, ids };
    if form.get("confirmed") != Some("true") {
        return Ok(Outcome::Done { to: asked.address(), note: None });
    }
    let done = process_steer(asked.ids, asked.steering).await?;
    let errors: Vec<&str> = done.iter().filter_map(|steered| Some(steered.error.as_ref()?.code.as_str())).collect();
    let (did, not) = ((done.len() - errors.len()).to_string(), errors.len().to_string());
    let mut told = vec![("did", Some(did.as_str()))];
    if let Some(code) = errors.first() {
        told.extend([("refused", Some(not.as_str())), ("why", Some(*code))]);
    }
    let list = Location { path: DEAD.to_owned(), query: String::new() };
    Ok(Outcome::Done { to: list.with(&told), note: None })
}

//! Starts a process as a form asks for it.

use serde_json::{Map, Value as Json};

use super::super::{address, current};
use super::{given, searches, startable};
use crate::engine::start_with;
use crate::error::{AppOsError, ErrorKind, FieldError, Result};
use crate::registry::ProcessDescriptor;
use crate::ui::page::{Form, Outcome, Wrong};
use crate::ui::text::errors;
use crate::ui::text::own::problems;

/// Starts a process, as the user of the present scope, and leads to the instance.
///
/// # Errors
/// There is no such process that the user may start, or it cannot be started now.
pub(crate) async fn post(app: &str, name: &str, form: &Form) -> Result<Outcome> {
    let ctx = current()?;
    let (object, process) = startable(&ctx, app, name).await?;
    if searches(form) {
        return Ok(Outcome::Refused(Wrong::nothing()));
    }
    let arguments = match arguments(process, form) {
        Ok(arguments) => arguments,
        Err(wrong) => return Ok(Outcome::Refused(wrong)),
    };
    match start_with(object, move || Ok((Json::Object(arguments), None))).await {
        Ok(started) => {
            let id = started["id"].as_str().unwrap_or_default();
            Ok(Outcome::Done { to: format!("{}/{id}", address(app)), note: None })
        }
        Err(error) if error.kind() == ErrorKind::Validation => Ok(Outcome::Refused(wrong(process, &error))),
        Err(error) => Err(error),
    }
}

/// The arguments, or all that is wrong with them.
fn arguments(process: &ProcessDescriptor, form: &Form) -> Result<Map<String, Json>, Wrong> {
    let (mut arguments, mut fields) = (Map::new(), Vec::new());
    for (parameter, input) in process.parameters.iter().zip(process.inputs) {
        // Of several fields with one name the last counts: a box that is ticked, a list without script.
        match given::read(input, form.all(parameter.name).last()) {
            Ok(Some(argument)) => drop(arguments.insert(parameter.name.to_owned(), argument)),
            Ok(None) => {}
            Err((code, text)) => fields.push((parameter.name.to_owned(), code.to_owned(), text)),
        }
    }
    if fields.is_empty() {
        return Ok(arguments);
    }
    Err(Wrong { message: problems::invalid_fields().to_owned(), code: "invalid_fields".to_owned(), fields })
}

/// What the process itself refuses. Of a secret nothing is quoted.
fn wrong(process: &ProcessDescriptor, error: &AppOsError) -> Wrong {
    let is_secret = |name: &str| {
        let place = process.parameters.iter().position(|parameter| parameter.name == name);
        place.and_then(|place| process.inputs.get(place)).is_some_and(|input| input.sensitive)
    };
    let told = |field: &FieldError| {
        let text =
            if is_secret(&field.field) { problems::invalid_fields().to_owned() } else { errors::of_field(None, field) };
        (field.field.clone(), field.code.to_string(), text)
    };
    let fields = error.fields().iter().map(told).collect();
    Wrong { message: errors::message(error), code: error.code().to_owned(), fields }
}

//! What the forms of an instance ask for.

use serde_json::Value as Json;
use uuid::Uuid;

use super::start::START;
use super::{address, processes};
use crate::error::{ErrorKind, Result};
use crate::process::{Instance, instance_of};
use crate::ui::page::{Form, Outcome, Wrong};
use crate::ui::shell::unknown;

/// Does what a form of an instance asks for.
///
/// # Errors
/// There is no such form or instance, or it cannot be done now.
pub(crate) async fn post(app: &str, id: &str, asked: &str, form: &Form) -> Result<Outcome> {
    if asked == START {
        return Box::pin(super::start::post(app, id, form)).await;
    }
    let instance = found(app, id).await?;
    let done = match asked {
        "retry" => instance.retry().await,
        "resume" => instance.resume().await,
        "cancel" => instance.cancel().await,
        "signal" => {
            let name = form.get("name").unwrap_or_default().trim().to_owned();
            instance.signal(&name, payload(form.get("payload").unwrap_or_default())).await
        }
        _ => return Err(unknown()),
    };
    match done {
        Ok(()) => Ok(Outcome::Done { to: format!("{}/{}", address(app), instance.id), note: None }),
        Err(error) if error.kind() == ErrorKind::Validation => Ok(Outcome::Refused(Wrong::of(&error))),
        Err(error) => Err(error),
    }
}

/// The instance of one of the app's processes that an address names.
pub(super) async fn found(app: &str, id: &str) -> Result<Instance> {
    let id = Uuid::try_parse(id).map_err(|_| unknown())?;
    let registry = super::current()?.scope().engine.registry();
    for process in processes(registry, app) {
        match instance_of(process, id).await {
            Err(error) if error.code() == "unknown_instance" => {}
            found => return found,
        }
    }
    Err(unknown())
}

/// What somebody has typed: JSON, or a text.
fn payload(text: &str) -> Json {
    match text.trim() {
        "" => Json::Null,
        text => serde_json::from_str(text).unwrap_or_else(|_| Json::String(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::payload;

    #[test]
    fn what_is_typed_is_json_or_a_text() {
        let read = ["", " 5 ", "{\"a\": 1}", "all is well", "true"].map(payload);
        assert_eq!(read, [json!(null), json!(5), json!({ "a": 1 }), json!("all is well"), json!(true)]);
    }
}

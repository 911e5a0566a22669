//! Why a question is not answered: a code, what happened, and the way out, as the commands say it.

use serde::Serialize;
use serde_json::Value as Json;

use crate::terminal::Failure;

/// Why something is not told or not done.
#[derive(Debug, Serialize)]
pub(super) struct Refused {
    pub(super) code: String,
    pub(super) message: String,
    /// The way out; "" if there is none.
    pub(super) help: String,
    /// What the program says of single fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<Json>,
}

impl Refused {
    pub(super) fn new(code: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into(), help: help.into(), fields: Vec::new() }
    }

    /// What the program says.
    pub(super) fn of_program(error: &Json) -> Self {
        let text = |key: &str| error[key].as_str().unwrap_or_default().to_owned();
        let fields = error["fields"].as_array().cloned().unwrap_or_default();
        Self { code: text("code"), message: text("message"), help: text("help"), fields }
    }

    /// That there is no such object, or that it is not for whoever asks: which of both, he is not told.
    pub(super) fn of_unseen(object: &str, who: &str) -> Self {
        let object = crate::escape::escaped(object);
        Self::new(
            "not_visible",
            format!("there is no object `{object}` that {who} may view"),
            "`list_objects` lists those that can be seen; `explain_denial` tells why one cannot",
        )
    }
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        let code = match (failure.is_of_build(), failure.exit_code()) {
            (true, _) => "does_not_build",
            (false, 2) => "wrong_question",
            _ => "failed",
        };
        let help = match (failure.is_of_build(), failure.help()) {
            (true, "") => "`run_check` tells where; `cargo build` shows what the compiler says",
            (_, help) => help,
        };
        Self::new(code, failure.message(), help)
    }
}

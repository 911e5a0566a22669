//! The arguments of a call that is made later, perhaps by another program: as they are, and as they may be shown.

use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::error::{AppOsError, Result};
use crate::journal::shown;

/// What stands in the place of an argument that nobody is to see.
const REDACTED: &str = "[redacted]";

/// Arguments of a process or a step, written down.
///
/// ```
/// use appos_runtime::codegen_support::Given;
/// let given = Given::begin().argument("customer_id", &7).sensitive("api_key", &"abc").finish();
/// assert!(!format!("{given:?}").contains("abc"));
/// ```
#[derive(Clone)]
pub struct Given {
    arguments: Map<String, Json>,
    shown: Map<String, Json>,
    error: Option<String>,
}

impl Given {
    /// No argument yet.
    pub fn begin() -> Self {
        Self { arguments: Map::new(), shown: Map::new(), error: None }
    }

    /// An argument.
    #[must_use]
    pub fn argument<T: Serialize>(mut self, name: &'static str, value: &T) -> Self {
        self.shown.insert(name.to_owned(), shown(value));
        self.take(name, value)
    }

    /// An argument that is kept, and shown to nobody.
    #[must_use]
    pub fn sensitive<T: Serialize>(mut self, name: &'static str, value: &T) -> Self {
        self.shown.insert(name.to_owned(), REDACTED.into());
        self.take(name, value)
    }

    fn take<T: Serialize>(mut self, name: &'static str, value: &T) -> Self {
        match serde_json::to_value(value) {
            Ok(value) => drop(self.arguments.insert(name.to_owned(), value)),
            Err(error) => self.error = Some(format!("`{name}` cannot be written as JSON: {error}")),
        }
        self
    }

    /// All arguments are given.
    #[must_use]
    pub fn finish(self) -> Self {
        self
    }

    /// The arguments as a JSON object.
    ///
    /// # Errors
    /// One of them cannot be written as JSON.
    pub(super) fn arguments(&self) -> Result<&Map<String, Json>> {
        match &self.error {
            None => Ok(&self.arguments),
            Some(error) => Err(AppOsError::validation(error.clone()).code_is("arguments_not_writable")),
        }
    }

    /// What of them may be seen.
    pub(super) fn shown(&self) -> &Map<String, Json> {
        &self.shown
    }
}

/// A JSON value as text.
pub(super) fn text(value: &Map<String, Json>) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

impl std::fmt::Debug for Given {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Given").field(&self.shown).finish()
    }
}

//! Reads the parameters of a web API from a request, and gathers everything that is wrong with them.

use actix_web::web::Bytes;
use serde::de::DeserializeOwned;

use super::input::Input;
use super::text::Text;
use super::upload::Upload;
use crate::error::{AppOsError, FieldError, Result};

/// What a body is said to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Content {
    /// JSON in UTF-8.
    Json,
    /// A form.
    Form,
    /// Something else, or nothing.
    #[default]
    Other,
}

/// What has arrived of a request.
#[derive(Debug, Default)]
pub struct Received {
    /// Parts of the path, by the names of their parameters.
    pub(crate) path: Vec<(&'static str, String)>,
    pub(crate) query: String,
    /// Filled only if a parameter asks for headers.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) content: Content,
    pub(crate) body: Bytes,
    pub(crate) file: Option<Upload>,
}

/// What is wrong with a request.
#[derive(Debug, Default)]
pub struct Problems {
    fields: Vec<FieldError>,
    /// What cannot be read at all.
    whole: Option<AppOsError>,
}

impl Problems {
    pub(super) fn fails(&mut self, error: AppOsError) {
        self.whole.get_or_insert(error);
    }

    pub(super) fn value(&mut self, field: &str, message: String) {
        self.fields.push(FieldError { field: field.to_owned(), code: "wrong_type".into(), message });
    }

    pub(super) fn repeated(&mut self, field: &str) {
        let message = "stands more than once".to_owned();
        self.fields.push(FieldError { field: field.to_owned(), code: "repeated".into(), message });
    }

    /// `name`: of the parameter, for what is wrong with the whole of it.
    pub(super) fn extend(&mut self, mistakes: Vec<FieldError>, name: &str) {
        self.fields.extend(mistakes.into_iter().map(|mut mistake| {
            if mistake.field.is_empty() {
                name.clone_into(&mut mistake.field);
            }
            mistake
        }));
    }
}

/// Reads the parameters of a request.
pub struct InputReader {
    received: Received,
    problems: Problems,
}

impl InputReader {
    /// Begins to read.
    pub fn new(received: Received) -> Self {
        Self { received, problems: Problems::default() }
    }

    /// Reads a part of the path.
    ///
    /// # Errors
    /// It does not fit. What exactly is told by [`finish`](Self::finish), which is asked before any value is used.
    pub fn path<T: DeserializeOwned>(&mut self, name: &'static str) -> Result<T> {
        let text = self.received.path.iter().find(|(own, _)| *own == name).map_or("", |(_, text)| text.as_str());
        match T::deserialize(Text(text)) {
            Ok(value) => Ok(value),
            Err(error) => {
                self.problems.value(name, error.to_string());
                Err(unread())
            }
        }
    }

    /// Reads a parameter that says itself where it stands.
    ///
    /// # Errors
    /// See [`path`](Self::path).
    pub fn take<T: Input>(&mut self, name: &'static str) -> Result<T> {
        T::read(&mut self.received, name, &mut self.problems).ok_or_else(unread)
    }

    /// All parameters were read.
    ///
    /// # Errors
    /// Everything that was wrong.
    pub fn finish(self) -> Result<()> {
        let Problems { fields, whole } = self.problems;
        match whole {
            Some(error) => Err(error),
            None if fields.is_empty() => Ok(()),
            None => Err(AppOsError::validation("some values are wrong").code_is("invalid_fields").with_fields(fields)),
        }
    }
}

fn unread() -> AppOsError {
    AppOsError::validation("some values are wrong").code_is("invalid_fields")
}

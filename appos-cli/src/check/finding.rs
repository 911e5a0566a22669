//! One finding: what is wrong where, and how it is written correctly.

use super::codes::{Code, Weight};
use crate::impact::Position;

/// Something that is wrong.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(super) code: &'static Code,
    pub(super) message: String,
    /// The correct form; "" if the message tells it.
    pub(super) help: String,
    /// Where, as far as it stands in a file.
    pub(super) place: Option<Place>,
    /// The object that it is about.
    pub(super) object: Option<String>,
    /// The app whose matter it is: its `app.yaml` may allow it.
    pub(super) app: Option<String>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// From the workspace's folder.
    pub(super) file: String,
    /// Unknown if the file as a whole is meant.
    pub(super) at: Option<Position>,
}

impl Place {
    pub(super) fn new(file: &str, at: Position) -> Self {
        Self { file: file.to_owned(), at: Some(at) }
    }
}

impl Finding {
    /// A finding of the project as a whole.
    pub(super) fn new(code: &'static Code, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: help.into(), place: None, object: None, app: None }
    }

    pub(super) fn at(self, place: Option<Place>) -> Self {
        Self { place, ..self }
    }

    pub(super) fn of_app(self, app: &str) -> Self {
        Self { app: Some(app.to_owned()), ..self }
    }

    pub(super) fn of_object(self, app: &str, object: &str) -> Self {
        Self { object: Some(object.to_owned()), ..self.of_app(app) }
    }

    pub(super) fn is_error(&self) -> bool {
        self.code.weight == Weight::Error
    }
}

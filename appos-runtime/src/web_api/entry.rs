//! How a request comes to a web API: what its macro hands over beside the description.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use super::answer::{Answer, AnswerForm};
use super::reader::Received;
use super::shape::Shape;
use crate::error::Result;

/// A future of an answer.
pub type BoxedAnswer = Pin<Box<dyn Future<Output = Result<Answer>> + Send>>;

/// Where a parameter stands in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InputKind {
    /// A part of the path.
    Path,
    /// The whole query string.
    Query,
    /// Headers.
    Headers,
    /// The body, as JSON.
    Json,
    /// The body, as a form.
    Form,
    /// The body, as it arrives.
    Body,
    /// A file.
    Upload,
}

impl InputKind {
    /// True if it is read from the body.
    pub const fn is_body(self) -> bool {
        matches!(self, Self::Json | Self::Form | Self::Body | Self::Upload)
    }
}

/// A parameter of a web API.
pub struct InputEntry {
    /// Its name.
    pub name: &'static str,
    /// Where it stands.
    pub kind: InputKind,
    /// What it looks like, as far as that can be known.
    pub shape: fn() -> Shape,
}

/// How requests of a web API are read and answered.
pub struct WebApiEntry {
    /// Its parameters, in order.
    pub inputs: &'static [InputEntry],
    /// What becomes of its answer.
    pub answer: fn() -> AnswerForm,
    /// What its answer looks like as JSON; `None` where its type cannot be read, and so does not tell.
    pub answer_shape: fn() -> Option<Shape>,
    /// Reads a request, everything that is wrong with it at once, and makes the typed call, which is dispatch.
    pub serve: fn(Received) -> BoxedAnswer,
}

impl WebApiEntry {
    /// True if a parameter stands there.
    pub(crate) fn takes(&self, kind: InputKind) -> bool {
        self.inputs.iter().any(|input| input.kind == kind)
    }
}

impl fmt::Debug for WebApiEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebApiEntry").finish_non_exhaustive()
    }
}

//! What a web API answers with: JSON, nothing, that something was accepted, or a file.

use std::any::{Any, TypeId};
use std::fmt;
use std::pin::Pin;

use actix_web::web::Bytes;
use futures_util::{Stream, StreamExt};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use uuid::Uuid;

use crate::error::{AppOsError, Result};
use crate::process::Instance;
use crate::registry::{Object, ObjectKind};

/// "It will be done": `202`, with the address at which it is told what has become of it, if there is one.
///
/// ```
/// use appos_runtime::web_api::Accepted;
/// assert!(Accepted::new().location().is_none());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Accepted {
    /// The instance of a process that does it.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Uuid>,
    /// Where its state and its answer are told to whoever may see them.
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<String>,
}

impl Accepted {
    /// Without an address.
    pub fn new() -> Self {
        Self::default()
    }

    /// An instance of the process `P` does it: `http::Accepted::by::<processes::onboard_customer>(instance)`. What has
    /// become of it is told at the address of the instance, to whoever may see it.
    pub fn by<P: Object>(instance: Instance) -> Self {
        let process = P::object();
        debug_assert!(process.kind == ObjectKind::Process, "{} is no process", process.reference);
        let location = format!("/api/{}/v1/processes/{}/instances/{}", process.app, process.name, instance.id);
        Self { id: Some(instance.id), location: Some(location) }
    }

    /// The address.
    pub fn location(&self) -> Option<&str> {
        self.location.as_deref()
    }
}

/// Parts of a file, one after another.
type Parts = Pin<Box<dyn Stream<Item = Result<Bytes>> + Send>>;

/// What is in a file.
pub(crate) enum FileContent {
    /// All of it.
    Whole(Bytes),
    /// What is made while it is sent.
    Parts(Parts),
}

/// A file to be kept by whoever asks for it: there as a whole, or sent part by part, as it is made.
pub struct Download {
    name: String,
    content_type: String,
    content: FileContent,
}

impl Download {
    /// A file that is there as a whole.
    ///
    /// ```
    /// use appos_runtime::web_api::Download;
    /// let file = Download::new("prices.csv", "text/csv", "sku,price\n");
    /// assert_eq!(file.name(), "prices.csv");
    /// ```
    pub fn new(name: impl Into<String>, content_type: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        let content = FileContent::Whole(Bytes::from(content.into()));
        Self { name: name.into(), content_type: content_type.into(), content }
    }

    /// A file that is made while it is sent. A part that fails ends it early, which its reader notices.
    pub fn stream(
        name: impl Into<String>,
        content_type: impl Into<String>,
        parts: impl Stream<Item = Result<Vec<u8>>> + Send + 'static,
    ) -> Self {
        let content = FileContent::Parts(Box::pin(parts.map(|part| part.map(Bytes::from))));
        Self { name: name.into(), content_type: content_type.into(), content }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Name, content type and content.
    pub(crate) fn into_parts(self) -> (String, String, FileContent) {
        (self.name, self.content_type, self.content)
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download").field("name", &self.name).finish_non_exhaustive()
    }
}

/// What a call by name is told of a file.
impl Serialize for Download {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut file = serializer.serialize_struct("Download", 2)?;
        file.serialize_field("name", &self.name)?;
        file.serialize_field("content_type", &self.content_type)?;
        file.end()
    }
}

/// An answer on its way out.
#[derive(Debug)]
#[non_exhaustive]
pub enum Answer {
    /// JSON.
    Json(Vec<u8>),
    /// Nothing.
    Nothing,
    /// It will be done.
    Accepted(Accepted),
    /// A file.
    File(Download),
}

/// What becomes of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnswerForm {
    /// `200` and JSON.
    Json,
    /// `204`.
    Nothing,
    /// `202`.
    Accepted,
    /// `200` and a file.
    File,
}

/// What becomes of answers of this type.
pub fn answer_form<T: 'static>() -> AnswerForm {
    let of = TypeId::of::<T>();
    if of == TypeId::of::<()>() {
        AnswerForm::Nothing
    } else if of == TypeId::of::<Accepted>() {
        AnswerForm::Accepted
    } else if of == TypeId::of::<Download>() {
        AnswerForm::File
    } else {
        AnswerForm::Json
    }
}

/// A value as an answer.
///
/// # Errors
/// It cannot be written as JSON.
pub fn answer<T: Serialize + 'static>(value: T) -> Result<Answer> {
    let mut value = Some(value);
    let any = &mut value as &mut dyn Any;
    if any.is::<Option<()>>() {
        return Ok(Answer::Nothing);
    }
    if let Some(file) = any.downcast_mut::<Option<Download>>().and_then(Option::take) {
        return Ok(Answer::File(file));
    }
    if let Some(accepted) = any.downcast_mut::<Option<Accepted>>().and_then(Option::take) {
        return Ok(Answer::Accepted(accepted));
    }
    let json = serde_json::to_vec(&value)
        .map_err(|error| AppOsError::execution("the answer cannot be written as JSON").caused_by(error))?;
    Ok(Answer::Json(json))
}

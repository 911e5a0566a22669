//! What a system answers, and how it is read.

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};

use super::download::Download;
use crate::error::{AppOsError, Result};

/// An answer as it came: for integrations that answer `Call<Answer>`, and for
/// [`Call::on_status`](super::Call::on_status).
#[derive(Clone, Debug)]
pub struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Answer {
    /// The status, such as 404.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// A header, if it is there and is a text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The target of a link in the header `Link`, such as that of `next` (RFC 8288).
    pub fn link(&self, relation: &str) -> Option<&str> {
        let links = self.headers.get_all("link").iter().filter_map(|value| value.to_str().ok());
        links.flat_map(|value| value.split(',')).find_map(|link| {
            let (target, parameters) = link.trim().strip_prefix('<')?.split_once('>')?;
            let is_it = parameters.split(';').any(|parameter| {
                let value = parameter.trim().strip_prefix("rel=").map(|value| value.trim_matches('"'));
                value.is_some_and(|value| value.split_ascii_whitespace().any(|it| it == relation))
            });
            is_it.then_some(target)
        })
    }

    /// The body.
    pub fn bytes(&self) -> &Bytes {
        &self.body
    }

    /// The body as text; what is no UTF-8 is replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// It is none, or of another shape (code `unreadable_answer`).
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        // An answer without a body is one of nothing.
        let body: &[u8] = if self.body.is_empty() { b"null" } else { &self.body };
        serde_json::from_slice(body).map_err(|error| {
            // What does not fit may be a secret: only its place is said.
            let place = format!("line {}, column {}", error.line(), error.column());
            AppOsError::integration(format!("the system's answer is not what it was to be, at {place}"))
                .code_is("unreadable_answer")
        })
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut answer = serializer.serialize_struct("Answer", 2)?;
        answer.serialize_field("status", &self.status())?;
        answer.serialize_field("bytes", &self.body.len())?;
        answer.end()
    }
}

/// What an answer can be read as: any type that can be read from JSON, an [`Answer`], or a [`Download`].
#[diagnostic::on_unimplemented(
    message = "an answer cannot be read as `{Self}`",
    note = "derive `serde::Deserialize` for it, or write `Call<Answer>` or `Call<Download>`"
)]
pub trait FromAnswer: Sized + Send {
    /// True if it is read piece by piece, after the call.
    #[doc(hidden)]
    const STREAMS: bool = false;

    #[doc(hidden)]
    fn from_answer(answer: Answer) -> Result<Self>;

    #[doc(hidden)]
    fn from_download(_: Download) -> Result<Self> {
        Err(AppOsError::execution("the answer is not read piece by piece"))
    }
}

impl<T: DeserializeOwned + Send> FromAnswer for T {
    fn from_answer(answer: Answer) -> Result<Self> {
        answer.json()
    }
}

impl FromAnswer for Answer {
    fn from_answer(answer: Answer) -> Result<Self> {
        Ok(answer)
    }
}

impl FromAnswer for Download {
    const STREAMS: bool = true;

    fn from_answer(_: Answer) -> Result<Self> {
        Err(AppOsError::execution("the answer is read piece by piece"))
    }

    fn from_download(download: Download) -> Result<Self> {
        Ok(download)
    }
}

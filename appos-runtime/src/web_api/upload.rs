//! A file that is sent to a web API: its body reads it part by part, and no more of it is in memory than that.

use std::fmt;

use serde::{Deserialize, Deserializer, de};
use tokio::sync::mpsc;

use crate::error::Result;

/// A part of a file; at most as much as arrives at once.
pub type FilePart = Vec<u8>;

/// A file that is being sent.
///
/// Its name and type are what its sender says. Its parts are read while they arrive:
///
/// ```
/// # use appos_runtime::{Result, web_api::Upload};
/// async fn length(mut file: Upload) -> Result<usize> {
///     let mut length = 0;
///     while let Some(part) = file.next().await? {
///         length += part.len();
///     }
///     Ok(length)
/// }
/// ```
pub struct Upload {
    name: String,
    content_type: String,
    parts: mpsc::Receiver<Result<FilePart>>,
}

impl Upload {
    pub(crate) fn new(name: String, content_type: String, parts: mpsc::Receiver<Result<FilePart>>) -> Self {
        Self { name, content_type, parts }
    }

    /// The file's name, without folders; "" if the sender gives none.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The file's type, such as `image/png`.
    pub fn content_type(&self) -> &str {
        &self.content_type
    }

    /// The next part; `None`: the file has ended.
    ///
    /// # Errors
    /// The file is larger than the web API takes, or does not arrive whole, or not in time.
    pub async fn next(&mut self) -> Result<Option<FilePart>> {
        self.parts.recv().await.transpose()
    }

    /// All that is left of the file at once.
    ///
    /// # Errors
    /// See [`next`](Self::next).
    pub async fn all(&mut self) -> Result<Vec<u8>> {
        let mut all = Vec::new();
        while let Some(part) = self.next().await? {
            all.extend_from_slice(&part);
        }
        Ok(all)
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A call by name has no file to give.
impl<'de> Deserialize<'de> for Upload {
    fn deserialize<D: Deserializer<'de>>(_: D) -> std::result::Result<Self, D::Error> {
        Err(de::Error::custom("a file can only be sent over HTTP"))
    }
}

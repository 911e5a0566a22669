//! An answer that is read piece by piece.

use std::time::Duration;

use bytes::Bytes;
use reqwest::Response;
use serde::{Serialize, Serializer};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;

use super::client::fault;
use crate::error::{AppOsError, Result};

/// An answer whose body is read piece by piece, in constant memory. Ended when it is dropped.
pub struct Download {
    pub(super) response: Response,
    /// Longest silence between two pieces.
    pub(super) patience: Duration,
    /// Bytes that may still come.
    pub(super) left: usize,
    pub(super) limit: usize,
    /// A place among the connections of the system.
    pub(super) _permit: OwnedSemaphorePermit,
}

impl Download {
    /// The status, such as 200.
    pub fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    /// A header, if it is there and is a text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.response.headers().get(name)?.to_str().ok()
    }

    /// How many bytes will come, if the system says so.
    pub fn length(&self) -> Option<u64> {
        self.response.content_length()
    }

    /// The next piece; `None`: that was all.
    ///
    /// # Errors
    /// The connection broke or was silent for too long, or more came than the limit (code `answer_too_large`).
    pub async fn next(&mut self) -> Result<Option<Bytes>> {
        let piece = timeout(self.patience, self.response.chunk()).await;
        let piece = piece.map_err(|_| AppOsError::timeout("the system went silent in the middle of its answer"))?;
        let Some(piece) = piece.map_err(|error| fault(&error))? else { return Ok(None) };
        self.left = self.left.checked_sub(piece.len()).ok_or_else(|| too_large(self.limit))?;
        Ok(Some(piece))
    }
}

pub(super) fn too_large(limit: usize) -> AppOsError {
    AppOsError::integration(format!("the system's answer is larger than {limit} bytes")).code_is("answer_too_large")
}

impl std::fmt::Debug for Download {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Download").field("status", &self.status()).finish_non_exhaustive()
    }
}

impl Serialize for Download {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str("[download]")
    }
}

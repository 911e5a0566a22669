//! A file that somebody may read: its bytes are read when they are asked for, a part at a time.

use std::sync::Arc;

use futures_util::StreamExt;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::receive::files_of;
use super::storage::{Part, Parts};
use super::table::Entry;
use super::{Files, kind};
use crate::engine::Engine;
use crate::error::{AppOsError, Result};
use crate::state::Ctx;
use crate::value::{DateTime, UploadedFile};

/// A version of a document's file. What it was opened for has been allowed; its bytes are read when they are asked for.
///
/// ```no_run
/// use appos_runtime::Result;
/// use appos_runtime::codegen_support::DocumentRecord;
///
/// async fn letters<Contract: DocumentRecord>(contract: Contract) -> Result<usize> {
///     let mut content = contract.content().await?;
///     let mut letters = 0;
///     while let Some(part) = content.next().await? {
///         letters += part.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
///     }
///     Ok(letters)
/// }
/// ```
pub struct FileContent {
    engine: Arc<Engine>,
    entry: Entry,
    /// What is being read.
    parts: Option<Parts>,
}

impl FileContent {
    pub(super) fn of(engine: Arc<Engine>, entry: Entry) -> Self {
        Self { engine, entry, parts: None }
    }

    /// Name of the file, without folders and signs that have a meaning anywhere.
    pub fn name(&self) -> &str {
        &self.entry.name
    }

    /// What it holds, such as `application/pdf`.
    pub fn content_type(&self) -> &str {
        &self.entry.content_type
    }

    /// Number of bytes.
    pub fn size(&self) -> u64 {
        self.entry.size.unsigned_abs()
    }

    /// Number of the version, from 1.
    pub fn version(&self) -> i64 {
        self.entry.number
    }

    /// When it was uploaded.
    pub fn uploaded_at(&self) -> Option<DateTime> {
        self.entry.created_at
    }

    /// Tells these bytes from all others.
    pub(crate) fn tag(&self) -> String {
        self.entry.content.simple().to_string()
    }

    /// True if a browser shows it without running any of it.
    pub(crate) fn is_shown(&self) -> bool {
        kind::is_shown(self.content_type())
    }

    /// All of it. For files that are known to be small: it stands in memory as a whole.
    ///
    /// # Errors
    /// The file is missing (code `file_missing`), or cannot be read.
    pub async fn bytes(mut self) -> Result<Vec<u8>> {
        let mut all = Vec::with_capacity(usize::try_from(self.size()).unwrap_or_default());
        while let Some(part) = self.next().await? {
            all.extend_from_slice(&part);
        }
        Ok(all)
    }

    /// The next part of it; `None`: that was all.
    ///
    /// # Errors
    /// The file is missing (code `file_missing`), or cannot be read.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>> {
        let mut parts = match self.parts.take() {
            Some(parts) => parts,
            None => read(Arc::clone(&self.engine), (self.entry.content, self.size()), (0, u64::MAX)).await?,
        };
        let part = parts.next().await.transpose()?;
        self.parts = Some(parts);
        Ok(part.map(Vec::from))
    }

    /// Its bytes from a place on to another one.
    ///
    /// # Errors
    /// The file is missing (code `file_missing`), or cannot be read.
    pub(crate) fn range(&self, part: (u64, u64)) -> impl Future<Output = Result<Parts>> + 'static {
        read(Arc::clone(&self.engine), (self.entry.content, self.size()), part)
    }

    pub(super) fn files(&self) -> Result<&Files> {
        files_of(&self.engine)
    }

    pub(super) fn engine(&self) -> Arc<Engine> {
        Arc::clone(&self.engine)
    }

    pub(super) fn entry(&self) -> &Entry {
        &self.entry
    }
}

async fn read(engine: Arc<Engine>, (content, size): (uuid::Uuid, u64), (from, to): (u64, u64)) -> Result<Parts> {
    files_of(&engine)?.storage.read(content, Part::Content, (from, to.min(size))).await
}

impl std::fmt::Debug for FileContent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileContent")
            .field("name", &self.entry.name)
            .field("size", &self.entry.size)
            .finish_non_exhaustive()
    }
}

/// Logs say which version was read, not what was in it.
impl Serialize for FileContent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("version", &self.entry.number)?;
        map.serialize_entry("size", &self.entry.size)?;
        map.end()
    }
}

impl UploadedFile {
    /// Its bytes, for the rule that is asked about it.
    ///
    /// # Errors
    /// No rule is being asked about it (code `file_missing`), or it cannot be read.
    pub async fn bytes(&self) -> Result<Vec<u8>> {
        let none = || AppOsError::dispatch("no rule is being asked about this file").code_is("file_missing");
        let ctx = Ctx::current().ok_or_else(none)?;
        let files = files_of(&ctx.scope().engine)?;
        if !files.is_asked_about(self.id) {
            return Err(none());
        }
        let mut parts = files.storage.read(self.id, Part::Content, (0, self.size)).await?;
        let mut all = Vec::new();
        while let Some(part) = parts.next().await {
            all.extend_from_slice(&part?);
        }
        Ok(all)
    }
}

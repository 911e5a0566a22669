//! A file that was received and that nobody can see yet.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A file on its way into a document, as the rule of `scan = ..` is asked about it.
///
/// ```no_run
/// use appos_runtime::{Result, codegen_support::AppOsError, codegen_support::UploadedFile};
///
/// async fn no_executables(file: UploadedFile) -> Result<()> {
///     if file.bytes().await?.starts_with(b"MZ") {
///         return Err(AppOsError::validation("programs are not kept here"));
///     }
///     Ok(())
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadedFile {
    /// Under which it is kept.
    pub(crate) id: Uuid,
    /// Its name, without folders and signs that have a meaning anywhere.
    pub name: String,
    /// What it holds, such as `application/pdf`: told from its content and its name.
    pub content_type: String,
    /// Number of bytes.
    pub size: u64,
}

//! Files that are on their way into a record, as a page sees them. They lie with whoever receives them.

use crate::registry::ObjectDescriptor;

/// A file that was received and waits to be imported: its beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Preview {
    /// What it is called.
    pub(crate) name: String,
    pub(crate) columns: Vec<String>,
    /// The first rows, as they stand in it.
    pub(crate) rows: Vec<Vec<String>>,
}

/// How far an import is.
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own about the import")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ImportProgress {
    pub(crate) is_over: bool,
    pub(crate) has_failed: bool,
    pub(crate) dry_run: bool,
    /// Lines that are right stay, whatever becomes of the others.
    pub(crate) partial: bool,
    pub(crate) lines: u64,
    pub(crate) created: u64,
    pub(crate) updated: u64,
    pub(crate) failed: u64,
    /// Why it ended early, if it did.
    pub(crate) problem: Option<String>,
    /// The first mistakes: line, field, what is wrong.
    pub(crate) mistakes: Vec<(u64, String, String)>,
}

/// Nothing was sent, and nothing can be.
pub(crate) struct NoFiles;

impl ImportDesk for NoFiles {
    fn preview(&self, _: i64, _: &'static ObjectDescriptor, _: &str) -> Option<Preview> {
        None
    }

    fn progress(&self, _: i64, _: &'static ObjectDescriptor, _: &str) -> Option<ImportProgress> {
        None
    }
}

/// Where files lie that a user has sent, and what becomes of them.
pub(crate) trait ImportDesk: Send + Sync {
    /// The beginning of a file of this user for this record; `None`: there is none.
    fn preview(&self, user_id: i64, object: &'static ObjectDescriptor, file: &str) -> Option<Preview>;

    /// How far an import of this user into this record is; `None`: there is none.
    fn progress(&self, user_id: i64, object: &'static ObjectDescriptor, run: &str) -> Option<ImportProgress>;
}

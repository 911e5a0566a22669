//! Deletes log files that are older than their category is kept. Knows nothing of their lines.

use std::fs;
use std::path::Path;

use chrono::NaiveDate;

use super::names::{Named, files};

/// Deletes files of lines, compressed or not, older than `days` of their category, and answers how many. Anything else
/// in the folder is left alone.
///
/// Best effort: what cannot be read or deleted stays and is tried again at the next sweep.
pub(super) fn sweep(logs: &Path, days: [u32; 3], today: NaiveDate) -> usize {
    let mut deleted = 0;
    for (category, file) in files(logs) {
        let Some(named) = file.file_name().to_str().and_then(Named::read) else { continue };
        let days = days.get(category).copied().unwrap_or(u32::MAX);
        if (today - named.day).num_days() > i64::from(days) && fs::remove_file(file.path()).is_ok() {
            deleted += 1;
        }
    }
    deleted
}

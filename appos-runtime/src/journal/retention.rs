//! Deletes log files that are older than their category is kept. Knows nothing of their lines.

use std::fs;
use std::path::Path;

use chrono::NaiveDate;

/// The three categories, in the order of the settings.
pub(super) const CATEGORIES: [&str; 3] = ["execution", "performance", "security"];

/// Deletes `{logs}/{type}/{category}/{YYYY-MM-DD}.jsonl` older than `days` of its category,
/// and answers how many. Anything else in the folder is left alone.
///
/// Best effort: what cannot be read or deleted stays and is tried again at the next sweep.
pub(super) fn sweep(logs: &Path, days: [u32; 3], today: NaiveDate) -> usize {
    let mut deleted = 0;
    for object_type in entries(logs) {
        if !object_type.file_type().is_ok_and(|file_type| file_type.is_dir()) {
            continue;
        }
        for (category, days) in CATEGORIES.iter().zip(days) {
            for file in entries(&object_type.path().join(category)) {
                // Not followed: a link, even to a log file, was made by somebody else.
                let is_file = file.file_type().is_ok_and(|file_type| file_type.is_file());
                let name = file.file_name();
                let Some(day) = name.to_str().and_then(day_of) else { continue };
                if is_file && (today - day).num_days() > i64::from(days) && fs::remove_file(file.path()).is_ok() {
                    deleted += 1;
                }
            }
        }
    }
    deleted
}

/// The day in a file name of exactly the form that the writer uses.
fn day_of(name: &str) -> Option<NaiveDate> {
    let day = name.strip_suffix(".jsonl")?;
    let date = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
    (date.format("%Y-%m-%d").to_string() == day).then_some(date)
}

fn entries(folder: &Path) -> impl Iterator<Item = fs::DirEntry> {
    fs::read_dir(folder).into_iter().flatten().flatten()
}

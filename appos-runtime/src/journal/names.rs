//! Names of log files. A day's lines are in `{day}.jsonl`; what is old in `{day}.{part}.jsonl`, while it is being
//! compressed, and then in `{day}.{part}.jsonl.gz`. A part has a name that no other program gives.

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use uuid::Uuid;

/// The three categories, in the order of the settings.
pub(super) const CATEGORIES: [&str; 3] = ["execution", "performance", "security"];

/// What a name of exactly these forms says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) day: NaiveDate,
    pub(super) part: Option<String>,
    pub(super) is_compressed: bool,
}

impl Named {
    pub(super) fn read(name: &str) -> Option<Self> {
        let plain = name.strip_suffix(".gz");
        let stem = plain.unwrap_or(name).strip_suffix(".jsonl")?;
        let (day, part) = stem.split_once('.').map_or((stem, None), |(day, part)| (day, Some(part)));
        let is_part = |part: &str| part.len() == PART && part.bytes().all(|byte| byte.is_ascii_hexdigit());
        // What is compressed without being a part, somebody else has compressed.
        if part.is_none_or(|part| !is_part(part)) && (part.is_some() || plain.is_some()) {
            return None;
        }
        let date = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
        let is_day = date.format("%Y-%m-%d").to_string() == day;
        is_day.then(|| Self { day: date, part: part.map(str::to_owned), is_compressed: plain.is_some() })
    }
}

/// Length of the name of a part.
const PART: usize = 8;

/// The name of a part: the end of an id, which is its chance.
pub(super) fn new_part() -> String {
    let id = Uuid::now_v7().simple().to_string();
    id.get(id.len() - PART..).unwrap_or("00000000").to_owned()
}

/// Log files of all kinds of objects, with the place of their category in the settings. Anything else in the folder is
/// passed over.
pub(super) fn files(logs: &Path) -> impl Iterator<Item = (usize, fs::DirEntry)> + use<> {
    let kinds = entries(logs).filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    kinds.flat_map(|kind| {
        let categories = CATEGORIES.iter().enumerate();
        categories.flat_map(move |(place, category)| {
            // Not followed: a link, even to a log file, was made by somebody else.
            let is_file = |entry: &fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_file());
            entries(&kind.path().join(category)).filter(is_file).map(move |entry| (place, entry))
        })
    })
}

fn entries(folder: &Path) -> impl Iterator<Item = fs::DirEntry> + use<> {
    fs::read_dir(folder).into_iter().flatten().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_given_and_no_others() {
        let of = |name: &str| Named::read(name).map(|named| (named.day.to_string(), named.part, named.is_compressed));
        let day = || "2026-11-24".to_owned();
        assert_eq!(of("2026-11-24.jsonl"), Some((day(), None, false)));
        let part = new_part();
        assert_eq!(of(&format!("2026-11-24.{part}.jsonl")), Some((day(), Some(part.clone()), false)));
        assert_eq!(of(&format!("2026-11-24.{part}.jsonl.gz")), Some((day(), Some(part.clone()), true)));
        for foreign in [
            "2026-11-24.jsonl.gz",
            "2026-11-24.json",
            "2026-11-4.jsonl",
            "2026-11-24.backup99.jsonl",
            "2026-11-24.abc.jsonl.gz",
            &format!("2026-11-24.{part}.jsonl.gz.tmp"),
        ] {
            assert_eq!(of(foreign), None, "{foreign}");
        }
    }
}

//! For the fuzz targets: a log file with any bytes, read from both ends and shown.

use std::fs;
use std::path::Path;

use chrono::NaiveDate;

use super::folder::{LogFile, LogFolder};
use super::line::{IdPrefix, Line};
use super::moment::Zone;
use super::read::{Backward, Forward};
use super::show::row;
use super::{CATEGORIES, Filter, Reading, all, duration, last, moment};
use crate::progress::Progress;

/// A file of a folder: read from its beginning it has the lines that it has from its end, whoever
/// chooses among them; and no line that is shown holds a sign that a terminal would obey.
pub fn log_file(folder: &Path, bytes: &[u8]) {
    let within = folder.join("rule/execution");
    let path = within.join("2026-11-24.jsonl");
    assert!(fs::create_dir_all(&within).and_then(|()| fs::write(&path, bytes)).is_ok(), "a folder to write in");
    let Some(day) = NaiveDate::from_ymd_opt(2026, 11, 24) else { return };
    let file = LogFile::plain(path, CATEGORIES[0], day, bytes.len() as u64);

    let (mut forward, mut backward) = (Vec::new(), Vec::new());
    if let Ok(mut lines) = Forward::open(&file) {
        while let Ok(Some((at, piece))) = lines.next() {
            forward.push((at, piece.map(<[u8]>::to_vec)));
        }
    }
    if let Ok(mut lines) = Backward::open(&file) {
        while let Ok(Some((at, piece))) = lines.next() {
            backward.push((at, piece.map(<[u8]>::to_vec)));
        }
    }
    backward.reverse();
    assert_eq!(forward, backward, "the same lines from either end");
    for (_, piece) in &forward {
        let Some(cells) = piece.as_deref().and_then(|line| row(&file, line, Zone::Utc)) else { continue };
        assert!(cells.iter().all(|cell| !cell.chars().any(char::is_control)), "{cells:?}");
    }

    let files = [file];
    let filter = Filter::default();
    let mut reading = Reading::of(&files, Progress::begin());
    let mut in_order = Vec::new();
    let told = all(&files, &filter, &mut reading, |_, line| {
        in_order.push(line.to_vec());
        Ok(true)
    });
    let mut latest = Vec::new();
    let found = last(&files, &filter, usize::MAX, &mut reading);
    let told = told.and(found.each(&files, &mut reading, |_, line| {
        latest.push(line.to_vec());
        Ok(true)
    }));
    assert!(told.is_ok());
    assert_eq!(in_order, latest, "all lines, and as many of the last ones as there are");

    // The tree of the first execution that has an id.
    let id =
        forward.iter().filter_map(|(_, piece)| Line::read(piece.as_deref()?)?.execution_id().and_then(IdPrefix::read));
    if let Some(id) = id.into_iter().next()
        && let Ok(trace) = super::find(&LogFolder::named(folder), &id, 0, Zone::Utc)
    {
        let shown = super::text(&trace, Zone::Utc, false, false);
        assert!(shown.chars().all(|sign| sign == '\n' || !sign.is_control()), "{shown:?}");
    }
}

/// A moment, a length of time and an id as they are written in arguments.
pub fn log_argument(text: &str) {
    let now = chrono::DateTime::UNIX_EPOCH;
    let _ = moment(text, Zone::Utc, now);
    let _ = duration(text);
    if let Some(id) = IdPrefix::read(text) {
        assert_eq!(IdPrefix::read(&id.to_string()), Some(id.clone()));
        assert!(id.between().is_none_or(|(from, to)| from <= to), "{text}");
    }
}

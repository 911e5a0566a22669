//! Chooses lines of many files: the last ones, or all in the order of time.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io;

use chrono::{Days, NaiveDate};

use super::filter::Filter;
use super::folder::LogFile;
use super::read::{Backward, Forward, LATE_US, Place, Places, Reading, from};
use crate::terminal::Failure;

/// Most lines whose places are kept at once.
pub(crate) const MOST: usize = 1_000_000;

/// Lines that were chosen, in the order of time.
pub(crate) struct Found {
    places: Vec<Place>,
}

impl Found {
    /// Tells each with its file, until somebody has enough.
    ///
    /// # Errors
    /// What `each` says.
    pub(crate) fn each(
        &self,
        files: &[LogFile],
        reading: &mut Reading,
        mut each: impl FnMut(&LogFile, &[u8]) -> Result<bool, Failure>,
    ) -> Result<(), Failure> {
        let mut places = Places::of(files);
        for place in &self.places {
            if !told(&mut places, place, files, reading, &mut each)? {
                break;
            }
        }
        Ok(())
    }
}

/// The last lines that are asked for. `files` are the newest first; each is read from its end, no
/// further than a line may stand that began later than the last ones found so far.
pub(crate) fn last(files: &[LogFile], filter: &Filter, limit: usize, reading: &mut Reading) -> Found {
    let mut kept: BinaryHeap<Reverse<Place>> = BinaryHeap::new();
    for (number, file) in files.iter().enumerate() {
        let oldest = oldest(&kept, limit);
        // Days are read one after the other: what began earlier than this one ended is of no use.
        if oldest.is_some_and(|oldest| oldest >= end_of(file.day)) {
            break;
        }
        let read = last_of(file, number, filter, limit, &mut kept, reading);
        reading.done(file, read);
    }
    let mut places: Vec<Place> = kept.into_iter().map(|Reverse(place)| place).collect();
    places.sort_unstable();
    Found { places }
}

/// When the oldest of the lines began, if no more are needed.
fn oldest(kept: &BinaryHeap<Reverse<Place>>, limit: usize) -> Option<i64> {
    kept.peek().filter(|_| kept.len() >= limit).map(|Reverse(place)| place.at_us)
}

fn last_of(
    file: &LogFile,
    number: usize,
    filter: &Filter,
    limit: usize,
    kept: &mut BinaryHeap<Reverse<Place>>,
    reading: &mut Reading,
) -> io::Result<()> {
    let is_twice = file.is_beside_calls;
    let mut lines = Backward::open(file)?;
    while let Some(piece) = lines.next()? {
        let begin = piece.0;
        if piece.1.is_some_and(|bytes| filter.is_too_late(bytes)) {
            continue;
        }
        let Some((line, bytes)) = reading.line(file, piece) else { continue };
        if filter.holds(&line, bytes, is_twice) {
            kept.push(Reverse(Place { at_us: line.at_us, file: number, begin, length: bytes.len() }));
            if kept.len() > limit {
                kept.pop();
            }
        }
        let wanted = oldest(kept, limit).max(filter.since_us);
        // What stands before was written before, so it ended before, so it began before.
        if wanted.is_some_and(|wanted| line.end_us().saturating_add(LATE_US) < wanted) {
            break;
        }
    }
    Ok(())
}

/// A file that is read in its order, and its next line that is asked for.
struct Source {
    lines: Forward,
    number: usize,
    next: Place,
}

/// Tells all lines that are asked for, in the order of time, until somebody has enough. The files
/// of a day are read side by side; the lines of a day are told when it is read, or when there are
/// more than [`MOST`] of them.
///
/// # Errors
/// What `each` says.
pub(crate) fn all(
    files: &[LogFile],
    filter: &Filter,
    reading: &mut Reading,
    mut each: impl FnMut(&LogFile, &[u8]) -> Result<bool, Failure>,
) -> Result<(), Failure> {
    let mut places = Places::of(files);
    let numbered: Vec<(usize, &LogFile)> = files.iter().enumerate().rev().collect();
    for day in numbered.chunk_by(|one, other| one.1.day == other.1.day) {
        let mut sources = Vec::new();
        let mut order = BinaryHeap::new();
        for &(number, file) in day {
            let opened = from(file, filter.since_us);
            let Some(lines) = reading.done(file, opened) else { continue };
            let mut source = Source { lines, number, next: Place { at_us: 0, file: number, begin: 0, length: 0 } };
            if let Some(end_us) = advance(&mut source, file, filter, reading) {
                order.push(Reverse((end_us, sources.len())));
                sources.push(source);
            }
        }
        let mut waiting = BinaryHeap::new();
        while let Some(Reverse((_, index))) = order.pop() {
            let Some(source) = sources.get_mut(index) else { continue };
            waiting.push(Reverse(source.next));
            if let Some(end_us) = advance(source, &files[source.number], filter, reading) {
                order.push(Reverse((end_us, index)));
            }
            if waiting.len() > MOST
                && let Some(Reverse(place)) = waiting.pop()
                && !told(&mut places, &place, files, reading, &mut each)?
            {
                return Ok(());
            }
        }
        while let Some(Reverse(place)) = waiting.pop() {
            if !told(&mut places, &place, files, reading, &mut each)? {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Goes to the next line that is asked for, and answers when its execution ended.
fn advance(source: &mut Source, file: &LogFile, filter: &Filter, reading: &mut Reading) -> Option<i64> {
    let is_twice = file.is_beside_calls;
    loop {
        let next = source.lines.next();
        let piece = reading.done(file, next)??;
        let begin = piece.0;
        if piece.1.is_some_and(|bytes| filter.is_too_late(bytes)) {
            continue;
        }
        let Some((line, bytes)) = reading.line(file, piece) else { continue };
        if filter.holds(&line, bytes, is_twice) {
            source.next = Place { at_us: line.at_us, file: source.number, begin, length: bytes.len() };
            return Some(line.end_us());
        }
    }
}

fn told(
    places: &mut Places<'_>,
    place: &Place,
    files: &[LogFile],
    reading: &mut Reading,
    each: &mut impl FnMut(&LogFile, &[u8]) -> Result<bool, Failure>,
) -> Result<bool, Failure> {
    let read = places.read(place);
    let Some((file, bytes)) = files.get(place.file).and_then(|file| reading.done(file, read)) else { return Ok(true) };
    reading.end();
    each(file, &bytes)
}

fn end_of(day: NaiveDate) -> i64 {
    let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
    next.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_micros()
}

//! What goes along with reading many files: what could not be read, what was met, how far it is.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use crate::logs::folder::LogFile;
use crate::logs::line::Line;
use crate::progress::Progress;

/// Most names that are remembered, for suggestions.
const NAMES: usize = 10_000;

/// What could not be read. It is told, and is no failure.
#[derive(Debug, Default)]
pub(crate) struct Unreadable {
    lines: u64,
    first: Option<(PathBuf, u64)>,
    files: Vec<String>,
}

impl Unreadable {
    pub(in crate::logs) fn line(&mut self, file: &Path, at: u64) {
        self.lines += 1;
        self.first.get_or_insert_with(|| (file.to_owned(), at));
    }

    pub(in crate::logs) fn file(&mut self, file: &Path, error: &io::Error) {
        self.files.push(format!("{} cannot be read: {error}", file.display()));
    }

    /// What there is to tell, a line each.
    pub(crate) fn told(&self) -> Vec<String> {
        let mut told = self.files.clone();
        if let Some((file, at)) = &self.first {
            let (lines, are) = if self.lines == 1 { ("line", "is") } else { ("lines", "are") };
            let place = format!("{}, byte {at}", file.display());
            told.push(format!(
                "{} {lines} {are} broken or half written and left out, the first at {place}",
                self.lines
            ));
        }
        told
    }
}

/// Goes along with reading.
pub(crate) struct Reading {
    pub(crate) unreadable: Unreadable,
    /// Objects of lines that were read.
    pub(crate) objects: BTreeSet<String>,
    /// Users of lines that were read.
    pub(crate) users: BTreeSet<String>,
    progress: Progress,
    read: u64,
    total: u64,
}

impl Reading {
    /// Begins to read files of a size in all.
    pub(crate) fn of(files: &[LogFile], progress: Progress) -> Self {
        Self {
            unreadable: Unreadable::default(),
            objects: BTreeSet::new(),
            users: BTreeSet::new(),
            progress,
            read: 0,
            total: files.iter().map(|file| file.size).sum(),
        }
    }

    /// Reads a line; none if it is broken, which is noted.
    pub(in crate::logs) fn line<'a>(
        &mut self,
        file: &LogFile,
        (at, bytes): (u64, Option<&'a [u8]>),
    ) -> Option<(Line<'a>, &'a [u8])> {
        self.read += bytes.map_or(0, |bytes| bytes.len() as u64);
        self.progress.show(|| {
            let mib = |bytes: u64| bytes >> 20;
            format!("reading log files: {} of {} MiB", mib(self.read), mib(self.total))
        });
        let read = bytes.and_then(|bytes| Some((Line::read(bytes)?, bytes)));
        match &read {
            Some((line, _)) => {
                note(&mut self.objects, line.object_ref());
                note(&mut self.users, line.user());
            }
            None => self.unreadable.line(&file.path, at),
        }
        read
    }

    /// What reading a file answered; none if it failed, which is noted.
    pub(in crate::logs) fn done<T>(&mut self, file: &LogFile, read: io::Result<T>) -> Option<T> {
        read.map_err(|error| self.unreadable.file(&file.path, &error)).ok()
    }

    /// Takes the progress away: something else is shown now.
    pub(crate) fn end(&mut self) {
        self.progress.end();
    }
}

fn note(names: &mut BTreeSet<String>, name: Option<&str>) {
    if let Some(name) = name
        && names.len() < NAMES
        && !names.contains(name)
    {
        names.insert(name.to_owned());
    }
}

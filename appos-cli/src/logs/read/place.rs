//! Where a line stands: what is kept of lines that are shown later.

use std::collections::HashMap;
use std::io::{self, Read, Seek, SeekFrom};

use crate::logs::folder::LogFile;
use crate::logs::packed::Opened;

/// Most files that are open at once.
const OPEN: usize = 64;

/// Where a line stands. Ordered by time, and then as they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::logs) struct Place {
    /// When its execution began.
    pub(in crate::logs) at_us: i64,
    /// Number of its file in the list.
    pub(in crate::logs) file: usize,
    /// Where it begins.
    pub(in crate::logs) begin: u64,
    pub(in crate::logs) length: usize,
}

/// Reads lines at their places.
pub(in crate::logs) struct Places<'a> {
    files: &'a [LogFile],
    open: HashMap<usize, Opened>,
}

impl<'a> Places<'a> {
    pub(in crate::logs) fn of(files: &'a [LogFile]) -> Self {
        Self { files, open: HashMap::new() }
    }

    /// The file and the text of a line.
    ///
    /// # Errors
    /// The file cannot be read any more.
    pub(in crate::logs) fn read(&mut self, place: &Place) -> io::Result<(&'a LogFile, Vec<u8>)> {
        let file = self.files.get(place.file).ok_or(io::ErrorKind::NotFound)?;
        if self.open.len() >= OPEN && !self.open.contains_key(&place.file) {
            self.open.clear();
        }
        let open = match self.open.entry(place.file) {
            std::collections::hash_map::Entry::Occupied(open) => open.into_mut(),
            std::collections::hash_map::Entry::Vacant(none) => none.insert(file.open()?),
        };
        open.file.seek(SeekFrom::Start(place.begin))?;
        let mut bytes = vec![0; place.length];
        open.file.read_exact(&mut bytes)?;
        Ok((file, bytes))
    }
}

//! The lines of a file in their order, from its beginning or from a moment on.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::sync::Arc;

use memchr::memchr;
use tempfile::NamedTempFile;

use super::{LATE_US, LONGEST, Piece};
use crate::logs::folder::LogFile;
use crate::logs::line::Line;
use crate::logs::packed::Opened;

/// Bytes within which a moment is looked for line by line.
const NEAR: u64 = 256 << 10;

/// Reads a file in its order.
pub(in crate::logs) struct Forward {
    file: BufReader<File>,
    /// The file is there as long as it is read.
    _held: Option<Arc<NamedTempFile>>,
    at: u64,
    size: u64,
    line: Vec<u8>,
}

impl Forward {
    /// # Errors
    /// It cannot be read.
    pub(in crate::logs) fn open(file: &LogFile) -> io::Result<Self> {
        let Opened { file, size, held } = file.open()?;
        Ok(Self { file: BufReader::with_capacity(64 << 10, file), _held: held, at: 0, size, line: Vec::new() })
    }

    /// Goes to the first line that begins here or later.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(in crate::logs) fn go_to(&mut self, at: u64) -> io::Result<()> {
        // The byte before tells whether a line begins here.
        self.at = at.saturating_sub(1);
        self.file.seek(SeekFrom::Start(self.at))?;
        if at > 0 {
            self.take()?;
        }
        Ok(())
    }

    /// Where the next line begins.
    pub(in crate::logs) fn at(&self) -> u64 {
        self.at
    }

    /// The next line.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(in crate::logs) fn next(&mut self) -> io::Result<Option<Piece<'_>>> {
        loop {
            let begin = self.at;
            match self.take()? {
                0 => return Ok(None),
                1 if self.line.is_empty() => {}
                length => {
                    let is_whole = self.line.len() as u64 + 1 >= length;
                    return Ok(Some((begin, is_whole.then_some(self.line.as_slice()))));
                }
            }
        }
    }

    /// Reads a line, without its end, and no more of it than may be; answers its length.
    fn take(&mut self) -> io::Result<u64> {
        self.line.clear();
        let mut length = 0;
        while self.at < self.size {
            let part = self.file.fill_buf()?;
            if part.is_empty() {
                break;
            }
            let left = usize::try_from(self.size - self.at).unwrap_or(usize::MAX);
            let part = &part[..part.len().min(left)];
            let end = memchr(b'\n', part);
            let taken = end.unwrap_or(part.len());
            if self.line.len() + taken <= LONGEST {
                self.line.extend_from_slice(&part[..taken]);
            }
            let taken = taken + usize::from(end.is_some());
            self.file.consume(taken);
            self.at += taken as u64;
            length += taken as u64;
            if end.is_some() {
                break;
            }
        }
        Ok(length)
    }
}

/// Reads a file from the first line that may be of a call which ended at this moment or later.
///
/// # Errors
/// The file cannot be read.
pub(in crate::logs) fn from(file: &LogFile, moment_us: Option<i64>) -> io::Result<Forward> {
    let mut lines = Forward::open(file)?;
    let Some(moment_us) = moment_us else { return Ok(lines) };
    let (mut before, mut after) = (0, lines.size);
    while after - before > NEAR {
        let middle = before + (after - before) / 2;
        lines.go_to(middle)?;
        let mut ended = None;
        while ended.is_none() && lines.at < after {
            match lines.next()? {
                Some((_, bytes)) => ended = bytes.and_then(Line::read).map(|line| line.end_us()),
                None => break,
            }
        }
        match ended {
            Some(ended) if ended.saturating_add(LATE_US) < moment_us => before = middle,
            _ => after = middle,
        }
    }
    lines.go_to(before)?;
    Ok(lines)
}

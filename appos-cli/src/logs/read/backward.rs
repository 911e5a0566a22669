//! The lines of a file, last first, with a part of it in memory at a time.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

use memchr::memrchr;
use tempfile::NamedTempFile;

use super::{LONGEST, Piece};
use crate::logs::folder::LogFile;
use crate::logs::packed::Opened;

/// Bytes that are read at a time.
const PART: u64 = 256 << 10;

/// Reads a file from its end.
pub(in crate::logs) struct Backward {
    file: File,
    /// The file is there as long as it is read.
    _held: Option<Arc<NamedTempFile>>,
    /// Where `part` begins in the file.
    at: u64,
    part: Vec<u8>,
    /// What of `part` is not told yet.
    left: usize,
    /// The line that ends here is too long: what is left of it is passed over.
    is_passing: bool,
    is_first: bool,
}

impl Backward {
    /// # Errors
    /// It cannot be read.
    pub(in crate::logs) fn open(file: &LogFile) -> io::Result<Self> {
        let Opened { file, size, held } = file.open()?;
        Ok(Self { file, _held: held, at: size, part: Vec::new(), left: 0, is_passing: false, is_first: true })
    }

    /// The line before the last that was told.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(in crate::logs) fn next(&mut self) -> io::Result<Option<Piece<'_>>> {
        loop {
            if let Some(end) = memrchr(b'\n', &self.part[..self.left]) {
                let (begin, until) = (end + 1, self.left);
                self.left = end;
                if std::mem::take(&mut self.is_passing) {
                    return Ok(Some((self.at + begin as u64, None)));
                }
                if until > begin {
                    return Ok(Some((self.at + begin as u64, Some(&self.part[begin..until]))));
                }
                continue;
            }
            if self.at == 0 {
                let until = std::mem::take(&mut self.left);
                if std::mem::take(&mut self.is_passing) {
                    return Ok(Some((0, None)));
                }
                return Ok((until > 0).then(|| (0, Some(&self.part[..until]))));
            }
            if self.left > LONGEST {
                self.is_passing = true;
                self.left = 0;
            }
            self.load()?;
        }
    }

    /// Puts more of the file before what is left.
    fn load(&mut self) -> io::Result<()> {
        // As much again as there is, so that a long line is not copied for each part of it.
        let more = PART.max(self.left as u64).min(self.at);
        self.at -= more;
        let more = usize::try_from(more).map_err(io::Error::other)?;
        let mut part = vec![0; more + self.left];
        self.file.seek(SeekFrom::Start(self.at))?;
        self.file.read_exact(&mut part[..more])?;
        part[more..].copy_from_slice(&self.part[..self.left]);
        self.left += more;
        self.part = part;
        // The end of the last line is no line.
        if std::mem::take(&mut self.is_first) && self.part.last() == Some(&b'\n') {
            self.left -= 1;
        }
        Ok(())
    }
}

/// How much of a file are whole lines: the end may still be being written.
///
/// # Errors
/// It cannot be read.
pub(in crate::logs) fn whole(file: &LogFile) -> io::Result<u64> {
    // What was unpacked is held until the end of this.
    let Opened { file: mut opened, size, held: _held } = file.open()?;
    let (mut part, mut at) = (Vec::new(), size);
    while at > 0 {
        let length = PART.min(at);
        at -= length;
        part.resize(usize::try_from(length).map_err(io::Error::other)?, 0);
        opened.seek(SeekFrom::Start(at))?;
        opened.read_exact(&mut part)?;
        if let Some(end) = memrchr(b'\n', &part) {
            return Ok(at + end as u64 + 1);
        }
    }
    Ok(0)
}

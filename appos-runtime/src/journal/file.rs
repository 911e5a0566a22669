//! One file of lines: opened when needed, and what becomes of lines that it does not take.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::private_folder;

/// Bytes gathered per file before they are handed to the system within a round.
const BUFFER: usize = 64 * 1024;
/// Bytes of lines that are held for a file that must not lose any.
const MOST_HELD: usize = 64 * 1024 * 1024;
/// How long to leave a file alone that could not be opened or written.
pub(super) const PATIENCE: Duration = Duration::from_secs(1);

/// Files that cannot be written: their lines are counted always, the first error is reported.
pub(super) struct Trouble {
    pub(super) failed: Arc<AtomicU64>,
    files: usize,
}

impl Trouble {
    pub(super) fn new(failed: Arc<AtomicU64>) -> Self {
        Self { failed, files: 0 }
    }

    fn begins(&mut self, path: &Path, error: &io::Error) {
        self.files += 1;
        if self.files == 1 {
            tracing::error!(path = %path.display(), %error, "log lines cannot be written; trying again every second");
        }
    }

    pub(super) fn ends(&mut self) {
        self.files -= 1;
        if self.files == 0 {
            tracing::info!(failed = self.failed.load(Ordering::Relaxed), "log lines are written again");
        }
    }
}

/// A line of which the disk took only a part.
#[derive(Clone, Copy)]
struct Cut {
    /// Bytes of it that are in the file.
    bytes: usize,
    /// Where the file ended then.
    end: u64,
}

/// One file of lines.
pub(super) struct LogFile {
    pub(super) path: PathBuf,
    pub(super) object_type: &'static str,
    pub(super) category: &'static str,
    pub(super) day: u64,
    pub(super) open: Option<File>,
    buffer: Vec<u8>,
    lines: u64,
    /// How the buffer's first line stands in the file already.
    cut: Option<Cut>,
    pub(super) wrote: Instant,
    /// Lines that cannot be written are held until they can.
    pub(super) keeps: bool,
    /// The last attempt failed; not to be tried again before this moment.
    pub(super) troubled_until: Option<Instant>,
}

impl LogFile {
    pub(super) fn new(path: PathBuf, object_type: &'static str, category: &'static str, day: u64) -> Self {
        Self {
            path,
            object_type,
            category,
            day,
            open: None,
            buffer: Vec::new(),
            lines: 0,
            cut: None,
            wrote: Instant::now(),
            keeps: category == "security",
            troubled_until: None,
        }
    }

    /// True if lines are held that the disk has not taken.
    pub(super) fn holds(&self) -> bool {
        self.keeps && !self.buffer.is_empty()
    }

    pub(super) fn append(&mut self, text: &[u8], trouble: &mut Trouble) {
        if self.keeps && self.buffer.len() + text.len() > MOST_HELD {
            trouble.failed.fetch_add(1, Ordering::Relaxed);
            return;
        }
        self.buffer.extend_from_slice(text);
        self.lines += 1;
        if self.buffer.len() >= BUFFER {
            self.flush(trouble);
        }
    }

    pub(super) fn flush(&mut self, trouble: &mut Trouble) {
        if self.buffer.is_empty() {
            return;
        }
        match self.write() {
            Ok(()) => {
                if self.troubled_until.take().is_some() {
                    trouble.ends();
                }
            }
            Err(error) => {
                if self.troubled_until.is_none() {
                    trouble.begins(&self.path, &error);
                }
                if self.rested() {
                    self.troubled_until = Some(Instant::now() + PATIENCE);
                }
                if !self.keeps {
                    self.give_up(trouble);
                }
            }
        }
        self.wrote = Instant::now();
    }

    /// Counts what could not be written, and forgets it.
    pub(super) fn give_up(&mut self, trouble: &Trouble) {
        trouble.failed.fetch_add(self.lines, Ordering::Relaxed);
        self.forget();
    }

    fn forget(&mut self) {
        self.buffer.clear();
        self.lines = 0;
        self.cut = None;
        if self.buffer.capacity() > 4 * BUFFER {
            self.buffer.shrink_to(BUFFER);
        }
    }

    fn rested(&self) -> bool {
        self.troubled_until.is_none_or(|moment| Instant::now() >= moment)
    }

    fn write(&mut self) -> io::Result<()> {
        if !self.rested() {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        // Taken out: after an error, when a part may have been written, the file is opened
        // anew, which mends its end.
        let (mut file, continued) = match self.open.take() {
            Some(file) => (file, 0),
            None => open(&self.path, self.cut)?,
        };
        let (written, ended) = write_counted(&mut file, self.buffer.get(continued..).unwrap_or_default());
        match ended {
            Ok(()) => {
                self.forget();
                self.open = Some(file);
                Ok(())
            }
            Err(error) => {
                self.took(continued + written, &file);
                Err(error)
            }
        }
    }

    /// Forgets the lines that are in the file as a whole: they are not written twice.
    pub(super) fn took(&mut self, written: usize, file: &File) {
        let there = self.buffer.get(..written).unwrap_or_default();
        let whole = there.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        let lines = there.get(..whole).unwrap_or_default().split_inclusive(|byte| *byte == b'\n').count();
        self.buffer.drain(..whole);
        self.lines = self.lines.saturating_sub(u64::try_from(lines).unwrap_or(u64::MAX));
        self.cut = match (written - whole, file.metadata()) {
            (0, _) | (_, Err(_)) => None,
            (bytes, Ok(now)) => Some(Cut { bytes, end: now.len() }),
        };
    }
}

/// Writes, and tells how much the file has taken, also if not all.
fn write_counted(file: &mut File, bytes: &[u8]) -> (usize, io::Result<()>) {
    let mut written = 0;
    while let Some(rest) = bytes.get(written..).filter(|rest| !rest.is_empty()) {
        match file.write(rest) {
            Ok(0) => return (written, Err(io::ErrorKind::WriteZero.into())),
            Ok(more) => written += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return (written, Err(error)),
        }
    }
    (written, Ok(()))
}

/// Opens a file for appending, with its folders. An unfinished last line, as a crash or a full
/// disk leaves it, is ended; if it is the `cut` one, and nobody has written since, it is gone on
/// with: then the answer says how many bytes of it are there.
fn open(path: &Path, cut: Option<Cut>) -> io::Result<(File, usize)> {
    if let Some(folder) = path.parent() {
        private_folder(folder)?;
    }
    let mut options = OpenOptions::new();
    options.create(true).append(true).read(true);
    // Lines hold arguments of calls, which are nobody else's business on a shared machine.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o640);
    let mut file = options.open(path)?;
    let end = file.seek(SeekFrom::End(0))?;
    if let Some(cut) = cut.filter(|cut| cut.end == end) {
        return Ok((file, cut.bytes));
    }
    if end > 0 {
        file.seek(SeekFrom::End(-1))?;
        let mut last = [0];
        file.read_exact(&mut last)?;
        if last != *b"\n" {
            file.write_all(b"\n")?;
        }
    }
    Ok((file, 0))
}

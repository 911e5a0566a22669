//! Compresses old log files, in a thread of its own beside the one that writes.
//!
//! A file is first given a name under which nobody writes to it; then what is in it is compressed to a file that counts
//! for nothing before it is whole and has its name; then it is removed. Wherever this is cut off, each line is in one
//! file that counts, and the next pass goes on. A line that comes later begins the day's file anew.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime};

use chrono::{NaiveDate, Utc};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::names::{Named, files, new_part};

/// Between two passes.
const EVERY: Duration = Duration::from_hours(1);
/// How long a file rests under its new name: writers look every second whether theirs is where it was.
const REST: Duration = Duration::from_secs(3);
/// Bytes between two breaths.
const PIECE: usize = 1 << 20;
/// End of the name of a file that is not whole, and after which time nobody works on one any more.
const BEGUN: &str = ".tmp";
const GIVEN_UP: Duration = Duration::from_hours(6);

/// The thread.
pub(super) struct Compressor {
    closing: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Compressor {
    /// Begins to compress what is older than some days. Without a thread nothing is compressed, and nothing lost.
    pub(super) fn start(logs: &Path, days: u32) -> Self {
        let closing = Arc::new(AtomicBool::new(false));
        let pass = Pass { logs: logs.to_owned(), days, rest: REST, closing: Arc::clone(&closing) };
        let work = move || {
            // What is to be deleted is deleted first.
            pass.wait(REST);
            while !pass.is_closing() {
                let compressed = pass.run(Utc::now().date_naive());
                if compressed > 0 {
                    tracing::info!(compressed, "compressed old log files");
                }
                pass.wait(EVERY);
            }
        };
        let thread = thread::Builder::new().name("appos-journal-gzip".into()).spawn(work);
        let thread = thread.inspect_err(|error| tracing::warn!(%error, "old log files are not compressed")).ok();
        Self { closing, thread }
    }
}

impl Drop for Compressor {
    fn drop(&mut self) {
        self.closing.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            if thread.join().is_err() {
                tracing::error!("the thread that compresses log files panicked; they stay as they are");
            }
        }
    }
}

/// One look at all files.
pub(super) struct Pass {
    pub(super) logs: PathBuf,
    pub(super) days: u32,
    /// How long a file rests under its new name.
    pub(super) rest: Duration,
    pub(super) closing: Arc<AtomicBool>,
}

impl Pass {
    fn is_closing(&self) -> bool {
        self.closing.load(Ordering::SeqCst)
    }

    /// Waits for so long, or until the program ends.
    fn wait(&self, length: Duration) {
        let begun = Instant::now();
        while !self.is_closing() && begun.elapsed() < length {
            thread::park_timeout(length.saturating_sub(begun.elapsed()));
        }
    }

    /// Compresses what is old enough, and answers how many files.
    ///
    /// Best effort: what fails stays as it is and is tried again.
    pub(super) fn run(&self, today: NaiveDate) -> usize {
        let (mut parts, mut is_resting) = (Vec::new(), false);
        for (_, file) in files(&self.logs) {
            let (path, name) = (file.path(), file.file_name());
            let Some(name) = name.to_str() else { continue };
            if name.contains(".jsonl.gz.") && name.ends_with(BEGUN) {
                forget(&path);
                continue;
            }
            let Some(named) = Named::read(name) else { continue };
            if named.is_compressed || (today - named.day).num_days() <= i64::from(self.days) {
                continue;
            }
            if named.part.is_some() {
                parts.push(path);
                continue;
            }
            let part = path.with_file_name(format!("{}.{}.jsonl", named.day, new_part()));
            match fs::rename(&path, &part) {
                Ok(()) => {
                    is_resting = true;
                    parts.push(part);
                }
                // Another program with the same folder was faster.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => tracing::warn!(%error, path = %path.display(), "a log file cannot be compressed"),
            }
        }
        if is_resting {
            self.wait(self.rest);
        }
        let mut compressed = 0;
        for part in parts {
            match self.compress(&part) {
                Ok(done) => compressed += usize::from(done),
                Err(error) => tracing::warn!(%error, path = %part.display(), "a log file cannot be compressed"),
            }
        }
        compressed
    }

    /// Compresses a part. False: the program ends, or somebody has written to it, or it is done already.
    fn compress(&self, part: &Path) -> io::Result<bool> {
        let packed = with_more(part, ".gz");
        if packed.is_file() {
            // Its end came between the two last steps.
            fs::remove_file(part)?;
            return Ok(false);
        }
        if self.is_closing() {
            return Ok(false);
        }
        let begun = with_more(&packed, &format!(".{}{BEGUN}", new_part()));
        let written = self.write(part, &begun);
        if !matches!(written, Ok(true)) {
            // Best effort: what is left is removed when it is old.
            let _ = fs::remove_file(&begun);
            return written;
        }
        fs::rename(&begun, &packed)?;
        if let Some(folder) = packed.parent().and_then(|folder| File::open(folder).ok()) {
            // Best effort: not every file system can.
            let _ = folder.sync_all();
        }
        fs::remove_file(part)?;
        Ok(true)
    }

    /// Writes what is in a part, compressed, to the disk itself. False: it is not whole.
    fn write(&self, part: &Path, to: &Path) -> io::Result<bool> {
        let mut from = File::open(part)?;
        let mut options = OpenOptions::new();
        options.create_new(true).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o640);
        let mut encoder = GzEncoder::new(options.open(to)?, Compression::default());
        let (mut piece, mut all) = (vec![0; PIECE], 0_u64);
        loop {
            let began = Instant::now();
            let read = from.read(&mut piece)?;
            if read == 0 {
                break;
            }
            encoder.write_all(piece.get(..read).unwrap_or_default())?;
            all = all.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
            if self.is_closing() {
                return Ok(false);
            }
            // There is no hurry: half of a processor is left to those who have one.
            thread::sleep(began.elapsed().min(Duration::from_millis(100)));
        }
        encoder.finish()?.sync_all()?;
        // Who has hung all the time may have written to it.
        Ok(from.metadata()?.len() == all)
    }
}

/// A path whose last name is longer.
fn with_more(path: &Path, more: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(more);
    PathBuf::from(name)
}

/// Removes what somebody has begun who is gone.
fn forget(begun: &Path) {
    let written = fs::metadata(begun).and_then(|data| data.modified()).unwrap_or_else(|_| SystemTime::now());
    if written.elapsed().is_ok_and(|age| age > GIVEN_UP) {
        // Best effort: it is tried again with the next pass.
        let _ = fs::remove_file(begun);
    }
}

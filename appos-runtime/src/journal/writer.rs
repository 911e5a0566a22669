//! Files of the journal: opened when needed, one per object type, category and day. Owned by
//! the journal's thread; nothing here may panic or give up for good.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate};

use super::line::{self, Names};
use super::{Event, private_folder, retention};

const DAY_US: u64 = 86_400_000_000;
/// Bytes gathered per file before they are handed to the system within a round.
const BUFFER: usize = 64 * 1024;
/// How long to leave a file alone that could not be opened or written.
const PATIENCE: Duration = Duration::from_secs(1);

/// Turns events into lines and lines into files.
pub(super) struct Writer {
    logs: PathBuf,
    retention_days: [u32; 3],
    names: Names,
    /// The line under construction.
    line: Vec<u8>,
    files: Vec<LogFile>,
    trouble: Trouble,
    lost_told: u64,
    swept: Option<u64>,
    checked: Instant,
}

impl Writer {
    pub(super) fn new(folder: &Path, retention_days: [u32; 3], failed: Arc<AtomicU64>) -> Self {
        Self {
            logs: folder.join("logs"),
            retention_days,
            names: Names::new(),
            line: Vec::new(),
            files: Vec::new(),
            trouble: Trouble { failed, files: 0 },
            lost_told: 0,
            swept: None,
            checked: Instant::now(),
        }
    }

    pub(super) fn name_user(&mut self, user_id: i64, name: String) {
        self.names.insert(user_id, name);
    }

    /// Writes the lines of an event.
    pub(super) fn write(&mut self, event: &Event) {
        match event {
            Event::Execution(event) => {
                let object_type = line::object_type(event.object);
                line::execution(&mut self.line, event, &self.names);
                self.append(object_type, "execution", event.at_us);
                line::performance(&mut self.line, event);
                self.append(object_type, "performance", event.at_us);
            }
            Event::Security(event) => {
                line::security(&mut self.line, event, &self.names);
                self.append(line::object_type(event.object), "security", event.at_us);
            }
        }
    }

    /// Ends a round: tells of new losses, hands every line to the system, sweeps old files
    /// once a day.
    pub(super) fn finish_round(&mut self, lost: u64) {
        let now = now_us();
        if lost > self.lost_told {
            line::lost(&mut self.line, now, lost - self.lost_told, lost);
            self.append("journal", "execution", now);
            self.lost_told = lost;
        }
        let check = self.checked.elapsed() > PATIENCE;
        if check {
            self.checked = Instant::now();
        }
        for file in &mut self.files {
            file.flush(&mut self.trouble);
            // Somebody deleted or moved the file: go on in a new one instead of in the void.
            if check && file.open.is_some() && !file.path.exists() {
                file.open = None;
            }
        }
        let today = now / DAY_US;
        // Yesterday's files stay open for a while: executions are filed under their start.
        let trouble = &mut self.trouble;
        self.files.retain(|file| {
            let keep = file.day.saturating_add(1) >= today || file.wrote.elapsed() < PATIENCE;
            if !keep && file.troubled_until.is_some() {
                trouble.ends();
            }
            keep
        });
        if self.swept != Some(today) {
            self.swept = Some(today);
            let deleted = retention::sweep(&self.logs, self.retention_days, date_of(today));
            if deleted > 0 {
                tracing::info!(deleted, "deleted log files older than their retention");
            }
        }
    }

    /// Hands everything to the disk itself.
    pub(super) fn close(mut self) {
        for file in &mut self.files {
            file.flush(&mut self.trouble);
            if let Some(open) = &file.open {
                // Best effort: not every file system can, and the lines are written already.
                let _ = open.sync_data();
            }
        }
    }

    fn append(&mut self, object_type: &'static str, category: &'static str, at_us: u64) {
        let day = at_us / DAY_US;
        let found = self
            .files
            .iter()
            .position(|file| file.day == day && file.object_type == object_type && file.category == category);
        let index = found.unwrap_or_else(|| {
            let path = self.logs.join(object_type).join(category).join(format!("{}.jsonl", date_of(day)));
            self.files.push(LogFile::new(path, object_type, category, day));
            self.files.len() - 1
        });
        if let Some(file) = self.files.get_mut(index) {
            file.append(&self.line, &mut self.trouble);
        }
    }
}

/// Files that cannot be written: their lines are counted always, the first error is reported.
struct Trouble {
    failed: Arc<AtomicU64>,
    files: usize,
}

impl Trouble {
    fn begins(&mut self, path: &Path, error: &io::Error) {
        self.files += 1;
        if self.files == 1 {
            tracing::error!(path = %path.display(), %error, "log lines cannot be written; trying again every second");
        }
    }

    fn ends(&mut self) {
        self.files -= 1;
        if self.files == 0 {
            tracing::info!(failed = self.failed.load(Ordering::Relaxed), "log lines are written again");
        }
    }
}

/// One file of lines.
struct LogFile {
    path: PathBuf,
    object_type: &'static str,
    category: &'static str,
    day: u64,
    open: Option<File>,
    buffer: Vec<u8>,
    lines: u64,
    wrote: Instant,
    /// The last attempt failed; not to be tried again before this moment.
    troubled_until: Option<Instant>,
}

impl LogFile {
    fn new(path: PathBuf, object_type: &'static str, category: &'static str, day: u64) -> Self {
        Self {
            path,
            object_type,
            category,
            day,
            open: None,
            buffer: Vec::new(),
            lines: 0,
            wrote: Instant::now(),
            troubled_until: None,
        }
    }

    fn append(&mut self, text: &[u8], trouble: &mut Trouble) {
        self.buffer.extend_from_slice(text);
        self.lines += 1;
        if self.buffer.len() >= BUFFER {
            self.flush(trouble);
        }
    }

    fn flush(&mut self, trouble: &mut Trouble) {
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
                trouble.failed.fetch_add(self.lines, Ordering::Relaxed);
                if self.troubled_until.is_none() {
                    trouble.begins(&self.path, &error);
                }
                if self.rested() {
                    self.troubled_until = Some(Instant::now() + PATIENCE);
                }
            }
        }
        self.buffer.clear();
        self.lines = 0;
        self.wrote = Instant::now();
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
        let mut file = match self.open.take() {
            Some(file) => file,
            None => open(&self.path)?,
        };
        file.write_all(&self.buffer)?;
        self.open = Some(file);
        Ok(())
    }
}

/// Opens a file for appending, with its folders; an unfinished last line, as a crash or a
/// full disk leaves it, is ended.
fn open(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        private_folder(folder)?;
    }
    let mut options = OpenOptions::new();
    options.create(true).append(true).read(true);
    // Lines hold arguments of calls, which are nobody else's business on a shared machine.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o640);
    let mut file = options.open(path)?;
    if file.seek(SeekFrom::End(0))? > 0 {
        file.seek(SeekFrom::End(-1))?;
        let mut last = [0];
        file.read_exact(&mut last)?;
        if last != *b"\n" {
            file.write_all(b"\n")?;
        }
    }
    Ok(file)
}

fn now_us() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| u64::try_from(since.as_micros()).unwrap_or(u64::MAX))
}

fn date_of(day: u64) -> NaiveDate {
    let seconds = i64::try_from(day).unwrap_or(0).saturating_mul(86_400);
    DateTime::from_timestamp(seconds, 0).unwrap_or_default().date_naive()
}

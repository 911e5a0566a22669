//! Files of the journal: opened when needed, one per object type, category and day. Owned by
//! the journal's thread; nothing here may panic or give up for good.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate};

use super::file::{LogFile, PATIENCE, Trouble};
use super::line::{self, Names};
use super::{ExecutionEvent, SecurityEvent, private_folder, retention};

const DAY_US: u64 = 86_400_000_000;
/// The file that is written now and then to see whether any can be.
const TRIAL: &str = ".writable";

/// Turns events into lines and lines into files.
pub(super) struct Writer {
    logs: PathBuf,
    retention_days: [u32; 3],
    version: Arc<str>,
    names: Names,
    /// The line under construction.
    line: Vec<u8>,
    files: Vec<LogFile>,
    trouble: Trouble,
    lost_told: u64,
    swept: Option<u64>,
    checked: Instant,
    /// How the last trial ended.
    tried: bool,
}

impl Writer {
    pub(super) fn new(folder: &Path, retention_days: [u32; 3], version: Arc<str>, failed: Arc<AtomicU64>) -> Self {
        Self {
            logs: folder.join("logs"),
            retention_days,
            version,
            names: Names::new(),
            line: Vec::new(),
            files: Vec::new(),
            trouble: Trouble::new(failed),
            lost_told: 0,
            swept: None,
            checked: Instant::now(),
            tried: true,
        }
    }

    pub(super) fn name_user(&mut self, user_id: i64, name: String) {
        self.names.insert(user_id, name);
    }

    /// Writes the lines of an execution.
    pub(super) fn execution(&mut self, event: &ExecutionEvent) {
        let object_type = line::object_type(event.object);
        line::execution(&mut self.line, event, &self.names, &self.version);
        self.append(object_type, "execution", event.at_us);
        line::performance(&mut self.line, event);
        self.append(object_type, "performance", event.at_us);
    }

    /// Writes the line of a security event.
    pub(super) fn security(&mut self, event: &SecurityEvent) {
        line::security(&mut self.line, event, &self.names);
        self.append(line::object_type(event.object), "security", event.at_us);
    }

    /// Ends a round: tells of new losses, hands every line to the system, sweeps old files
    /// once a day. True if the security log can be written, as far as is known.
    pub(super) fn finish_round(&mut self, lost: u64) -> bool {
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
            let keep = file.holds() || file.day.saturating_add(1) >= today || file.wrote.elapsed() < PATIENCE;
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
        if check {
            self.tried = self.try_to_write().is_ok();
        }
        self.tried && !self.files.iter().any(LogFile::holds)
    }

    /// Tries what the next line will do: without lines to write nobody would know that the disk
    /// is full before it is too late to refuse what needs one.
    fn try_to_write(&self) -> io::Result<()> {
        private_folder(&self.logs)?;
        let trial = self.logs.join(TRIAL);
        let mut options = OpenOptions::new();
        options.create(true).truncate(true).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o640);
        options.open(&trial)?.write_all(&[b'\n'; 512])?;
        // Another program with the same folder may have been faster.
        fs::remove_file(trial).or_else(|error| match error.kind() {
            io::ErrorKind::NotFound => Ok(()),
            _ => Err(error),
        })
    }

    /// Hands everything to the disk itself.
    pub(super) fn close(mut self) {
        for file in &mut self.files {
            file.flush(&mut self.trouble);
            if let Some(open) = &file.open {
                // Best effort: not every file system can, and the lines are written already.
                let _ = open.sync_data();
            }
            if file.holds() {
                tracing::error!(path = %file.path.display(), "lines of the security log could not be written");
                file.give_up(&self.trouble);
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

fn now_us() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| u64::try_from(since.as_micros()).unwrap_or(u64::MAX))
}

fn date_of(day: u64) -> NaiveDate {
    let seconds = i64::try_from(day).unwrap_or(0).saturating_mul(86_400);
    DateTime::from_timestamp(seconds, 0).unwrap_or_default().date_naive()
}

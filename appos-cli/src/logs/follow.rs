//! Tells lines as they are written: also in files that appear later, as those of a new day do.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use chrono::{TimeDelta, Utc};

use super::filter::Filter;
use super::folder::{Days, LogFile};
use super::read::{Forward, Reading, whole};
use crate::terminal::Failure;

/// Between two looks at the files.
const PAUSE: Duration = Duration::from_millis(250);
/// Bytes of new lines of a file that are held at once.
const BURST: usize = 8 << 20;

/// How far each file has been told.
#[derive(Default)]
pub(crate) struct Follow {
    tails: HashMap<PathBuf, Tail>,
}

#[derive(Clone, Copy)]
struct Tail {
    told: u64,
    identity: u64,
}

/// A line that is to be told.
struct New<'a> {
    at_us: i64,
    file: &'a LogFile,
    bytes: Vec<u8>,
}

impl Follow {
    /// Days whose files are still written: a call may have begun yesterday.
    pub(crate) fn days() -> Days {
        Days { first: (Utc::now() - TimeDelta::days(1)).date_naive().into(), last: None }
    }

    /// Notes that what stands in these files is told by somebody else, and leaves out of their
    /// sizes what is no whole line yet.
    pub(crate) fn begin(&mut self, files: &mut [LogFile]) {
        for file in files {
            // A file that cannot be read is told when it is read.
            file.size = whole(file).unwrap_or(file.size);
            let identity = fs::metadata(&file.path).map_or(0, |data| identity(&data));
            self.tails.insert(file.path.clone(), Tail { told: file.size, identity });
        }
    }

    /// What is new, in the order of time, and whether there is more.
    fn poll<'a>(&mut self, files: &'a [LogFile], filter: &Filter, reading: &mut Reading) -> (Vec<New<'a>>, bool) {
        self.tails.retain(|path, _| files.iter().any(|file| file.path == *path));
        let (mut new, mut is_more) = (Vec::new(), false);
        for file in files {
            let read = self.read(file, filter, reading, &mut new);
            is_more |= reading.done(file, read).unwrap_or(false);
        }
        new.sort_by_key(|line| line.at_us);
        (new, is_more)
    }

    /// Reads what is new in a file; answers whether there is more.
    fn read<'a>(
        &mut self,
        file: &'a LogFile,
        filter: &Filter,
        reading: &mut Reading,
        new: &mut Vec<New<'a>>,
    ) -> io::Result<bool> {
        if file.is_compressed() {
            // Nothing is added to it.
            return Ok(false);
        }
        // Its size is of a moment ago; a file that is gone again is none that cannot be read.
        let Ok(data) = fs::metadata(&file.path) else { return Ok(false) };
        let tail = self.tails.entry(file.path.clone()).or_insert(Tail { told: 0, identity: identity(&data) });
        if tail.identity != identity(&data) || data.len() < tail.told {
            // Another file of the same name, or one that was emptied.
            *tail = Tail { told: 0, identity: identity(&data) };
        }
        if data.len() == tail.told {
            return Ok(false);
        }
        let written = LogFile { size: data.len(), ..file.clone() };
        let written = LogFile { size: whole(&written)?, ..written };
        if written.size <= tail.told {
            return Ok(false);
        }
        let is_twice = file.is_beside_calls;
        let mut lines = Forward::open(&written)?;
        lines.go_to(tail.told)?;
        let mut held = 0;
        while let Some(piece) = lines.next()? {
            if let Some((line, bytes)) = reading.line(file, piece)
                && filter.holds(&line, bytes, is_twice)
            {
                held += bytes.len();
                new.push(New { at_us: line.at_us, file, bytes: bytes.to_owned() });
            }
            if held > BURST {
                break;
            }
        }
        tail.told = lines.at();
        Ok(tail.told < written.size)
    }
}

/// Tells lines as they are written, until somebody has enough, or interrupts.
///
/// # Errors
/// What `each` says. After each look at the files it is called with no line.
pub(crate) fn follow(
    mut told: Follow,
    list: impl Fn() -> Vec<LogFile>,
    filter: &Filter,
    reading: &mut Reading,
    mut each: impl FnMut(&Reading, Option<(&LogFile, &[u8])>) -> Result<bool, Failure>,
) -> Result<(), Failure> {
    let interrupted = interruption();
    loop {
        let files = list();
        let (new, is_more) = told.poll(&files, filter, reading);
        for line in &new {
            if !each(reading, Some((line.file, &line.bytes)))? {
                return Ok(());
            }
        }
        if !each(reading, None)? {
            return Ok(());
        }
        let pause = if is_more { Duration::ZERO } else { PAUSE };
        match interrupted.recv_timeout(pause) {
            Ok(()) => return Ok(()),
            Err(RecvTimeoutError::Timeout) => {}
            // Without a handler the system ends the program.
            Err(RecvTimeoutError::Disconnected) => thread::sleep(pause),
        }
    }
}

/// Receives something when somebody presses Ctrl-C, or the program is asked to end.
fn interruption() -> Receiver<()> {
    let (sender, receiver) = channel();
    // If it cannot be heeded, the system ends the program, which is nearly as good.
    let _ = ctrlc::set_handler(move || {
        let _ = sender.send(());
    });
    receiver
}

#[cfg(unix)]
fn identity(data: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(data)
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> u64 {
    0
}

//! Arguments and results on their way to a log line: JSON text in one buffer, capped in size.

use std::cell::Cell;
use std::fmt;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Serialize;

use super::line::append_text;

/// Room that holds the arguments of most calls without growing.
const STARTING_CAPACITY: usize = 128;
/// Cap in bytes, unless the settings say otherwise.
pub(super) const DEFAULT_CAP: usize = 2048;
/// What stands in place of a value whose `Serialize` fails.
const NOT_SERIALIZABLE: &[u8] = b"\"[not serializable]\"";
/// What stands in place of a value that logs must not show.
const REDACTED: &[u8] = b"\"[redacted]\"";

/// Number of journals that write. Payloads are made only while there is one.
static WRITING: AtomicUsize = AtomicUsize::new(0);
/// Cap in bytes, as the journal that started last set it.
static CAP: AtomicUsize = AtomicUsize::new(DEFAULT_CAP);

thread_local! {
    static REDACTING: Cell<bool> = const { Cell::new(false) };
}

/// Tells that a journal writes payloads of at most `cap` bytes.
pub(super) fn switch_on(cap: usize) {
    CAP.store(cap, Ordering::Relaxed);
    WRITING.fetch_add(1, Ordering::Relaxed);
}

/// Takes back one [`switch_on`].
pub(super) fn switch_off() {
    WRITING.fetch_sub(1, Ordering::Relaxed);
}

/// True while this thread serializes a value for a log.
///
/// `Serialize` of a record asks it and masks the fields marked `sensitive`.
pub fn is_redacting() -> bool {
    REDACTING.get()
}

/// Sets [`is_redacting`] until it is dropped, also by a panic.
struct Redacting {
    before: bool,
}

impl Redacting {
    fn begin() -> Self {
        Self { before: REDACTING.replace(true) }
    }
}

impl Drop for Redacting {
    fn drop(&mut self) {
        REDACTING.set(self.before);
    }
}

/// A value as whoever may see it sees it: without what is marked `sensitive`.
#[cfg(feature = "db")]
pub(crate) fn shown<T: Serialize + ?Sized>(value: &T) -> serde_json::Value {
    let written = catch_unwind(AssertUnwindSafe(|| {
        let _redacting = Redacting::begin();
        serde_json::to_value(value)
    }));
    match written {
        Ok(Ok(value)) => value,
        _ => "[not serializable]".into(),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Complete,
    /// The text was cut at the cap and is not JSON by itself.
    Truncated,
}

/// Arguments or a result as JSON text, at most one heap allocation; empty means none.
///
/// ```
/// use appos_runtime::journal::LoggedArguments;
/// // Without a journal no work is done.
/// assert!(LoggedArguments::begin().argument("customer_id", &7).finish().is_none());
/// ```
#[derive(Clone)]
pub struct LoggedArguments {
    text: Vec<u8>,
    state: State,
}

impl LoggedArguments {
    /// Nothing to log.
    pub const fn none() -> Self {
        Self { text: Vec::new(), state: State::Complete }
    }

    /// Starts a JSON object with one member per argument.
    #[inline]
    pub fn begin() -> ArgumentsWriter {
        if WRITING.load(Ordering::Relaxed) == 0 {
            return ArgumentsWriter { logged: Self::none(), off: true };
        }
        ArgumentsWriter {
            logged: Self { text: Vec::with_capacity(STARTING_CAPACITY), state: State::Complete },
            off: false,
        }
    }

    /// One value, as results are.
    pub fn value<T: Serialize + ?Sized>(value: &T) -> Self {
        if WRITING.load(Ordering::Relaxed) == 0 {
            return Self::none();
        }
        let mut logged = Self { text: Vec::with_capacity(STARTING_CAPACITY), state: State::Complete };
        logged.write(value);
        logged
    }

    /// True if there is nothing to log.
    pub fn is_none(&self) -> bool {
        self.text.is_empty()
    }

    /// Appends a value, unless the cap was reached before.
    fn write<T: Serialize + ?Sized>(&mut self, value: &T) {
        if self.state == State::Truncated {
            return;
        }
        let start = self.text.len();
        let cap = CAP.load(Ordering::Relaxed);
        let mut target = Capped { text: &mut self.text, cap, full: false };
        // A log must not fail the call that it records, so a panic in an author's `Serialize`
        // ends here. The buffer is put right below, whatever state it is in.
        let written = catch_unwind(AssertUnwindSafe(|| {
            let _redacting = Redacting::begin();
            serde_json::to_writer(&mut target, value)
        }));
        // Asked first: a `Serialize` may swallow the refusal and answer `Ok`.
        if target.full {
            self.state = State::Truncated;
        } else if !matches!(written, Ok(Ok(()))) {
            self.text.truncate(start);
            self.raw(NOT_SERIALIZABLE);
        }
    }

    /// Appends text that is not the author's: small, so that it may pass the cap.
    fn raw(&mut self, text: &[u8]) {
        if self.state == State::Complete {
            self.text.extend_from_slice(text);
        }
    }

    /// Writes the payload as exactly one JSON value without a line break.
    pub(super) fn append_to(&self, line: &mut Vec<u8>) {
        match self.state {
            State::Complete if self.text.is_empty() => line.extend_from_slice(b"null"),
            // JSON text may hold line breaks between tokens if a value brought its own text.
            State::Complete => {
                line.extend(self.text.iter().map(|byte| if byte.is_ascii_control() { b' ' } else { *byte }));
            }
            State::Truncated => {
                let text = match std::str::from_utf8(&self.text) {
                    Ok(text) => text,
                    // The cut may have split the last character.
                    Err(error) => self
                        .text
                        .get(..error.valid_up_to())
                        .and_then(|valid| std::str::from_utf8(valid).ok())
                        .unwrap_or_default(),
                };
                line.extend_from_slice(b"{\"truncated\":");
                append_text(line, text);
                line.push(b'}');
            }
        }
    }
}

impl Default for LoggedArguments {
    fn default() -> Self {
        Self::none()
    }
}

impl fmt::Debug for LoggedArguments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = Vec::new();
        self.append_to(&mut line);
        f.write_str(&String::from_utf8_lossy(&line))
    }
}

/// Collects arguments; made by [`LoggedArguments::begin`].
#[must_use]
pub struct ArgumentsWriter {
    logged: LoggedArguments,
    off: bool,
}

impl ArgumentsWriter {
    /// Adds an argument.
    #[inline]
    pub fn argument<T: Serialize + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        if !self.off {
            self.name(name);
            self.logged.write(value);
        }
        self
    }

    /// Adds an argument whose value logs must not show.
    pub fn redacted(mut self, name: &'static str) -> Self {
        if !self.off {
            self.name(name);
            self.logged.raw(REDACTED);
        }
        self
    }

    /// The arguments; none if no argument was added.
    pub fn finish(mut self) -> LoggedArguments {
        if !self.logged.is_none() {
            self.logged.raw(b"}");
        }
        self.logged
    }

    fn name(&mut self, name: &'static str) {
        self.logged.raw(if self.logged.is_none() { b"{" } else { b"," });
        if self.logged.state == State::Complete {
            append_text(&mut self.logged.text, name);
            self.logged.raw(b":");
        }
    }
}

/// Refuses bytes beyond the cap, which ends the serialization of a large value early.
struct Capped<'a> {
    text: &'a mut Vec<u8>,
    cap: usize,
    full: bool,
}

impl io::Write for Capped<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = self.cap.saturating_sub(self.text.len());
        if bytes.len() > room {
            self.text.extend_from_slice(bytes.get(..room).unwrap_or_default());
            self.full = true;
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write(bytes).map(|_| ())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

//! What is being done, on a terminal only, in a line of the error stream that is overwritten.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// What takes no longer needs no line.
const PATIENCE: Duration = Duration::from_millis(400);
/// Between two looks at the clock.
const STEPS: u32 = 4096;

/// The line that tells of progress.
pub(crate) struct Progress {
    is_wanted: bool,
    is_shown: bool,
    next: Instant,
    steps: u32,
}

impl Progress {
    /// Shows nothing yet, and never anything if nobody looks.
    pub(crate) fn begin() -> Self {
        let is_wanted = io::stderr().is_terminal();
        Self { is_wanted, is_shown: false, next: Instant::now() + PATIENCE, steps: 0 }
    }

    /// Shows how far it is, now and then.
    pub(crate) fn show(&mut self, text: impl FnOnce() -> String) {
        self.steps = self.steps.wrapping_add(1);
        if !self.is_wanted || !self.steps.is_multiple_of(STEPS) || Instant::now() < self.next {
            return;
        }
        self.next = Instant::now() + PATIENCE / 4;
        self.is_shown = true;
        // A terminal that cannot be written to shows nothing.
        let _ = write!(io::stderr(), "\r\x1b[K{}", text());
    }

    /// Takes the line away.
    pub(crate) fn end(&mut self) {
        if std::mem::take(&mut self.is_shown) {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end();
    }
}

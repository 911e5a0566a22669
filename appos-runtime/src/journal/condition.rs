//! Whether the security log can be written: told by the writer, asked before what must not
//! happen without a line.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How old the writer's last sign of life may be: a disk that hangs keeps it in a system call.
const LONGEST_SILENCE: Duration = Duration::from_secs(10);

/// The state of the security log.
pub(super) struct Condition {
    began: Instant,
    /// Milliseconds from `began` to the writer's last sign of life.
    alive_ms: AtomicU64,
    /// Lines are held because they cannot be written, or an attempt to write just failed.
    troubled: AtomicBool,
}

impl Condition {
    pub(super) fn new() -> Self {
        Self { began: Instant::now(), alive_ms: AtomicU64::new(0), troubled: AtomicBool::new(false) }
    }

    /// The writer is at work.
    pub(super) fn is_alive(&self) {
        self.alive_ms.store(self.now_ms(), Ordering::Relaxed);
    }

    /// The writer tells how it stands; answers how it stood.
    pub(super) fn set_troubled(&self, troubled: bool) -> bool {
        self.troubled.swap(troubled, Ordering::SeqCst)
    }

    /// True if lines of the security log reach the disk, as far as is known.
    pub(super) fn is_good(&self) -> bool {
        let silence = self.now_ms().saturating_sub(self.alive_ms.load(Ordering::Relaxed));
        !self.troubled.load(Ordering::SeqCst) && u128::from(silence) < LONGEST_SILENCE.as_millis()
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

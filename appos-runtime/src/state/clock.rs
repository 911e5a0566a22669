//! What time it is for a platform: the system's, unless a test has moved it.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::value::DateTime;

/// The clock of one platform. Whatever is stored, logged, or ends at a moment of the day asks it.
///
/// Time limits of calls ask the monotonic clock instead, which nobody moves.
#[derive(Debug, Default)]
pub struct Clock {
    /// How far it is from the system's clock, in microseconds. One word, so that a call pays no more than
    /// for reading it.
    ahead_us: AtomicI64,
    /// The part of it by which the system's clock counts as wrong, for a test of that.
    wrong_us: AtomicI64,
}

impl Clock {
    /// The moment.
    pub fn now(&self) -> DateTime {
        DateTime::from_timestamp_micros(self.unix_us()).unwrap_or_default()
    }

    /// Microseconds since 1970.
    pub(crate) fn unix_us(&self) -> i64 {
        system_us().saturating_add(self.ahead_us.load(Ordering::Relaxed))
    }

    /// How far it was moved: time that has passed for the platform, and not for the system.
    #[inline]
    pub(crate) fn moved_us(&self) -> i64 {
        self.ahead_us.load(Ordering::Relaxed).saturating_sub(self.wrong_us.load(Ordering::Relaxed))
    }

    /// Moves it on.
    #[cfg(feature = "web")]
    pub(crate) fn advance(&self, by: Duration) {
        self.ahead_us.fetch_add(i64::try_from(by.as_micros()).unwrap_or(i64::MAX), Ordering::Relaxed);
    }

    /// Sets it; from there it goes on.
    #[cfg(feature = "web")]
    pub(crate) fn set(&self, to: DateTime) {
        self.ahead_us.store(to.timestamp_micros().saturating_sub(system_us()), Ordering::Relaxed);
    }

    /// Has the system's clock leap, as when somebody sets it: no time has passed.
    #[cfg(feature = "web")]
    pub(crate) fn leap(&self, seconds: i64) {
        let by = seconds.saturating_mul(1_000_000);
        self.wrong_us.fetch_add(by, Ordering::Relaxed);
        self.ahead_us.fetch_add(by, Ordering::Relaxed);
    }

    /// True once this long has passed since a moment, on this clock.
    pub(crate) fn has_passed(&self, since_us: i64, length: Duration) -> bool {
        let length = i64::try_from(length.as_micros()).unwrap_or(i64::MAX);
        self.unix_us().saturating_sub(since_us) >= length
    }
}

fn system_us() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

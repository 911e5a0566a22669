//! What time it is for all workers of a platform. Leases and timers are moments that programs on several machines
//! compare: with a server's database they go by its clock, and by the machine's with a file on it.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::error::Result;
use crate::record::Store;
use crate::state::Clock;

/// A difference that is none: moments are whole milliseconds.
const SMALL: i64 = 10;

/// How long a program without workers, which looks at no clock by itself, goes by what it has seen.
const RECENTLY: Duration = Duration::from_secs(10);

/// A clock that goes on by itself between two looks at the one it follows.
pub(crate) struct SharedClock {
    clock: Arc<Clock>,
    anchor: Instant,
    /// The moment of the anchor, in milliseconds since 1970.
    anchor_ms: AtomicI64,
    /// When it was set.
    set_at: Mutex<Option<Instant>>,
    /// By how much it was moved since the workers last asked.
    leapt: AtomicI64,
}

impl SharedClock {
    /// Goes by the machine's clock until it is set for the first time.
    pub(crate) fn new(clock: Arc<Clock>, store: &Store) -> Self {
        let clock = Self {
            clock,
            anchor: Instant::now(),
            anchor_ms: AtomicI64::new(0),
            set_at: Mutex::default(),
            leapt: AtomicI64::new(0),
        };
        let ahead = here(store).saturating_sub(clock.now());
        clock.anchor_ms.store(ahead, Ordering::Relaxed);
        clock
    }

    /// The moment, in milliseconds since 1970.
    pub(super) fn now(&self) -> i64 {
        self.anchor_ms.load(Ordering::Relaxed).saturating_add(self.since(Instant::now())).saturating_add(self.moved())
    }

    /// The moment, by a look of not long ago.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub(in super::super) async fn recent(&self, store: &Store) -> Result<i64> {
        let set_at = *self.set_at.lock().unwrap_or_else(PoisonError::into_inner);
        if set_at.is_none_or(|set_at| set_at.elapsed() >= RECENTLY) {
            self.look(store).await?;
        }
        Ok(self.now())
    }

    /// Sets it by the clock it follows, and answers by how many milliseconds it was moved since this was asked last.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub(super) async fn set(&self, store: &Store) -> Result<i64> {
        self.look(store).await?;
        Ok(self.leapt.swap(0, Ordering::Relaxed))
    }

    async fn look(&self, store: &Store) -> Result<()> {
        let (anchor, moved, asked) = (self.anchor_ms.load(Ordering::Relaxed), self.moved(), Instant::now());
        let before = anchor.saturating_add(self.since(asked)).saturating_add(moved);
        let there = store.server_clock().await?;
        let took = asked.elapsed();
        let (there, unsure) = match there {
            // Half of the time on the way there: nobody knows how much it was. Both are cut off to milliseconds.
            Some(there) => (there.saturating_add(moved), super::millis(took) / 2 + 1),
            None => (here(store), 0),
        };
        // What a test has moved meanwhile is in one of the two alone.
        if self.moved() != moved {
            return Ok(());
        }
        let ahead = difference(before, there, unsure);
        // Once, however many look at the same time.
        let set =
            self.anchor_ms.compare_exchange(anchor, anchor.saturating_add(ahead), Ordering::Relaxed, Ordering::Relaxed);
        if set.is_ok() {
            // Whoever has looked: the workers have to know.
            self.leapt.fetch_add(ahead, Ordering::Relaxed);
        }
        *self.set_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        Ok(())
    }

    fn since(&self, moment: Instant) -> i64 {
        super::millis(moment.saturating_duration_since(self.anchor))
    }

    /// A test moves the platform's clock.
    fn moved(&self) -> i64 {
        self.clock.moved_us() / 1000
    }
}

/// The moment by the machine's clock.
fn here(store: &Store) -> i64 {
    store.now().timestamp_millis()
}

/// By how much a clock is behind another, which was read some time after it; nobody knows exactly when.
fn difference(here: i64, there: i64, unsure: i64) -> i64 {
    let ahead = there.saturating_sub(here.saturating_add(unsure));
    if ahead.saturating_abs() <= unsure.max(SMALL) { 0 } else { ahead }
}

/// How long after a leap of the clock nothing is taken from others: they may not have noticed yet.
pub(super) fn quiet(ahead: i64, lease: Duration) -> Option<Instant> {
    (ahead > super::millis(lease / 4)).then(|| Instant::now() + lease)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_set_by_no_more_than_what_is_known_of_the_other() {
        assert_eq!(difference(1000, 1004, 0), 0, "moments are whole milliseconds");
        assert_eq!(difference(1000, 1250, 200), 0, "the answer took 400 ms: it may be the same");
        assert_eq!(difference(1000, 4_601_000, 10), 4_599_990);
        assert_eq!(difference(4_600_000, 1000, 10), -4_599_010);
    }

    #[test]
    fn after_a_leap_nothing_is_taken_from_who_may_not_have_noticed() {
        let lease = Duration::from_secs(30);
        assert!(quiet(60_000, lease).is_some());
        assert!(quiet(1000, lease).is_none() && quiet(-60_000, lease).is_none());
    }
}

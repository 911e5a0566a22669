//! Leaves alone for a while what does not answer, so that nobody waits for it in vain.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A circuit breaker.
#[derive(Debug)]
pub(crate) struct Breaker {
    /// Failures in a row after which it opens.
    most: u32,
    /// How long it stays open before one caller may try again, in milliseconds.
    pause: u64,
    begun: Instant,
    failures: AtomicU32,
    /// Milliseconds since `begun` until which nobody passes; zero: everybody does.
    open_until: AtomicU64,
}

impl Breaker {
    pub(crate) fn new(most: u32, pause: Duration) -> Self {
        let pause = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX / 2);
        Self { most, pause, begun: Instant::now(), failures: AtomicU32::new(0), open_until: AtomicU64::new(0) }
    }

    fn now(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX).max(1)
    }

    /// True if the caller may try. When the pause is over, one may, and the others wait for how
    /// it went.
    pub(crate) fn lets_pass(&self) -> bool {
        let until = self.open_until.load(Ordering::Acquire);
        if until == 0 {
            return true;
        }
        let now = self.now();
        now >= until
            && self.open_until.compare_exchange(until, now + self.pause, Ordering::AcqRel, Ordering::Relaxed).is_ok()
    }

    /// It answered. True if it had not before.
    pub(crate) fn succeeded(&self) -> bool {
        if self.failures.load(Ordering::Relaxed) != 0 {
            self.failures.store(0, Ordering::Relaxed);
        }
        self.open_until.load(Ordering::Acquire) != 0 && self.open_until.swap(0, Ordering::AcqRel) != 0
    }

    /// It did not answer. True if the breaker opens by it.
    pub(crate) fn failed(&self) -> bool {
        let failures = self.failures.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        failures >= self.most && self.open_until.swap(self.now() + self.pause, Ordering::AcqRel) == 0
    }

    /// True while callers are turned away.
    pub(crate) fn is_open(&self) -> bool {
        self.open_until.load(Ordering::Acquire) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAILURES: u32 = 3;

    fn breaker() -> Breaker {
        Breaker::new(FAILURES, Duration::from_secs(1))
    }

    #[test]
    fn some_failures_in_a_row_open_it_and_one_success_closes_it() {
        let breaker = breaker();
        for _ in 1..FAILURES {
            assert!(breaker.lets_pass());
            assert!(!breaker.failed());
        }
        assert!(breaker.failed(), "the last of them opens it");
        assert!(breaker.is_open());
        assert!(!breaker.lets_pass());
        assert!(breaker.succeeded(), "a call that had begun before ended well");
        assert!(breaker.lets_pass());
    }

    #[test]
    fn after_the_pause_one_caller_tries() {
        let breaker = breaker();
        for _ in 0..FAILURES {
            breaker.failed();
        }
        // As if the pause were over.
        breaker.open_until.store(1, Ordering::Release);
        std::thread::sleep(Duration::from_millis(2));
        assert!(breaker.lets_pass());
        assert!(!breaker.lets_pass(), "the others wait for how it went");
    }

    #[test]
    fn failures_that_are_not_in_a_row_do_not_count_together() {
        let breaker = breaker();
        for _ in 0..10 {
            assert!(!breaker.failed());
            breaker.succeeded();
        }
        assert!(breaker.lets_pass());
    }
}

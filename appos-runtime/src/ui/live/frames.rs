//! Frames that a browser has not said it has seen: kept to be sent again, up to a limit.

use std::collections::VecDeque;
use std::sync::Arc;

/// Most bytes that are kept of a page. A browser that leaves more unread has lost its page.
const MOST_BYTES: usize = 256 * 1024;

/// Frames with their numbers, oldest first, without a gap.
#[derive(Debug, Default)]
pub(super) struct Frames {
    kept: VecDeque<Arc<str>>,
    bytes: usize,
    /// Number of the last frame that was made.
    last: u64,
}

/// More is unread than is kept.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooMany;

impl Frames {
    /// The number of the next frame.
    pub(super) fn next(&self) -> u64 {
        self.last + 1
    }

    /// Keeps the next frame.
    ///
    /// # Errors
    /// Too much is unread.
    pub(super) fn push(&mut self, frame: Arc<str>) -> Result<(), TooMany> {
        self.bytes += frame.len();
        self.last += 1;
        self.kept.push_back(frame);
        // One frame may be as large as its page is.
        if self.bytes > MOST_BYTES && self.kept.len() > 1 { Err(TooMany) } else { Ok(()) }
    }

    fn first(&self) -> u64 {
        self.last + 1 - u64::try_from(self.kept.len()).unwrap_or_default()
    }

    /// The browser has seen frames up to this one.
    pub(super) fn seen(&mut self, seen: u64) {
        while self.first() <= seen {
            let Some(frame) = self.kept.pop_front() else { return };
            self.bytes -= frame.len();
        }
        if self.kept.is_empty() {
            // Open pages mostly wait: they carry no room for what they once had.
            self.kept.shrink_to(0);
        }
    }

    /// True if the browser has seen frames up to this one.
    pub(super) fn are_seen(&self, number: u64) -> bool {
        self.first() > number
    }

    /// The frames after this one; `None`: not all of them are kept, or there never was such a one.
    pub(super) fn after(&self, seen: u64) -> Option<impl Iterator<Item = &Arc<str>>> {
        let skipped = (seen + 1).checked_sub(self.first())?;
        let skipped = usize::try_from(skipped).ok().filter(|skipped| *skipped <= self.kept.len())?;
        Some(self.kept.iter().skip(skipped))
    }
}

#[cfg(test)]
mod tests {
    use super::{Frames, MOST_BYTES, TooMany};

    fn after(frames: &Frames, seen: u64) -> Option<Vec<String>> {
        frames.after(seen).map(|frames| frames.map(ToString::to_string).collect())
    }

    #[test]
    fn what_was_not_seen_is_sent_again() {
        let mut frames = Frames::default();
        assert_eq!(after(&frames, 0), Some(vec![]));
        for (number, frame) in ["a", "b", "c"].into_iter().enumerate() {
            assert_eq!(frames.next(), number as u64 + 1);
            frames.push(frame.into()).unwrap();
        }
        assert_eq!(after(&frames, 1).unwrap(), ["b", "c"]);
        frames.seen(2);
        assert_eq!(after(&frames, 2).unwrap(), ["c"]);
        assert_eq!(after(&frames, 1), None, "it is no longer there");
        assert_eq!(after(&frames, 3), Some(vec![]));
        assert_eq!(after(&frames, 4), None, "there never was one");
        assert_eq!(after(&frames, u64::MAX - 1), None);
        frames.seen(u64::MAX);
        assert_eq!(after(&frames, 3), Some(vec![]));
    }

    #[test]
    fn a_browser_that_reads_nothing_is_given_up() {
        let mut frames = Frames::default();
        let half = "x".repeat(MOST_BYTES / 2 + 1);
        assert_eq!(frames.push(half.as_str().into()), Ok(()));
        assert_eq!(frames.push(half.as_str().into()), Err(TooMany));
        let mut frames = Frames::default();
        assert_eq!(frames.push("x".repeat(2 * MOST_BYTES).into()), Ok(()), "a page may be large");
        frames.seen(1);
        assert_eq!(frames.push(half.as_str().into()), Ok(()));
    }
}

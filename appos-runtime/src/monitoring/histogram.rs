//! Latency buckets as a short text: most of them are empty.

use std::fmt::Write;

use crate::engine::BUCKETS;

/// `40:3 41:12`: number of each bucket that is not empty, and its count.
pub(super) fn text(latency: &[u64; BUCKETS]) -> String {
    let mut text = String::new();
    for (bucket, count) in latency.iter().enumerate().filter(|(_, count)| **count > 0) {
        let space = if text.is_empty() { "" } else { " " };
        // Writing to a text cannot fail.
        let _ = write!(text, "{space}{bucket}:{count}");
    }
    text
}

/// The buckets of a text. What is none is left out: it was written by another version of this program.
pub(super) fn read(text: &str) -> [u64; BUCKETS] {
    let mut latency = [0; BUCKETS];
    for part in text.split(' ') {
        let Some((bucket, count)) = part.split_once(':') else { continue };
        let (Ok(bucket), Ok(count)) = (bucket.parse::<usize>(), count.parse::<u64>()) else { continue };
        if let Some(kept) = latency.get_mut(bucket) {
            *kept = count;
        }
    }
    latency
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_are_read_as_they_were_written() {
        let mut latency = [0; BUCKETS];
        assert_eq!((text(&latency), read("")), (String::new(), latency));
        (latency[0], latency[41], latency[BUCKETS - 1]) = (3, u64::MAX, 1);
        assert_eq!(text(&latency), format!("0:3 41:{} {}:1", u64::MAX, BUCKETS - 1));
        assert_eq!(read(&text(&latency)), latency);
        assert_eq!(read("x 1 2: :3 999:1 7:-1 0:3")[0], 3, "what is no bucket is left out");
    }
}

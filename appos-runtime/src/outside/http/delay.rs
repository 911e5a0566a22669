//! How long to wait before a request is sent again.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use chrono::{DateTime, Utc};
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};

/// The first wait; each further one is twice as long, and all vary, so that many callers do not come back together.
const FIRST: Duration = Duration::from_millis(200);
/// The longest.
const LONGEST: Duration = Duration::from_secs(20);

/// The waits between the tries of one call.
pub(super) fn delays(retries: u32) -> ExponentialBackoff {
    let times = usize::try_from(retries).unwrap_or(usize::MAX);
    ExponentialBuilder::default()
        .with_min_delay(FIRST)
        .with_max_delay(LONGEST)
        .with_max_times(times)
        .with_jitter()
        .build()
}

/// True if the same request may be answered otherwise a moment later.
pub(super) fn may_pass(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 425 | 429 | 500 | 502 | 503 | 504)
}

/// How long the system asks to wait: a number of seconds, or a moment.
pub(super) fn asked_for(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let moment = DateTime::parse_from_rfc2822(text).ok()?;
    Some((moment.to_utc() - now).to_std().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    #[test]
    fn a_system_asks_in_seconds_or_by_a_date() {
        let now = DateTime::parse_from_rfc2822("Fri, 31 Dec 1999 23:59:00 GMT").unwrap().to_utc();
        let asked =
            |text: &'static str| asked_for(&HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static(text))]), now);
        assert_eq!(asked("120"), Some(Duration::from_mins(2)));
        assert_eq!(asked("Fri, 31 Dec 1999 23:59:59 GMT"), Some(Duration::from_secs(59)));
        assert_eq!(asked("Fri, 31 Dec 1999 23:00:00 GMT"), Some(Duration::ZERO));
        assert_eq!(asked("soon"), None);
        assert_eq!(asked("-1"), None);
    }

    #[test]
    fn waits_grow_and_end() {
        let waits: Vec<Duration> = delays(3).collect();
        assert_eq!(waits.len(), 3);
        assert!(waits[0] >= FIRST && waits[2] > waits[0]);
    }
}

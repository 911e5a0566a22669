//! Times over which people look back, each with buckets of its own: a longer time has longer ones, so that all of them
//! are read as fast.

use crate::error::{AppOsError, Result};

/// A time over which somebody looks back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    /// As people write it.
    pub(crate) name: &'static str,
    /// Length of a bucket in seconds, by which the table knows it.
    pub(super) step: i64,
    /// How many buckets it has.
    pub(super) buckets: i64,
}

/// All of them, the shortest first.
pub(crate) const WINDOWS: [Window; 4] = [
    Window { name: "1h", step: 60, buckets: 60 },
    Window { name: "24h", step: 1800, buckets: 48 },
    Window { name: "7d", step: 6 * 3600, buckets: 28 },
    Window { name: "30d", step: 24 * 3600, buckets: 30 },
];

/// The one that is shown to whoever asks for none.
const USUAL: Window = WINDOWS[1];

impl Window {
    /// The one with a name.
    ///
    /// # Errors
    /// There is none (code `invalid_fields`).
    pub(super) fn named(name: Option<&str>) -> Result<Self> {
        let Some(name) = name else { return Ok(USUAL) };
        WINDOWS.into_iter().find(|window| window.name == name).ok_or_else(|| {
            let names = WINDOWS.map(|window| window.name).join(", ");
            let wrong = AppOsError::validation("some fields are wrong").code_is("invalid_fields");
            wrong.field("window", "unknown", format!("must be one of {names}"))
        })
    }

    /// The bucket of a moment, by its beginning; both in seconds since 1970.
    pub(super) fn bucket(self, now: i64) -> i64 {
        now.div_euclid(self.step).saturating_mul(self.step)
    }

    /// The first bucket that is looked at. The last one is not over, so that there is a whole window before it.
    pub(super) fn first(self, now: i64) -> i64 {
        self.bucket(now).saturating_sub(self.step.saturating_mul(self.buckets))
    }
}

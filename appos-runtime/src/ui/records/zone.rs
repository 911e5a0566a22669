//! The time zone in which whoever looks reads and writes moments.

use chrono::{NaiveDateTime, TimeZone, Utc};

use crate::value::DateTime;

/// Name of the zone, for people.
pub(super) const NAME: &str = "UTC";

/// A moment as a clock on the wall shows it.
pub(super) fn local(moment: DateTime) -> NaiveDateTime {
    moment.naive_utc()
}

/// The moment at which a clock on the wall shows this; `None`: at none.
pub(super) fn moment(local: NaiveDateTime) -> Option<DateTime> {
    Utc.from_local_datetime(&local).earliest()
}

//! Lines of files: from the end, from the beginning, from a moment on, and one at its place.

mod backward;
mod forward;
mod place;
mod reading;

pub(super) use backward::{Backward, whole};
pub(super) use forward::{Forward, from};
pub(super) use place::{Place, Places};
pub(crate) use reading::Reading;

/// Longest line that is read: payloads are capped far below.
const LONGEST: usize = 16 << 20;

/// How much later than its end a line may be written, in microseconds: the queue is emptied every
/// second at least.
pub(super) const LATE_US: i64 = 5_000_000;

/// A line of a file and where it begins. None: it is longer than any line may be.
pub(super) type Piece<'a> = (u64, Option<&'a [u8]>);

//! References to rows of other records: what they are called, which of them can be chosen, and how one
//! is picked.

mod names;
mod offer;
mod picker;

pub(super) use names::{Names, names};
pub(in crate::ui) use offer::{Offer, offer};
pub(in crate::ui) use picker::{Picker, Picking};

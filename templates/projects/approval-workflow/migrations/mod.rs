//! The history of this platform's database. Kept by `cargo appos migrate`; the files it lists
//! may be edited until they are released.

use appos::migration::Migration;

mod m20260101_000000_first_release;

pub(crate) const ALL: &[Migration] = &[m20260101_000000_first_release::MIGRATION];

//! An app with everything the tests of AppOS need to call.

#[macro_use]
extern crate appos;

app!();

/// How often the step `nothing` has run in this program.
pub static NOTHINGS: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);

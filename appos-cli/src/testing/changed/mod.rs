//! Which tests a change reaches: exactly where the compiler tells, and rather one too many where it does not.

mod files;
mod lines;
mod reach;

pub(crate) use reach::Changed;

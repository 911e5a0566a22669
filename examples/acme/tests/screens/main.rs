//! The screens that every record has, as somebody without script sees them.

#[path = "../support/mod.rs"]
mod support;

mod filters;
mod lists;

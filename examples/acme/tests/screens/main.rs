//! The screens that every record has, as somebody without script sees them.

#[path = "../support/mod.rs"]
mod support;

mod bulk;
mod filters;
mod lists;
mod views;

//! The screens that every record has, as somebody without script sees them, and in a browser with it.

#[path = "../../../../appos-cli/tests/dev/browser.rs"]
mod browser;
#[path = "../support/mod.rs"]
mod support;

mod admin;
mod bulk;
mod cells;
mod detail;
mod filters;
mod home;
mod import;
mod lists;
mod live;
mod operations;
mod pieces;
mod processes;
mod remove;
mod sort;
mod systems;
mod tasks;
mod views;

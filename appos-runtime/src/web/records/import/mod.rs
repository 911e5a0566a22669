//! `POST /api/{app}/v1/{records}/import`: rows from a file.

mod columns;
mod lines;
mod route;
mod upload;

pub(in crate::web) use route::{MODES, import};

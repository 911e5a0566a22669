//! `POST /api/{app}/v1/{records}/import`: rows from a file, and `…/imports`: how far that is.

mod columns;
mod desk;
mod form;
mod lines;
mod progress;
mod refused;
mod route;
mod upload;
mod watch;

pub(in crate::web) use desk::Desk;
pub(in crate::web) use form::form;
pub(in crate::web) use progress::{Imports, STATES};
pub(in crate::web) use refused::refused;
pub(in crate::web) use route::{MODES, RESPOND_ASYNC, import};
pub(in crate::web) use watch::watch;

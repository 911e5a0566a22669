//! Runs migrations on a database: who may, what was done, and what is left.

mod apply;
mod ledger;
mod lock;
mod run;
mod status;

pub(crate) use apply::Limits;
pub(crate) use run::{Down, Runner};
pub(crate) use status::State;

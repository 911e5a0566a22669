//! The platform's program: built by cargo, started, and ended.

mod build;
mod child;
mod shim;
mod speech;

pub(super) use build::{Build, Built};
pub(super) use child::Child;
use shim::SHIM;
pub(crate) use shim::become_program;
pub(super) use speech::{Listens, Start, Stream};

//! Asks the compiler where the objects of a project are used.

mod check;
mod report;

pub(crate) use check::{Wanted, check};
pub(crate) use report::{Item, Report};

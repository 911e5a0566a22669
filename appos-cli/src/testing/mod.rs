//! Builds the tests of a workspace, chooses among them, runs each in a process of its own, and tells how it went.

mod arguments;
mod build;
mod changed;
mod doc;
mod list;
mod report;
mod run;
mod sections;
mod workspace;

pub(crate) use arguments::Passed;
pub(crate) use build::build;
pub(crate) use changed::Changed;
pub(crate) use doc::run_examples;
pub(crate) use list::{Listed, Test, list};
pub(crate) use report::{Report, TestResult};
pub(crate) use run::run;
pub(crate) use workspace::{Package, Workspace};

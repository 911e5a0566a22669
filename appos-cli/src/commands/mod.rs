//! One file a command: arguments, work, report.

#[doc = include_str!("../../docs/impact.md")]
pub mod impact;
pub mod migrate;
pub mod objects;

use clap::Subcommand;

use crate::terminal::{Failure, Terminal};

/// What can be asked for.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show what uses an object, what it uses, and what a change of it reaches
    Impact(impact::Impact),
    /// Write a migration for what has changed in the records, and apply it
    Migrate(migrate::Migrate),
    /// List the objects of a project
    Objects(objects::Objects),
}

impl Command {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        match self {
            Self::Impact(impact) => impact.run(terminal),
            Self::Migrate(migrate) => migrate.run(terminal),
            Self::Objects(objects) => objects.run(terminal),
        }
    }
}

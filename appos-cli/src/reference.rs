//! What the reference pages of the book are made from.

use clap::CommandFactory;

/// The command line, with all its commands and their arguments.
pub fn command_line() -> clap::Command {
    crate::Arguments::command()
}

/// A finding of `cargo appos check`.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Finding {
    /// Its code, such as `A0007`.
    pub code: &'static str,
    /// `error` or `warning`.
    pub weight: &'static str,
    /// What it says in a few words.
    pub title: &'static str,
    /// What `cargo appos check --explain` prints.
    pub page: &'static str,
}

/// Every finding of `cargo appos check`, by code.
pub fn findings() -> Vec<Finding> {
    let finding = |code: &&'static crate::check::Code| Finding {
        code: code.name,
        weight: code.weight.as_str(),
        title: code.title,
        page: code.page,
    };
    crate::check::ALL.iter().map(finding).collect()
}

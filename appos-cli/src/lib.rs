//! The command line of AppOS: finds a project, builds it, asks its program what it consists of.
//!
//! Source is never parsed for what the program itself can tell.

mod check;
#[doc = include_str!("../docs/json.md")]
pub mod commands;
mod dev;
mod escape;
mod impact;
mod logs;
mod mcp;
mod progress;
pub mod project;
pub mod reference;
mod scaffold;
mod terminal;
mod testing;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser};

#[cfg(fuzzing)]
#[doc(hidden)]
pub use logs::fuzzing;
pub use terminal::Failure;
use terminal::{Colour, Terminal};

/// Works as `cargo appos <command>`, and as `cargo-appos <command>`.
#[derive(Debug, Parser)]
#[command(
    name = "cargo-appos",
    bin_name = "cargo appos",
    version,
    about = "Start an AppOS project, look into it and work on it",
    arg_required_else_help = true,
    disable_help_subcommand = true,
    after_help = "Examples:
  cargo appos new acme                 a project that builds and runs at once
  cargo appos add record crm Customer name:String
  cargo appos objects                  everything the project consists of
  cargo appos objects --kind rule      rules only
  cargo appos dev                      build, run, and do it again after each change
  cargo appos impact crm.rules.rate    what uses an object, what it uses, what a change reaches
  cargo appos why ann update crm.records.customer
  cargo appos check                    what is wrong beside what the compiler says
  cargo appos test --changed           the tests that a change reaches
  cargo appos migrate                  bring the database up to date with the records
  cargo appos user list                who can sign in
  cargo appos doctor                   what is wrong around the project
  cargo appos logs --errors --since 1h  what did not end well in the last hour
  cargo appos mcp --as ann@example.com  let an AI assistant look, with the rights of a user

Exit codes: 0 done, 1 it did not work, 2 it was not asked for correctly."
)]
struct Arguments {
    /// Whether output is coloured
    #[arg(long, value_name = "WHEN", value_enum, default_value_t, global = true, hide_possible_values = true)]
    color: Colour,
    #[command(subcommand)]
    command: commands::Command,
}

/// Runs one command line; the first argument is the program.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let Some(compiled) = impact::as_wrapper(&arguments) {
        return compiled;
    }
    if let Some(became) = dev::become_program(&arguments) {
        return became;
    }
    let terminal = Terminal::detect();
    let arguments = without_cargos_own(arguments);
    let command = self::arguments().color(Colour::asked(&arguments).into());
    match command.try_get_matches_from(arguments).and_then(|matches| Arguments::from_arg_matches(&matches)) {
        Ok(arguments) => {
            let terminal = terminal.with(arguments.color);
            terminal.finish(arguments.command.run(terminal))
        }
        Err(error) => {
            // Help and version are answers, not failures; clap knows the stream of each.
            let _ = error.print();
            ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
        }
    }
}

/// What a command line may be.
fn arguments() -> clap::Command {
    Arguments::command()
}

/// Cargo calls `cargo-appos appos objects` for `cargo appos objects`.
fn without_cargos_own(arguments: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    if arguments.get(1).is_some_and(|first| first == "appos") {
        arguments.remove(1);
    }
    arguments
}

#[cfg(test)]
mod tests;

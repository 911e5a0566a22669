//! `cargo appos check`: what is wrong with a project beside what the compiler says.

use std::path::Path;

use clap::Args;

use crate::check::{Report, by_name};
use crate::project::locate;
use crate::terminal::{Failure, Terminal};

/// Arguments of `cargo appos check`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos check
  cargo appos check --deny warnings     for CI: warnings fail, too
  cargo appos check --json | jq -r '.findings[] | \"\\(.file):\\(.line) \\(.code)\"'
  cargo appos check --explain A0007

What is meant is allowed with a reason, above the item or the line:
  // appos: allow(A0007): a line has no name of its own

Exit codes: 0 nothing is wrong, 1 something is, 2 it was not asked for correctly.")]
pub struct Check {
    /// Fail at these, too
    #[arg(long, value_name = "WHAT", value_parser = ["warnings"])]
    deny: Option<String>,
    /// Tell what a code means, and what to do
    #[arg(long, value_name = "CODE", conflicts_with_all = ["deny", "package"])]
    explain: Option<String>,
    /// Package of the platform, if the workspace has several
    #[arg(long, short, value_name = "NAME")]
    package: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        if let Some(code) = &self.explain {
            let code = by_name(code)?;
            return if self.json { terminal.json(&code.json()) } else { terminal.text(code.page) };
        }
        let platform = locate::platform(Path::new("."), self.package.as_deref())?;
        let report = Report::of(&platform)?;
        if self.json {
            terminal.json(&report.json())?;
        } else {
            terminal.text(&report.text())?;
        }
        let (errors, warnings) = report.counts();
        if errors > 0 || (self.deny.is_some() && warnings > 0) { Err(Failure::told(1)) } else { Ok(()) }
    }
}

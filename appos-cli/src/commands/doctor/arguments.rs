//! What can be asked of `cargo appos doctor`, and the order in which it looks.

use std::path::Path;

use clap::Args;
use serde_json::json;

use super::finding::{Finding, Status, text};
use super::{project, toolchain};
use crate::project::locate;
use crate::terminal::{Failure, Terminal};

/// Version of the JSON form; grows when a field changes its meaning.
const FORMAT: u32 = 1;

/// Arguments of `cargo appos doctor`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos doctor
  cargo appos doctor --deny warnings      for CI: warnings fail, too
  cargo appos doctor --files              each file of documents, too
  cargo appos doctor --json | jq -r '.checks[] | select(.status != \"ok\") | .help'

It looks at the toolchain, the settings, the database and its migrations, folders, disk, clock and
port, and changes nothing (with `--repair`: but the files that belong to no document). What only the project's program can know is asked of it; while the project
does not build, of the program that was built last.
Exit codes: 0 nothing failed, 1 something did, 2 it was not asked for correctly.")]
pub struct Doctor {
    /// Fail at these, too
    #[arg(long, value_name = "WHAT", value_parser = ["warnings"])]
    deny: Option<String>,
    /// Look at each file of documents, too
    #[arg(long)]
    files: bool,
    /// Remove files that belong to no document
    #[arg(long, requires = "files")]
    repair: bool,
    /// Package of the platform, if the workspace has several
    #[arg(long, short, value_name = "NAME")]
    package: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Doctor {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        terminal.progress("looking at the toolchain");
        let platform = locate::platform(Path::new("."), self.package.as_deref());
        let mut findings = toolchain::findings(platform.as_ref().ok());
        match platform {
            Ok(platform) => findings.extend(project::findings(terminal, &platform, (self.files, self.repair))),
            // Without cargo nothing is found, which the lines above say.
            Err(failure) if findings.iter().any(|finding| finding.is("cargo", Status::Failed)) => {
                findings.push(Finding::skipped("project", failure.message()));
            }
            Err(failure) => return Err(failure),
        }
        terminal.progress("");
        let count = |status| findings.iter().filter(|finding| finding.status == status).count();
        let (failed, warnings) = (count(Status::Failed), count(Status::Warning));
        if self.json {
            terminal.json(&json!({ "format": FORMAT, "failed": failed, "warnings": warnings, "checks": findings }))?;
        } else {
            terminal.text(&text(terminal, &findings))?;
        }
        if failed > 0 || (self.deny.is_some() && warnings > 0) { Err(Failure::told(1)) } else { Ok(()) }
    }
}

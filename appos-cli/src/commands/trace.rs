//! `cargo appos trace`: the tree of calls around an execution.

use std::path::PathBuf;

use clap::Args;

use super::logs::{id, note};
use super::logs_place::Place;
use crate::logs::{Zone, duration, find, text};
use crate::terminal::{Failure, Terminal};

/// Arguments of `cargo appos trace`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos trace 019acb72-4e80-7abc-8def-0123456789ab
  cargo appos trace 019acb72-4e80-7a            the beginning is enough if it is of one only
  cargo appos trace 019acb72-4e80-7a --brief    without inputs and outputs
  cargo appos trace 019acb72-4e80-7a --json | jq '.executions | max_by(.own_us) | .object'

The id stands in errors, in log lines and in the header `x-execution-id` of every answer. If the
execution was called by another, the tree of that one is shown.")]
pub struct Trace {
    /// Id of an execution, or the beginning of it; or the whole id of a trace, as another system has it
    #[arg(value_name = "EXECUTION")]
    execution: String,
    /// How long after its beginning calls of the tree are looked for; deliveries of the outbox may come later
    #[arg(long, value_name = "DURATION", default_value = "1h")]
    within: String,
    /// Without inputs and outputs
    #[arg(long, conflicts_with = "json")]
    brief: bool,
    /// Times in UTC, not in the time of this machine
    #[arg(long)]
    utc: bool,
    /// Folder of the log files, if not the one of `appos.yaml`; no project is needed then
    #[arg(long, value_name = "FOLDER")]
    logs: Option<PathBuf>,
    /// Package of the platform, if the workspace has several
    #[arg(long, short, value_name = "NAME")]
    package: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Trace {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let zone = if self.utc { Zone::Utc } else { Zone::Local };
        let id = id(&self.execution)?;
        let more_us = duration(&self.within).ok_or_else(|| {
            Failure::usage(format!("`--within {}` is no duration", self.within), "write `10m`, `1h` or `2d`")
        })?;
        let place = Place::of(self.logs.as_deref(), self.package.as_deref())?;
        if place.folder.is_missing() {
            return Err(place.missing());
        }
        let trace = find(&place.folder, &id, more_us, zone)?;
        for line in &trace.unreadable {
            note(line);
        }
        if self.json {
            return terminal.json(&trace);
        }
        terminal.text(&text(&trace, zone, self.brief, terminal.colours()))
    }
}

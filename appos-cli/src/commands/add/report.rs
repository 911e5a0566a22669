//! Writes what was planned, or shows it, and says what was done.

use clap::Args;
use serde::Serialize;

use crate::project::locate::Platform;
use crate::scaffold::app::shown;
use crate::scaffold::plan::{Change, Edit, apply};
use crate::terminal::{Failure, Terminal};

/// What all kinds can be asked.
#[derive(Debug, Args)]
pub(super) struct Manner {
    /// Show what would be written, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Package of the platform, if the workspace has several
    #[arg(long, short, value_name = "NAME")]
    pub(super) package: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// What was added, as JSON.
#[derive(Serialize)]
struct Added<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<&'a str>,
    dry_run: bool,
    files: Vec<File>,
    next: &'a [String],
}

#[derive(Serialize)]
struct File {
    path: String,
    change: Change,
    /// What would be written.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// What is added.
pub(super) struct Addition<'a> {
    pub(super) kind: &'static str,
    /// Its reference, if it has one.
    pub(super) reference: Option<&'a str>,
    pub(super) edits: Vec<Edit>,
    /// What to type next.
    pub(super) next: Vec<String>,
}

/// Does it, unless it is only to be shown.
pub(super) fn finish(
    terminal: Terminal,
    platform: &Platform,
    manner: &Manner,
    added: &Addition<'_>,
) -> Result<(), Failure> {
    if !manner.dry_run {
        apply(&added.edits)?;
    }
    if manner.json {
        let file = |edit: &Edit| File {
            path: shown(platform, &edit.path),
            change: edit.kind(),
            text: manner.dry_run.then(|| edit.after.clone()),
        };
        return terminal.json(&Added {
            kind: added.kind,
            reference: added.reference,
            dry_run: manner.dry_run,
            files: added.edits.iter().map(file).collect(),
            next: &added.next,
        });
    }
    for edit in &added.edits {
        let path = shown(platform, &edit.path);
        let word = match (edit.kind(), manner.dry_run) {
            (Change::Created, false) => "wrote",
            (Change::Changed, false) => "changed",
            (Change::Created, true) => "would write",
            (Change::Changed, true) => "would change",
        };
        terminal.line(&format!("{word} {path}"))?;
        if manner.dry_run {
            for line in edit.lines() {
                terminal.line(&format!("  {line}"))?;
            }
        }
    }
    if manner.dry_run || added.next.is_empty() {
        return Ok(());
    }
    terminal.line("\nNext:")?;
    added.next.iter().try_for_each(|step| terminal.line(&format!("  {step}")))
}

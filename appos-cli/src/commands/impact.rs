//! `cargo appos impact`: what uses an object, what it uses, and what a change reaches.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::impact::{Answer, Fallback, Question, dot, in_file, is_file, join, load, read, since, text, tree};
use crate::logs::LogFolder;
use crate::project::locate;
use crate::terminal::{Failure, Terminal};

/// Arguments of `cargo appos impact`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos impact crm.records.customer
  cargo appos impact crm.records.customer.email
  cargo appos impact apps/crm/src/rules/loyalty.rs
  cargo appos impact --since main
  cargo appos impact crm.rules.customer_ltv --tree
  cargo appos impact --json > graph.json
  cargo appos impact crm.records.customer --dot | dot -Tsvg > customer.svg

The compiler resolves every name; the answer is kept beside what it built, and holds until a
file changes.")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Impact {
    /// An object, a field of one, or a file; without it, `--json` prints the whole graph
    #[arg(value_name = "OBJECT", required_unless_present_any = ["json", "since"])]
    what: Option<String>,
    /// What has changed since a commit or a branch, also if it is not committed yet
    #[arg(long, value_name = "COMMIT", conflicts_with = "what")]
    since: Option<String>,
    /// Package of the platform, if the workspace has several
    #[arg(long, short, value_name = "NAME")]
    package: Option<String>,
    /// Print who uses it as a tree
    #[arg(long, group = "form")]
    tree: bool,
    /// Print JSON
    #[arg(long, group = "form")]
    json: bool,
    /// Print a graph for Graphviz
    #[arg(long, group = "form")]
    dot: bool,
    /// Folder of the log files, if not the one of `appos.yaml`
    #[arg(long, value_name = "FOLDER")]
    logs: Option<PathBuf>,
    /// If the project does not compile, answer for the last state that did
    #[arg(long)]
    stale: bool,
}

impl Impact {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let platform = locate::platform(Path::new("."), self.package.as_deref())?;
        let fallback = if self.stale { Fallback::LastGraph } else { Fallback::Nothing };
        let (mut graph, is_stale) = load(&platform, fallback)?;
        join(&mut graph, read(&platform, &LogFolder::of(&platform, self.logs.as_deref())));
        let question = match (&self.what, &self.since) {
            (_, Some(commit)) => since(&graph, &platform, commit)?,
            (Some(file), _) if is_file(file) => in_file(&graph, &platform, file)?,
            (Some(what), _) => Question::read(&graph, what)?,
            (None, None) => return terminal.json(&graph),
        };
        let answer = Answer::of(&graph, &question, is_stale);
        if self.json {
            return terminal.json(&answer);
        }
        let shown = if self.tree {
            tree(&answer)
        } else if self.dot {
            dot(&answer)
        } else {
            text(&answer)
        };
        terminal.text(&shown)
    }
}

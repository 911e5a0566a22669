//! `cargo appos connection`: the systems outside that a platform calls.

use clap::{Args, Subcommand};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use crate::escape::{escaped, escaped_lines};
use crate::project::outside::{Asking, asked, read};
use crate::terminal::{Failure, Terminal, Tone};

/// Arguments of `cargo appos connection`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos connection list             where each system is, and whether its secrets are there
  cargo appos connection test             ask all of them whether they answer
  cargo appos connection test payments    ask one

Everything is done by the project's own program, as the account `operator` (number -2), with the settings of this
environment. Exit codes: 0 done, 1 it did not work or a system does not answer, 2 it was not asked for correctly.")]
pub struct Connection {
    #[command(subcommand)]
    verb: Verb,
    /// Package of the platform, if the workspace has several
    #[arg(long, short, value_name = "NAME", global = true)]
    package: Option<String>,
    /// Print JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// List connected systems: what they speak, where they are, what they lack, what uses them; none is asked
    #[command(
        after_help = "Examples:\n  cargo appos connection list\n  cargo appos connection list --json | jq -r '.systems[].place'"
    )]
    List,
    /// Ask a connected system, or all, whether it answers and accepts the platform's credentials
    #[command(
        after_help = "Examples:\n  cargo appos connection test\n  cargo appos connection test payments\n  cargo appos connection test billing.payments --json"
    )]
    Test(Test),
}

#[derive(Debug, Args)]
struct Test {
    /// The system: its name, `app.name`, or its reference
    system: Option<String>,
}

#[derive(Deserialize)]
struct System {
    #[serde(rename = "system")]
    reference: String,
    kind: String,
    place: String,
    secrets: Vec<String>,
    missing_secrets: Vec<String>,
    used_by: Vec<String>,
}

/// How a trial went.
#[derive(Deserialize)]
struct Trial {
    system: String,
    answers: bool,
    took_ms: u64,
    failure: Option<String>,
    message: Option<String>,
    help: Option<String>,
}

impl Connection {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let by = Asking { terminal, package: self.package.as_deref(), json: self.json };
        match &self.verb {
            Verb::List => {
                let answer = asked(by, "list", &json!({}))?;
                if self.json { terminal.json(&answer) } else { list(terminal, read(&answer["systems"])?) }
            }
            Verb::Test(test) => {
                let answer = asked(by, "test", &json!({ "system": test.system }))?;
                tested(terminal, self.json, &answer)
            }
        }
    }
}

fn list(terminal: Terminal, systems: Vec<System>) -> Result<(), Failure> {
    if systems.is_empty() {
        return terminal.line("this platform has no connected systems");
    }
    let rows = systems.into_iter().map(|system| {
        let secrets = if !system.missing_secrets.is_empty() {
            terminal.coloured(&format!("missing: {}", escaped(&system.missing_secrets.join(", "))), Tone::Red)
        } else if system.secrets.is_empty() {
            "none needed".to_owned()
        } else {
            terminal.coloured("set", Tone::Green)
        };
        let users = if system.used_by.is_empty() { "nothing".to_owned() } else { system.used_by.join(", ") };
        [
            escaped(&system.reference).into_owned(),
            system.kind,
            escaped(&system.place).into_owned(),
            secrets,
            escaped(&users).into_owned(),
        ]
    });
    terminal.table(["System", "Kind", "Place", "Secrets", "Used by"], rows)
}

fn tested(terminal: Terminal, is_json: bool, answer: &Json) -> Result<(), Failure> {
    let trials: Vec<Trial> = read(&answer["tests"])?;
    let all_answer = trials.iter().all(|trial| trial.answers);
    if is_json {
        terminal.json(answer)?;
    } else if trials.is_empty() {
        terminal.line("this platform has no connected systems")?;
    } else {
        for trial in &trials {
            one(terminal, trial)?;
        }
    }
    if all_answer { Ok(()) } else { Err(Failure::told(1)) }
}

fn one(terminal: Terminal, trial: &Trial) -> Result<(), Failure> {
    let system = escaped(&trial.system);
    if trial.answers {
        return terminal.line(&format!(
            "{} {system} ({} ms)",
            terminal.coloured("answers", Tone::Green),
            trial.took_ms
        ));
    }
    let code = escaped(trial.failure.as_deref().unwrap_or_default());
    terminal.line(&format!("{} {system} ({code})", terminal.coloured("fails  ", Tone::Red)))?;
    terminal.line(&format!("  {}", escaped_lines(trial.message.as_deref().unwrap_or_default())))?;
    trial.help.as_deref().map_or(Ok(()), |help| terminal.line(&format!("  help: {}", escaped_lines(help))))
}

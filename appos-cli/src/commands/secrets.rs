//! `cargo appos secrets`: the key under which a platform keeps what nobody is to read.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clap::{Args, Subcommand};
use serde_json::json;

use crate::project::ask::{ask, program};
use crate::project::built::built;
use crate::project::locate;
use crate::terminal::{Failure, Terminal};

/// Arguments of `cargo appos secrets`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos secrets key                           a new key, to be kept outside the project
  cargo appos secrets rotate                        after the key was changed

To change the key while several servers run: add the new one to APPOS_SECRET_KEYS_OLD on every server;
then make it APPOS_SECRET_KEY everywhere, with the former one in APPOS_SECRET_KEYS_OLD; then `rotate`;
then remove the former one. No call fails meanwhile.
Exit codes: 0 done, 1 it did not work, 2 it was not asked for correctly.")]
pub struct Secrets {
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
    /// Print a new key: 32 random bytes as base64
    #[command(
        after_help = "Examples:\n  cargo appos secrets key > /etc/acme/secret.key\n  cargo appos secrets key --json"
    )]
    Key,
    /// Seal with the current key what those of `APPOS_SECRET_KEYS_OLD` have sealed
    #[command(after_help = "Examples:\n  cargo appos secrets rotate\n  cargo appos secrets rotate --json")]
    Rotate,
}

impl Secrets {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        match self.verb {
            Verb::Key => {
                let mut bytes = [0; 32];
                getrandom::fill(&mut bytes)
                    .map_err(|error| Failure::work(format!("the system gives no random numbers: {error}"), ""))?;
                let key = STANDARD.encode(bytes);
                if self.json { terminal.json(&json!({ "format": 1, "key": key })) } else { terminal.line(&key) }
            }
            Verb::Rotate => self.rotate(terminal),
        }
    }

    fn rotate(&self, terminal: Terminal) -> Result<(), Failure> {
        let platform = locate::platform(Path::new("."), self.package.as_deref())?;
        let built = built(&platform)?;
        let mut command = program(&platform, &built.program, "secrets");
        command.arg("rotate");
        let answer = ask(command, None)?;
        let (sealed, unreadable) = (&answer["sealed"], answer["unreadable"].as_u64().unwrap_or(0));
        if self.json {
            terminal.json(&answer)?;
            return if unreadable == 0 { Ok(()) } else { Err(Failure::told(1)) };
        }
        if unreadable > 0 {
            let message =
                format!("{unreadable} texts were sealed with a key that is not known here; {sealed} are sealed anew");
            return Err(Failure::work(message, "name that key in APPOS_SECRET_KEYS_OLD, and call this again"));
        }
        let told = format!("{sealed} texts are sealed with the current key now; the old ones are no longer needed");
        terminal.line(&told)
    }
}

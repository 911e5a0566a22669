//! What can be asked of `cargo appos secrets`, and what it does with keys.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clap::{Args, Subcommand};
use serde_json::json;

use super::stored;
use crate::project::ask::{ask, program};
use crate::project::built::built;
use crate::project::locate;
use crate::project::outside::Asking;
use crate::terminal::{Failure, Terminal};

/// Arguments of `cargo appos secrets`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos secrets set PAYMENTS_KEY              asks for the secret of a connected system, without showing it
  cargo appos secrets set CERTIFICATE --file a.pem  the same from a file
  cargo appos secrets list                          which there are, and which are missing
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
    /// Store a secret of a connected system, or replace it; programs that serve use it with their next call
    #[command(
        after_help = "Examples:\n  cargo appos secrets set PAYMENTS_KEY\n  pass show payments | cargo appos secrets set PAYMENTS_KEY\n  cargo appos secrets set PAYMENTS_CERT --file client.pem\n\nThe secret is read from the file, else from the input, else asked for without showing it. It is no argument, which\neverybody on the machine could read. A line break at its end is no part of it."
    )]
    Set(Set),
    /// List the secrets that are stored, and those that connected systems need; never what they are
    #[command(
        after_help = "Examples:\n  cargo appos secrets list\n  cargo appos secrets list --json | jq -r '.secrets[] | select(.source == \"missing\").name'"
    )]
    List,
    /// Forget a stored secret; systems that need it use the environment variable of its name, or are called no more
    #[command(
        after_help = "Examples:\n  cargo appos secrets delete PAYMENTS_KEY\n  cargo appos secrets delete PAYMENTS_KEY --json"
    )]
    Delete(Named),
    /// Print a new key: 32 random bytes as base64
    #[command(
        after_help = "Examples:\n  cargo appos secrets key > /etc/acme/secret.key\n  cargo appos secrets key --json"
    )]
    Key,
    /// Seal with the current key what those of `APPOS_SECRET_KEYS_OLD` have sealed
    #[command(after_help = "Examples:\n  cargo appos secrets rotate\n  cargo appos secrets rotate --json")]
    Rotate,
}

#[derive(Debug, Args)]
pub(super) struct Named {
    /// Name of the secret, as `secret("..")` of the connected system has it
    pub(super) name: String,
}

#[derive(Debug, Args)]
pub(super) struct Set {
    #[command(flatten)]
    pub(super) named: Named,
    /// Read it from a file
    #[arg(long, value_name = "FILE")]
    pub(super) file: Option<PathBuf>,
}

impl Secrets {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let by = Asking { terminal, package: self.package.as_deref(), json: self.json };
        match &self.verb {
            Verb::Set(set) => stored::set(by, set),
            Verb::List => stored::list(by),
            Verb::Delete(named) => stored::delete(by, named),
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

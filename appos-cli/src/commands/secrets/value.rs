//! A secret as it is entered: from a file, from the input, or asked for without showing it. Never an argument, which
//! everybody on the machine can read.

use std::fmt;
use std::io::{self, IsTerminal, Read};
use std::path::Path;

use crate::terminal::{Failure, Terminal};

/// Most bytes that are read; more than a secret may have.
const LONGEST: u64 = 128 << 10;

/// A secret, which no debug text shows.
pub(super) struct Value(String);

impl Value {
    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

/// The secret called `name`.
pub(super) fn value(terminal: Terminal, name: &str, file: Option<&Path>) -> Result<Value, Failure> {
    let text = match file {
        Some(file) => {
            let shown = file.display();
            let opened = std::fs::File::open(file);
            let opened = opened.map_err(|error| Failure::work(format!("{shown} cannot be read: {error}"), ""))?;
            whole(opened, &shown.to_string())?
        }
        None if !io::stdin().is_terminal() => whole(io::stdin(), "the input")?,
        None if terminal.can_ask() => rpassword::prompt_password(format!("{name}: "))
            .map_err(|error| Failure::work(format!("the secret cannot be asked for: {error}"), ""))?,
        None => {
            let help = "write it to the input, or name a file: `--file key.txt`";
            return Err(Failure::usage("nobody can be asked for the secret", help));
        }
    };
    let text = text.trim_end_matches(['\r', '\n']);
    if text.is_empty() {
        let help = format!("`pass show .. | cargo appos secrets set {name}`, or `--file key.txt`");
        return Err(Failure::usage("the secret is empty; nothing was changed", help));
    }
    Ok(Value(text.to_owned()))
}

fn whole(from: impl Read, what: &str) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let read = from.take(LONGEST).read_to_end(&mut bytes);
    read.map_err(|error| Failure::work(format!("{what} cannot be read: {error}"), ""))?;
    // The error of the standard library would show the bytes in its debug text.
    String::from_utf8(bytes).map_err(|_| {
        Failure::usage(
            format!("{what} is no text"),
            "a secret is text in UTF-8; certificates and keys are given as PEM",
        )
    })
}

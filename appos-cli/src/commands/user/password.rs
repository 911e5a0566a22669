//! A password: asked for without showing it, or read from the input. Never an argument, which
//! everybody on the machine can read.

use std::fmt;
use std::io::Read;

use crate::terminal::{Failure, Terminal};

/// Most bytes that are read; more than a password may have.
const LONGEST: u64 = 4096;

/// A password, which no debug text shows.
pub(super) struct Secret(String);

impl Secret {
    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

/// The input, whole.
pub(super) fn read() -> Result<Secret, Failure> {
    let mut text = String::new();
    match std::io::stdin().take(LONGEST).read_to_string(&mut text) {
        Ok(0) => Err(Failure::usage("there is no password on the input", "write it there: `… | cargo appos user …`")),
        Ok(_) => Ok(Secret(text)),
        Err(error) => Err(Failure::work(format!("the password cannot be read: {error}"), "")),
    }
}

/// Asks twice. `None`: nothing was typed, where that is allowed.
pub(super) fn asked(terminal: Terminal, may_be_empty: bool) -> Result<Option<Secret>, Failure> {
    if !terminal.can_ask() {
        return Err(Failure::usage(
            "nobody can be asked for the password",
            "write it to the input: `--password-stdin`",
        ));
    }
    let ask = |question: &str| {
        let answer = rpassword::prompt_password(question);
        answer.map_err(|error| Failure::work(format!("the password cannot be asked for: {error}"), ""))
    };
    let first = ask(if may_be_empty { "Password (empty: none yet): " } else { "Password: " })?;
    if first.is_empty() && may_be_empty {
        return Ok(None);
    }
    if ask("The same again: ")? != first {
        return Err(Failure::work("the two are not the same; nothing was changed", ""));
    }
    Ok(Some(Secret(first)))
}

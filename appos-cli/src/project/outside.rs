//! What is asked of a project's program about connected systems.

use std::path::Path;

use serde::Deserialize;
use serde_json::Value as Json;

use super::ask::{ask, program, refused};
use super::built::built;
use super::locate;
use crate::terminal::{Failure, Terminal};

/// Who asks, of which platform, and whether for JSON.
#[derive(Clone, Copy)]
pub(crate) struct Asking<'a> {
    pub(crate) terminal: Terminal,
    pub(crate) package: Option<&'a str>,
    pub(crate) json: bool,
}

/// The program's answer. A refusal is printed already where JSON is wanted.
///
/// # Errors
/// It refuses, in its words, or does not build.
pub(crate) fn asked(by: Asking<'_>, verb: &str, input: &Json) -> Result<Json, Failure> {
    let package = by.package;
    let platform = locate::platform(Path::new("."), package)?;
    let built = built(&platform)?;
    let mut command = program(&platform, &built.program, "__outside");
    command.arg(verb);
    let answer = ask(command, Some(input.to_string().as_bytes()))?;
    if !answer["error"].is_object() {
        return Ok(answer);
    }
    if by.json {
        by.terminal.json(&answer)?;
        return Err(Failure::told(1));
    }
    Err(refused(&answer["error"]))
}

/// A part of an answer.
///
/// # Errors
/// It has another form.
pub(crate) fn read<T: for<'a> Deserialize<'a>>(json: &Json) -> Result<T, Failure> {
    T::deserialize(json).map_err(|error| Failure::work(format!("the program's answer cannot be read: {error}"), ""))
}

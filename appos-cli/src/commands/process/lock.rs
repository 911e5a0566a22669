//! `cargo appos process lock`: writes what `cargo appos check` compares the bodies of processes with.

use std::fs;

use serde_json::json;

use crate::check::{BODIES_FILE, bodies_in_words};
use crate::project::built::built;
use crate::project::locate::Platform;
use crate::terminal::{Failure, Terminal};

pub(super) fn lock(terminal: Terminal, platform: &Platform, as_json: bool) -> Result<(), Failure> {
    let text = bodies_in_words(&built(platform)?.manifest);
    let file = platform.folder().join(BODIES_FILE);
    let shown = file.strip_prefix(&platform.workspace).unwrap_or(&file).display().to_string();
    let written = fs::read_to_string(&file).ok();
    let failed = |error: std::io::Error| Failure::work(format!("{shown} cannot be written: {error}"), "");
    let done = match text {
        Some(text) if written.as_ref() == Some(&text) => "says so already",
        Some(text) => {
            fs::write(&file, text).map_err(failed)?;
            "wrote"
        }
        None if written.is_some() => {
            fs::remove_file(&file).map_err(failed)?;
            "removed"
        }
        None => "there are no processes",
    };
    if as_json {
        return terminal.json(&json!({ "file": shown, "wrote": done == "wrote", "removed": done == "removed" }));
    }
    terminal.line(&match done {
        "wrote" => format!("wrote {shown}"),
        "removed" => format!("removed {shown}: there are no processes any more"),
        "says so already" => format!("{shown} {done}"),
        _ => format!("{done}, and so no {shown}"),
    })
}

//! Source as the project wants it formatted.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// The text as rustfmt would leave it in this folder. Without rustfmt, or if it does not understand
/// the text, the text itself: it is as good to the compiler.
pub(crate) fn formatted(text: String, folder: &Path) -> String {
    rustfmt(&text, folder).unwrap_or(text)
}

fn rustfmt(text: &str, folder: &Path) -> Option<String> {
    // Of the folder, or the nearest above that is there: rustfmt looks for its settings from where it stands.
    let folder = folder.ancestors().find(|folder| folder.is_dir())?;
    let mut command = Command::new("rustfmt");
    command.args(["--edition", "2024"]).current_dir(folder);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    // rustfmt reads everything before it writes, so neither waits for the other.
    child.stdin.take()?.write_all(text.as_bytes()).ok()?;
    let output = child.wait_with_output().ok()?;
    let formatted = output.status.success().then(|| String::from_utf8(output.stdout).ok()).flatten()?;
    (!formatted.trim().is_empty()).then_some(formatted)
}

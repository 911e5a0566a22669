//! One run of cargo: what it built, or what the compiler reported.

use std::collections::BTreeSet;
use std::fs;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde::Deserialize;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::{Child, ChildStderr, ChildStdout, Command};

use crate::dev::state::{Report, Trouble};
use crate::project::cargo;
use crate::project::locate::Platform;
use crate::terminal::Failure;

/// Most of what cargo says beside the compiler's reports that is kept.
const LONGEST: usize = 64 * 1024;

/// A program that was built.
pub(in crate::dev) struct Built {
    pub(in crate::dev) program: PathBuf,
    /// What the compiler reported nevertheless.
    pub(in crate::dev) warnings: Vec<Report>,
    /// The files that it was made of.
    pub(in crate::dev) files: BTreeSet<PathBuf>,
}

/// A cargo that runs. Dropped, it ends with all it has started.
pub(in crate::dev) struct Build {
    child: Child,
    platform: Platform,
    /// Cargo's own progress is shown: the first build takes long.
    shows_progress: bool,
}

/// A message of cargo, as far as it matters here.
#[derive(Deserialize)]
struct Message {
    reason: String,
    #[serde(rename = "message")]
    compiler: Option<CompilerMessage>,
    executable: Option<PathBuf>,
    target: Option<Target>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct CompilerMessage {
    level: String,
    message: String,
    #[serde(default)]
    spans: Vec<Span>,
    rendered: Option<String>,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    line_start: u64,
    column_start: u64,
    is_primary: bool,
}

impl Build {
    /// Starts cargo.
    ///
    /// # Errors
    /// It cannot be started.
    pub(in crate::dev) fn start(platform: &Platform, shows_progress: bool) -> Result<Self, Failure> {
        let mut command = Command::from(cargo());
        command
            .args(["build", "--message-format", "json-diagnostic-rendered-ansi", "--bin", &platform.program])
            .arg("--manifest-path")
            .arg(&platform.manifest)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        // Its own group: what a terminal tells this program is not for it, and it ends whole.
        #[cfg(unix)]
        command.process_group(0);
        let shows_progress = shows_progress && std::io::stderr().is_terminal();
        if shows_progress {
            command.envs([
                ("CARGO_TERM_COLOR", "always"),
                ("CARGO_TERM_PROGRESS_WHEN", "always"),
                ("CARGO_TERM_PROGRESS_WIDTH", "80"),
            ]);
        }
        let child = command.spawn().map_err(|error| {
            Failure::work(format!("cargo cannot be started: {error}"), "install Rust: https://rustup.rs")
        })?;
        Ok(Self { child, platform: platform.clone(), shows_progress })
    }

    /// Waits for its end.
    pub(in crate::dev) async fn ended(&mut self) -> Result<Built, Trouble> {
        let (messages, said) = (self.child.stdout.take(), self.child.stderr.take());
        let shows_progress = self.shows_progress;
        let ((reports, program), said) =
            tokio::join!(read_messages(messages, &self.platform.program), read_words(said, shows_progress),);
        let status = self.child.wait().await;
        let package = &self.platform.package;
        match (status, program) {
            (Ok(status), Some(program)) if status.success() => {
                // What build scripts have made is made of files that are watched.
                let mut files = files_of(&program);
                files.retain(|file| !file.starts_with(&self.platform.target));
                Ok(Built { program, warnings: reports, files })
            }
            (Ok(status), None) if status.success() => Err(Trouble {
                code: "does_not_build",
                title: format!("cargo built `{package}` and did not say where it is"),
                errors: reports,
                output: said,
            }),
            (status, _) => {
                let why = status.err().map(|error| format!(": {error}")).unwrap_or_default();
                Err(Trouble {
                    code: "does_not_build",
                    title: format!("`{package}` does not build{why}"),
                    // What cargo counts is seen.
                    errors: reports,
                    output: said,
                })
            }
        }
    }
}

impl Drop for Build {
    fn drop(&mut self) {
        super::child::end_group(&self.child);
    }
}

async fn read_messages(output: Option<ChildStdout>, program: &str) -> (Vec<Report>, Option<PathBuf>) {
    let (mut reports, mut found) = (Vec::new(), None);
    let Some(output) = output else { return (reports, found) };
    let mut lines = BufReader::new(output).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        // Build scripts may print lines of their own.
        let Ok(message) = serde_json::from_str::<Message>(&line) else { continue };
        match (message.reason.as_str(), message.compiler) {
            ("compiler-message", Some(message)) => reports.extend(report(message)),
            ("compiler-artifact", _) if message.target.is_some_and(|target| target.name == program) => {
                found = message.executable.or(found);
            }
            _ => {}
        }
    }
    (reports, found)
}

/// A report with a place or a text of its own; what the compiler counts in the end is none.
fn report(message: CompilerMessage) -> Option<Report> {
    let CompilerMessage { level, message, spans, rendered } = message;
    let place = spans.into_iter().find(|span| span.is_primary);
    let is_count = place.is_none() && (message.starts_with("aborting due to") || message.ends_with("emitted"));
    if is_count || level == "failure-note" {
        return None;
    }
    Some(Report {
        rendered: rendered.unwrap_or_else(|| message.clone()),
        level,
        message,
        line: place.as_ref().map(|place| place.line_start),
        column: place.as_ref().map(|place| place.column_start),
        file: place.map(|place| place.file_name),
    })
}

/// What cargo says itself: shown while it is said, and kept for a page.
async fn read_words(said: Option<ChildStderr>, is_shown: bool) -> String {
    let mut kept = Vec::new();
    let Some(mut said) = said else { return String::new() };
    let mut buffer = [0; 4096];
    while let Ok(length @ 1..) = said.read(&mut buffer).await {
        if is_shown {
            // Nobody waits for it.
            let _ = std::io::stderr().write_all(&buffer[..length]);
        }
        kept.extend_from_slice(&buffer[..length]);
        let beyond = kept.len().saturating_sub(LONGEST);
        kept.drain(..beyond);
    }
    // A progress bar writes over its own line.
    let text = String::from_utf8_lossy(&kept).into_owned();
    text.lines().map(|line| line.rsplit('\r').next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The files of which cargo says that the program was made of them, also those that macros read.
fn files_of(program: &Path) -> BTreeSet<PathBuf> {
    let text = fs::read_to_string(program.with_extension("d")).unwrap_or_default();
    let Some((_, files)) = text.lines().next().and_then(|line| line.split_once(": ")) else { return BTreeSet::new() };
    // A space in a name stands behind a backslash.
    let files = files.replace("\\ ", "\u{0}");
    files.split(' ').map(|file| PathBuf::from(file.replace('\u{0}', " "))).filter(|file| file.is_file()).collect()
}

#[cfg(test)]
mod tests {
    use super::files_of;

    #[test]
    fn files_of_a_program_are_read_from_what_cargo_writes_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = |name: &str| folder.path().join(name);
        for name in ["a.rs", "b c.txt"] {
            std::fs::write(place(name), "").expect("a file");
        }
        let shown = |name: &str| place(name).display().to_string();
        let text = format!("{}: {} {} /nowhere.rs\n", shown("desk"), shown("a.rs"), shown("b\\ c.txt"));
        std::fs::write(place("desk.d"), text).expect("a file");
        let found: Vec<_> = files_of(&place("desk")).into_iter().collect();
        assert_eq!(found, [place("a.rs"), place("b c.txt")]);
    }
}

//! What the terminal is told: a few lines for a person, or an event a line as JSON.

use std::io::{self, Write};
use std::time::Duration;

use serde_json::{Value as Json, json};

use super::page::{place, plain};
use super::program::Stream;
use super::state::{Report, Trouble};
use crate::terminal::{Failure, Terminal, Tone};

/// Most logins that are shown.
const MOST: usize = 5;

/// Tells what happens.
#[derive(Clone, Copy)]
pub(super) struct Reporter {
    pub(super) terminal: Terminal,
    pub(super) json: bool,
}

fn seconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 100.0).round() / 100.0
}

impl Reporter {
    fn tell(self, event: &Json, text: &str) -> Result<(), Failure> {
        if self.json { self.terminal.line(&event.to_string()) } else { self.terminal.line(text) }
    }

    /// Where the proxy listens.
    pub(super) fn listens(self, package: &str, url: &str, is_open: bool) -> Result<(), Failure> {
        self.tell(&json!({ "event": "listening", "url": url }), &format!("{package} will answer at {url}"))?;
        if is_open && !self.json {
            self.terminal.line("  everybody on the network can read the compiler's messages, with lines of source")?;
        }
        Ok(())
    }

    /// A build begins.
    pub(super) fn builds(self, changed: &[String]) -> Result<(), Failure> {
        // Cargo's progress may stand there.
        self.terminal.progress("");
        let text = match changed {
            [] => "building".to_owned(),
            [only] => format!("changed: {only}"),
            [first, rest @ ..] => format!("changed: {first} and {} more", rest.len()),
        };
        self.tell(&json!({ "event": "building", "changed": changed }), &text)
    }

    /// What the compiler reported though it built.
    pub(super) fn warnings(self, warnings: &[Report]) -> Result<(), Failure> {
        if self.json && !warnings.is_empty() {
            return self.terminal.line(&json!({ "event": "warnings", "warnings": warnings }).to_string());
        }
        self.rendered(warnings);
        Ok(())
    }

    /// The program cannot run.
    pub(super) fn fails(self, trouble: &Trouble, time: Duration) -> Result<(), Failure> {
        let Trouble { code, title, errors, output } = trouble;
        if self.json {
            let event = if *code == "does_not_build" { "build_failed" } else { "crashed" };
            let event = json!({
                "event": event, "code": code, "title": title, "errors": errors, "output": plain(output),
                "seconds": seconds(time),
            });
            return self.terminal.line(&event.to_string());
        }
        self.rendered(errors);
        if errors.is_empty() && *code == "does_not_build" {
            // What a program printed before it ended was shown when it did.
            let _ = writeln!(io::stderr(), "{}", self.fit(output).trim_end());
        }
        let place = errors.iter().find(|report| report.level.starts_with("error")).and_then(place);
        let place = place.map(|place| format!(", {place}")).unwrap_or_default();
        let word = self.terminal.coloured(title, Tone::Red);
        let time = if *code == "does_not_build" { format!(" ({:.1} s)", time.as_secs_f64()) } else { String::new() };
        self.terminal.line(&format!("{word}{place}{time}; waiting for a change"))
    }

    /// The program answers.
    pub(super) fn runs(self, url: &str, is_first: bool, time: Duration) -> Result<(), Failure> {
        let event = json!({ "event": "ready", "url": url, "first": is_first, "seconds": seconds(time) });
        let word = if is_first { "ready" } else { "rebuilt" };
        let time = time.as_secs_f64();
        let after = if is_first { format!(" after {time:.1} s: {url}/") } else { format!(" in {time:.1} s") };
        self.tell(&event, &format!("{}{after}", self.terminal.coloured(word, Tone::Green)))
    }

    /// How somebody gets in.
    pub(super) fn link(self, is_setup: bool, url: &str) -> Result<(), Failure> {
        if is_setup {
            let event = json!({ "event": "setup_link", "url": url });
            self.tell(&event, &format!("  set up the first administrator: {url}"))
        } else {
            self.tell(&json!({ "event": "sign_in", "url": url }), &format!("  sign in: {url}"))
        }
    }

    /// Who can sign in.
    pub(super) fn users(self, answer: &Json) -> Result<(), Failure> {
        let all = answer["users"].as_array().map(Vec::as_slice).unwrap_or_default();
        let logins: Vec<&str> = all
            .iter()
            .filter(|user| user["active"] == true && user["password"] == true)
            .filter_map(|user| user["email"].as_str())
            .collect();
        if logins.is_empty() {
            return Ok(());
        }
        let more = logins.len().saturating_sub(MOST);
        let more = if more == 0 { String::new() } else { format!(" and {more} more: `cargo appos user list`") };
        let shown = logins.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
        self.tell(&json!({ "event": "users", "logins": logins }), &format!("  users: {shown}{more}"))
    }

    /// What the program printed.
    pub(super) fn line(self, text: &str, stream: Stream) -> Result<(), Failure> {
        if self.json {
            let stream = if stream == Stream::Out { "stdout" } else { "stderr" };
            return self.terminal.line(&json!({ "event": "output", "stream": stream, "line": text }).to_string());
        }
        match stream {
            Stream::Out => self.terminal.line(text),
            Stream::Err => {
                // Nobody waits for it.
                let _ = writeln!(io::stderr(), "{text}");
                Ok(())
            }
        }
    }

    /// It is over.
    pub(super) fn stopped(self) -> Result<(), Failure> {
        self.tell(&json!({ "event": "stopped" }), "stopped")
    }

    /// Reports as cargo shows them.
    fn rendered(self, reports: &[Report]) {
        for report in reports {
            // Nobody waits for it.
            let _ = writeln!(io::stderr(), "{}", self.fit(&report.rendered).trim_end());
        }
    }

    fn fit(self, text: &str) -> String {
        if self.terminal.colours_errors() { text.to_owned() } else { plain(text) }
    }
}

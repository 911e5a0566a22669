//! Shows lines: as they are, or as columns that people read.

use std::fmt::Write;

use serde_json::Value as Json;

use super::folder::LogFile;
use super::line::Line;
use super::moment::{Zone, show_duration};
use crate::escape::{escaped, escaped_json};
use crate::terminal::{Failure, Terminal};

/// Rows from which the widths of columns are taken.
const FIRST: usize = 500;
/// Bytes that are printed at once.
const PART: usize = 64 << 10;
/// Widest columns, but for the last.
const WIDEST: usize = 44;
/// Signs of an execution's id that are shown: enough for `cargo appos trace`.
const OF_ID: usize = 18;

const HEADER: [&str; 7] = ["Time", "Result", "Duration", "User", "Object", "Execution", "Message"];

/// Shows lines on a terminal.
pub(crate) struct Shown {
    terminal: Terminal,
    zone: Zone,
    is_json: bool,
    /// Rows that wait for the widths of columns.
    waiting: Vec<[String; 7]>,
    widths: Option<[usize; 7]>,
    /// What is not printed yet.
    text: String,
    lines: u64,
}

impl Shown {
    pub(crate) fn new(terminal: Terminal, zone: Zone, is_json: bool) -> Self {
        Self { terminal, zone, is_json, waiting: Vec::new(), widths: None, text: String::new(), lines: 0 }
    }

    /// How many were shown.
    pub(crate) fn lines(&self) -> u64 {
        self.lines
    }

    /// Shows a line; answers whether somebody still reads.
    ///
    /// # Errors
    /// The output cannot be written.
    pub(crate) fn line(&mut self, file: &LogFile, bytes: &[u8]) -> Result<bool, Failure> {
        self.lines += 1;
        if self.is_json {
            self.text.push_str(&escaped_json(&String::from_utf8_lossy(bytes)));
            self.text.push('\n');
        } else if let Some(row) = row(file, bytes, self.zone) {
            self.waiting.push(row);
            if self.widths.is_some() || self.waiting.len() >= FIRST {
                self.rows();
            }
        }
        if self.text.len() < PART { Ok(true) } else { self.print() }
    }

    /// Prints what is not printed yet; answers whether somebody still reads.
    ///
    /// # Errors
    /// The output cannot be written.
    pub(crate) fn flush(&mut self) -> Result<bool, Failure> {
        self.rows();
        self.print()
    }

    fn print(&mut self) -> Result<bool, Failure> {
        let text = std::mem::take(&mut self.text);
        if text.is_empty() { Ok(true) } else { self.terminal.write(&text) }
    }

    fn rows(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let widths = match self.widths {
            Some(widths) => widths,
            None => {
                let widths = widths(&self.waiting);
                self.widths = Some(widths);
                let header = laid_out(&HEADER.map(str::to_owned), &widths);
                let (bold, plain) = if self.terminal.colours() { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
                self.text.extend([bold, &header, plain, "\n"]);
                widths
            }
        };
        for row in std::mem::take(&mut self.waiting) {
            let line = laid_out(&row, &widths);
            if self.terminal.colours() {
                self.text.push_str(&coloured(&line, &row, &widths));
            } else {
                self.text.push_str(&line);
            }
            self.text.push('\n');
        }
    }
}

fn widths(rows: &[[String; 7]]) -> [usize; 7] {
    let mut widths = HEADER.map(str::len);
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count()).min(WIDEST);
        }
    }
    widths
}

fn laid_out(row: &[String; 7], widths: &[usize; 7]) -> String {
    let mut line = String::new();
    for (index, (cell, width)) in row.iter().zip(widths).enumerate() {
        let padding = width.saturating_sub(cell.chars().count());
        let (before, after) = match index {
            2 => (padding, 2),
            6 => (0, 0),
            _ => (0, padding + 2),
        };
        line.extend(std::iter::repeat_n(' ', before));
        line.push_str(cell);
        line.extend(std::iter::repeat_n(' ', after));
    }
    line.trim_end().to_owned()
}

/// The time less bright, the result in the colour of how bad it is.
fn coloured(line: &str, row: &[String; 7], widths: &[usize; 7]) -> String {
    let colour = colour_of(&row[1]);
    let time = widths[0] + 2;
    let (Some((time, rest)), length) = (line.split_at_checked(time), row[1].len()) else { return line.to_owned() };
    let Some((result, rest)) = rest.split_at_checked(length) else { return line.to_owned() };
    format!("\x1b[2m{time}\x1b[0m{colour}{result}\x1b[0m{rest}")
}

/// The colour of a result.
pub(super) fn colour_of(result: &str) -> &'static str {
    match result {
        "ok" => "\x1b[32m",
        "failed" | "panicked" | "timed_out" | "lost" => "\x1b[1;31m",
        "denied" | "not_found" | "invalid" | "conflict" | "cancelled" | "refused" => "\x1b[33m",
        action if action.ends_with("_failed") || action.ends_with("_throttled") => "\x1b[33m",
        _ => "\x1b[36m",
    }
}

pub(super) fn row(file: &LogFile, bytes: &[u8], zone: Zone) -> Option<[String; 7]> {
    let line = Line::read(bytes)?;
    let json: Json = serde_json::from_slice(bytes).ok()?;
    let user = line.user().map(str::to_owned).or_else(|| line.user_id.map(|id| format!("#{id}")));
    let object = match (line.object_ref(), line.operation()) {
        (Some(object), Some("call") | None) => object.to_owned(),
        (Some(object), Some(operation)) => format!("{object} {operation}"),
        (None, Some(operation)) => operation.to_owned(),
        (None, None) => "-".to_owned(),
    };
    let result = line.outcome().or(line.action()).map_or_else(|| text_of(&json, "event"), str::to_owned);
    let duration = json["duration_us"].as_f64().map(show_duration).unwrap_or_default();
    let id: String = line.execution_id().unwrap_or_default().chars().take(OF_ID).collect();
    let cells = [result, duration, user.unwrap_or_default(), object, id, message(file, &json)];
    let [result, duration, user, object, id, message] = cells.map(|cell| escaped(&cell).into_owned());
    Some([zone.show(line.at_us), result, duration, user, object, id, message])
}

fn text_of(json: &Json, key: &str) -> String {
    json[key].as_str().unwrap_or_default().to_owned()
}

/// What a line says beside its columns.
fn message(file: &LogFile, json: &Json) -> String {
    if json["event"] == "lost" {
        return format!(
            "{} events found the queue full and are not in the log, {} since the start",
            json["count"], json["total"]
        );
    }
    match file.category {
        "security" => {
            let texts = ["permission", "detail", "address"].into_iter().map(|key| text_of(json, key));
            texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("  ")
        }
        "performance" => {
            let time = json["query_us"].as_f64().map(show_duration).unwrap_or_default();
            if json["queries"] == 0 { String::new() } else { format!("{} queries, {time}", json["queries"]) }
        }
        _ if json["error"].is_object() => error(&json["error"]),
        // What was refused before it came to an object is known by its path.
        _ if json["object_ref"].is_null() => {
            let arguments = &json["arguments"];
            format!("{} {}", text_of(arguments, "method"), text_of(arguments, "path")).trim().to_owned()
        }
        _ => String::new(),
    }
}

/// An error in a line.
pub(super) fn error(error: &Json) -> String {
    let mut text = format!("{}: {}", text_of(error, "code"), text_of(error, "message"));
    for field in error["fields"].as_array().into_iter().flatten() {
        // Writing to a text cannot fail.
        let _ = write!(text, "; {}: {}", text_of(field, "field"), text_of(field, "message"));
    }
    if let Some(cause) = error["cause"].as_str() {
        let _ = write!(text, " ({cause})");
    }
    text
}

//! All printing: tables, JSON, failures, colours, exit codes.

use std::env;
use std::ffi::OsString;
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::{ColorChoice, ValueEnum};
use comfy_table::{Attribute, Cell, ContentArrangement, Table, presets};
use serde::Serialize;

use crate::escape::escaped_json;

/// Why a command did not do what it was asked for.
#[derive(Debug)]
pub struct Failure {
    message: String,
    help: String,
    code: u8,
    is_of_build: bool,
}

impl Failure {
    /// It was asked for in a wrong way: exit code 2.
    pub fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into(), code: 2, is_of_build: false }
    }

    /// The work failed: exit code 1.
    pub fn work(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into(), code: 1, is_of_build: false }
    }

    /// The program that was called has said everything already.
    pub fn told(code: u8) -> Self {
        Self { message: String::new(), help: String::new(), code, is_of_build: false }
    }

    /// The same with another way out, unless it has one.
    #[must_use]
    pub fn with_help(self, help: impl Into<String>) -> Self {
        let help = if self.help.is_empty() { help.into() } else { self.help };
        Self { help, ..self }
    }

    /// The project does not build, which the compiler has explained: exit code 1.
    pub(crate) fn of_build(message: impl Into<String>) -> Self {
        Self { is_of_build: true, ..Self::work(message, "") }
    }

    /// True if the project does not build.
    pub(crate) fn is_of_build(&self) -> bool {
        self.is_of_build
    }

    /// What happened.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// The way out; "" if there is none.
    pub(crate) fn help(&self) -> &str {
        &self.help
    }

    /// The exit code.
    pub fn exit_code(&self) -> u8 {
        self.code
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if self.help.is_empty() { Ok(()) } else { write!(f, "\n  help: {}", self.help) }
    }
}

impl std::error::Error for Failure {}

/// What a word means, at a glance.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Tone {
    Green,
    Yellow,
    Red,
}

/// Whether output is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Also into files and pipes
    Always,
    /// Nowhere
    Never,
}

impl Colour {
    /// What is asked for, before anything else of a command line is understood: also what is said of
    /// its mistakes is coloured or not.
    pub(crate) fn asked(arguments: &[OsString]) -> Self {
        let words = || arguments.iter().map_while(|word| word.to_str().filter(|word| *word != "--"));
        let after = words().zip(words().skip(1)).find(|(word, _)| *word == "--color").map(|(_, value)| value);
        let joined = words().find_map(|word| word.strip_prefix("--color="));
        joined.or(after).and_then(|value| Self::from_str(value, false).ok()).unwrap_or_default()
    }
}

impl From<Colour> for ColorChoice {
    fn from(colour: Colour) -> Self {
        match colour {
            Colour::Auto => Self::Auto,
            Colour::Always => Self::Always,
            Colour::Never => Self::Never,
        }
    }
}

/// Where output goes, and whether it may be coloured and folded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terminal {
    /// Someone reads the output as it is, so long cells are folded.
    interactive: bool,
    colours: bool,
    error_colours: bool,
}

impl Terminal {
    pub(crate) fn detect() -> Self {
        let wanted = env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            && env::var_os("TERM").is_none_or(|term| term != "dumb");
        let interactive = io::stdout().is_terminal();
        Self { interactive, colours: wanted && interactive, error_colours: wanted && io::stderr().is_terminal() }
    }

    /// The same with colours as they are asked for.
    #[must_use]
    pub(crate) fn with(self, colour: Colour) -> Self {
        match colour {
            Colour::Auto => self,
            Colour::Always => Self { colours: true, error_colours: true, ..self },
            Colour::Never => Self { colours: false, error_colours: false, ..self },
        }
    }

    /// True if the output may be coloured.
    pub(crate) fn colours(self) -> bool {
        self.colours
    }

    /// A part of more to come; false if nobody reads any more.
    #[expect(clippy::unused_self, reason = "all printing goes through the terminal")]
    pub(crate) fn write(self, text: &str) -> Result<bool, Failure> {
        write(text)
    }

    /// A table; one line a row unless a person reads it.
    pub(crate) fn table<const N: usize>(
        self,
        header: [&str; N],
        rows: impl Iterator<Item = [String; N]>,
    ) -> Result<(), Failure> {
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        let folded = if self.interactive { ContentArrangement::Dynamic } else { ContentArrangement::Disabled };
        table.set_content_arrangement(folded);
        let bold = |cell: Cell| if self.colours { cell.add_attribute(Attribute::Bold) } else { cell };
        table.set_header(header.map(|name| bold(Cell::new(name))));
        for row in rows {
            table.add_row(row);
        }
        for column in table.column_iter_mut() {
            column.set_padding((0, 2));
        }
        let mut text = String::new();
        for line in table.lines() {
            text.push_str(line.trim_end());
            text.push('\n');
        }
        print(&text)
    }

    /// Lines that end as they should.
    #[expect(clippy::unused_self, reason = "all printing goes through the terminal")]
    pub(crate) fn text(self, text: &str) -> Result<(), Failure> {
        print(text)
    }

    /// A line.
    #[expect(clippy::unused_self, reason = "all printing goes through the terminal")]
    pub(crate) fn line(self, text: &str) -> Result<(), Failure> {
        print(&format!("{text}\n"))
    }

    /// Says on the error stream what is waited for, in place of what was said before; only to a
    /// person. Nothing is left of it after an empty text.
    #[expect(clippy::unused_self, reason = "all printing goes through the terminal")]
    pub(crate) fn progress(self, text: &str) {
        if io::stderr().is_terminal() && env::var_os("TERM").is_none_or(|term| term != "dumb") {
            // Nobody waits for this line.
            let _ = write!(io::stderr(), "\r\x1b[K{text}{}", if text.is_empty() { "" } else { " …" });
            let _ = io::stderr().flush();
        }
    }

    /// True if the error stream takes colours.
    pub(crate) fn colours_errors(self) -> bool {
        self.error_colours
    }

    /// A text in a colour, where colours are shown.
    pub(crate) fn coloured(self, text: &str, tone: Tone) -> String {
        if !self.colours {
            return text.to_owned();
        }
        let code = match tone {
            Tone::Green => 32,
            Tone::Yellow => 33,
            Tone::Red => 31,
        };
        format!("\x1b[1;{code}m{text}\x1b[0m")
    }

    /// True if somebody can answer questions.
    pub(crate) fn can_ask(self) -> bool {
        self.interactive && io::stdin().is_terminal()
    }

    /// Asks a question that is answered by yes or no; no, if nobody can answer.
    pub(crate) fn confirm(self, question: &str) -> bool {
        if !self.can_ask() {
            return false;
        }
        let mut answer = String::new();
        let asked = write!(io::stderr(), "{question} [y/N] ").and_then(|()| io::stdin().read_line(&mut answer));
        asked.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes")
    }

    /// JSON, indented.
    #[expect(clippy::unused_self, reason = "JSON looks the same on every terminal; callers need not know")]
    pub(crate) fn json(self, value: &impl Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(value).map_err(|error| Failure::work(error.to_string(), ""))?;
        // Texts of others are in it.
        print(&(text.split('\n').map(escaped_json).collect::<Vec<_>>().join("\n") + "\n"))
    }

    /// Says why a command failed, and gives its exit code.
    pub(crate) fn finish(self, result: Result<(), Failure>) -> ExitCode {
        let Err(failure) = result else { return ExitCode::SUCCESS };
        if failure.message.is_empty() {
            return ExitCode::from(failure.code);
        }
        let (red, plain) = if self.error_colours { ("\x1b[1;31m", "\x1b[0m") } else { ("", "") };
        // Nobody left to tell if this fails.
        let _ = writeln!(io::stderr(), "{red}error{plain}: {failure}");
        ExitCode::from(failure.code)
    }
}

/// Writes to the output; a reader that has seen enough (`| head`) is no failure.
fn print(text: &str) -> Result<(), Failure> {
    write(text).map(|_| ())
}

fn write(text: &str) -> Result<bool, Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Failure::work(format!("the output cannot be written: {error}"), "")),
        Ok(()) => Ok(true),
    }
}

/// The name most like a mistyped one.
pub(crate) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|known| (strsim::jaro_winkler(known, name), known))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| known)
}

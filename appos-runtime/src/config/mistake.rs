//! What is wrong in a configuration, where, and how it is written correctly.

use std::error::Error;
use std::fmt;

use crate::error::AppOsError;

/// One mistake in a configuration file or environment variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigMistake {
    /// The file, or `environment variable NAME`.
    pub file: String,
    /// Line, from 1.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// The correct form.
    pub help: Option<String>,
}

impl fmt::Display for ConfigMistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
            if let Some(column) = self.column {
                write!(f, ":{column}")?;
            }
        }
        write!(f, ": {}", self.message)?;
        if let Some(help) = &self.help {
            write!(f, "\n  help: {help}")?;
        }
        Ok(())
    }
}

/// Every mistake of a configuration; never empty.
///
/// Displays one block per mistake:
///
/// ```
/// use appos_runtime::config::AppConfig;
/// let errors = AppConfig::parse("name: crm\nlangages: [en]\n", "app.yaml").unwrap_err();
/// assert_eq!(errors.to_string(), "app.yaml:2:1: unknown key `langages`\n  help: write `languages`");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigErrors(pub Vec<ConfigMistake>);

impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, mistake) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            fmt::Display::fmt(mistake, f)?;
        }
        Ok(())
    }
}

impl Error for ConfigErrors {}

impl From<ConfigErrors> for AppOsError {
    fn from(errors: ConfigErrors) -> Self {
        Self::validation(errors.to_string()).code_is("config")
    }
}

/// A line and column of the file that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// What is wrong with a value; becomes a mistake once its place is known.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) message: String,
    pub(super) help: String,
    /// Where, if not at the value as a whole.
    pub(super) place: Option<Place>,
}

impl Wrong {
    pub(super) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into(), place: None }
    }

    pub(super) fn at(self, place: Option<Place>) -> Self {
        Self { place, ..self }
    }
}

/// Gathers the mistakes of one file.
pub(super) struct Mistakes {
    file: String,
    found: Vec<ConfigMistake>,
}

impl Mistakes {
    pub(super) fn of(file: &str) -> Self {
        Self { file: file.to_owned(), found: Vec::new() }
    }

    /// A mistake at `place`, unless the mistake knows better.
    pub(super) fn add(&mut self, place: Place, wrong: Wrong) {
        self.push(Some(wrong.place.unwrap_or(place)), wrong);
    }

    pub(super) fn add_all(&mut self, place: Place, wrongs: Vec<Wrong>) {
        for wrong in wrongs {
            self.add(place, wrong);
        }
    }

    /// A mistake of the file as a whole.
    pub(super) fn add_whole(&mut self, wrong: Wrong) {
        self.push(None, wrong);
    }

    fn push(&mut self, place: Option<Place>, wrong: Wrong) {
        self.found.push(ConfigMistake {
            file: self.file.clone(),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            message: wrong.message,
            help: Some(wrong.help).filter(|help| !help.is_empty()),
        });
    }

    pub(super) fn count(&self) -> usize {
        self.found.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The mistakes in the order of the file.
    pub(super) fn into_list(mut self) -> Vec<ConfigMistake> {
        self.found.sort_by_key(|mistake| (mistake.line, mistake.column));
        self.found
    }
}

/// The name among `known` that was probably meant.
pub(crate) fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&written, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= (name.chars().count() / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// The mistake of a key that does not exist among `known`.
pub(super) fn unknown_key(key: &str, known: &[&str]) -> Wrong {
    let help = match nearest(key, known.iter().copied()) {
        Some(near) => format!("write `{near}`"),
        None => format!("known keys are {}", listed(known)),
    };
    Wrong::new(format!("unknown key `{}`", shown(key)), help)
}

/// Names for a message: `a`, `b` and `c`.
pub(super) fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => "none".to_owned(),
    }
}

/// Text of a file in a message: short and without control characters.
pub(super) fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(60).flat_map(char::escape_debug).collect();
    if text.chars().nth(60).is_some() {
        shown.push('…');
    }
    shown
}

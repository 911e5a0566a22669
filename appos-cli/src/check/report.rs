//! The findings of a project, and how they are shown: as text with the line of source, and as JSON.

use std::collections::HashMap;
use std::fmt::Write;
use std::fs;

use serde_json::{Value as Json, json};

use super::allow::{Allowed, apply};
use super::codes::NOT_BUILT;
use super::finding::{Finding, Place};
use super::rules;
use super::subject::Subject;
use crate::project::built::built;
use crate::project::locate::Platform;
use crate::terminal::Failure;

/// Version of the JSON form; grows when a field changes its meaning.
const FORMAT: u32 = 1;

/// All that was found.
pub(crate) struct Report {
    findings: Vec<Finding>,
    allowed: Vec<Allowed>,
    objects: usize,
    apps: usize,
    is_built: bool,
    /// Files that findings point into, by name.
    sources: HashMap<String, String>,
}

impl Report {
    /// Builds a project and looks at it.
    ///
    /// # Errors
    /// It cannot be looked at; that it does not compile is a finding.
    pub(crate) fn of(platform: &Platform) -> Result<Self, Failure> {
        let built = match built(platform) {
            Ok(built) => built,
            Err(failure) if failure.is_of_build() => return Ok(Self::not_built(platform)),
            Err(failure) => return Err(failure),
        };
        let subject = Subject::of(platform, &built)?;
        let mut found = Vec::new();
        for rule in rules::ALL {
            found.extend(rule(&subject)?);
        }
        let (mut findings, allowed) = apply(&subject, found);
        findings.sort_by(|one, other| {
            let key = |finding: &Finding| (finding.code.weight, finding.place.clone(), finding.code.name);
            key(one).cmp(&key(other)).then_with(|| one.message.cmp(&other.message))
        });
        let files = findings.iter().filter_map(|finding| finding.place.as_ref());
        let sources = files
            .map(|place| {
                (place.file.clone(), fs::read_to_string(platform.workspace.join(&place.file)).unwrap_or_default())
            })
            .collect();
        let apps = subject.manifest.apps.len();
        let is_own = |app: &str| subject.app(app).is_some();
        let objects = subject.manifest.objects.iter().filter(|object| is_own(&object.app)).count();
        Ok(Self { findings, allowed, objects, apps, is_built: true, sources })
    }

    /// What is wrong was said by the compiler, on the error stream.
    fn not_built(platform: &Platform) -> Self {
        let message = format!("`{}` does not compile, so nothing else was looked at", platform.package);
        let findings = vec![Finding::new(NOT_BUILT, message, "mend what the compiler says above")];
        Self { findings, allowed: Vec::new(), objects: 0, apps: 0, is_built: false, sources: HashMap::new() }
    }

    /// Errors and warnings.
    pub(crate) fn counts(&self) -> (usize, usize) {
        let errors = self.findings.iter().filter(|finding| finding.is_error()).count();
        (errors, self.findings.len() - errors)
    }

    /// As JSON.
    pub(crate) fn json(&self) -> Json {
        let (errors, warnings) = self.counts();
        let findings: Vec<Json> = self.findings.iter().map(as_json).collect();
        let allowed = self.allowed.iter().map(|allowed| {
            let mut json = as_json(&allowed.finding);
            json["reason"] = allowed.reason.clone().into();
            json
        });
        json!({
            "format": FORMAT,
            "built": self.is_built,
            "errors": errors,
            "warnings": warnings,
            "findings": findings,
            "allowed": allowed.collect::<Vec<_>>(),
        })
    }

    /// As text.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for finding in &self.findings {
            self.show(finding, &mut text);
        }
        let (errors, warnings) = self.counts();
        let allowed = match self.allowed.len() {
            0 => String::new(),
            number => format!(", {number} allowed"),
        };
        if self.findings.is_empty() {
            let what = format!("{} of {}", counted(self.objects, "object"), counted(self.apps, "app"));
            let _ = writeln!(text, "nothing is wrong with {what}{allowed}");
        } else {
            let example = self.findings[0].code.name;
            let numbers = format!("{}, {}{allowed}", counted(errors, "error"), counted(warnings, "warning"));
            let _ = writeln!(text, "{numbers}; `cargo appos check --explain {example}` tells more");
        }
        text
    }

    fn show(&self, finding: &Finding, text: &mut String) {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{}[{}]: {}", finding.code.weight.as_str(), finding.code.name, finding.message);
        let margin = finding.place.as_ref().map_or(0, |place| self.show_place(place, text));
        for (index, line) in finding.help.lines().enumerate() {
            let sign = if index == 0 { "= help:" } else { "       " };
            let _ = writeln!(text, "{:margin$} {sign} {line}", "");
        }
        text.push('\n');
    }

    /// Shows the line, and answers how wide its number is.
    fn show_place(&self, place: &Place, text: &mut String) -> usize {
        let Some(at) = place.at else {
            let _ = writeln!(text, "  --> {}", place.file);
            return 2;
        };
        let number = at.line.to_string();
        let width = number.len();
        let _ = writeln!(text, "{:width$}--> {}:{}:{}", "", place.file, at.line, at.column);
        let line = self.sources.get(&place.file).and_then(|source| source.lines().nth(at.line - 1));
        if let Some(line) = line.filter(|line| !line.trim().is_empty()) {
            let before: String = line.chars().take(at.column - 1).map(|c| if c == '\t' { c } else { ' ' }).collect();
            let marks = "^".repeat(length(line.chars().skip(at.column - 1)));
            let _ = writeln!(text, "{:width$} |\n{number} | {line}\n{:width$} | {before}{marks}", "", "");
        }
        width
    }
}

/// How long the word or text is that begins here.
fn length(rest: impl Iterator<Item = char>) -> usize {
    let mut rest = rest.peekable();
    if rest.next_if_eq(&'"').is_some() {
        return 2 + rest.take_while(|c| *c != '"').count();
    }
    rest.take_while(|c| c.is_alphanumeric() || *c == '_').count().max(1)
}

fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn as_json(finding: &Finding) -> Json {
    let at = finding.place.as_ref().and_then(|place| place.at);
    json!({
        "code": finding.code.name,
        "severity": finding.code.weight.as_str(),
        "message": finding.message,
        "help": finding.help,
        "file": finding.place.as_ref().map(|place| &place.file),
        "line": at.map(|at| at.line),
        "column": at.map(|at| at.column),
        "object": finding.object,
        "app": finding.app,
    })
}

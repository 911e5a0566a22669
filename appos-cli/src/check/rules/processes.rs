//! Whether the bodies of processes are those with which instances have begun, as `processes.lock` knows them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::{fs, io};

use appos_codegen::shape;
use quote::ToTokens;
use syn::ItemFn;
use syn::visit::{self, Visit};

use crate::check::bodies::{Body, FILE, Key, Written, bodies, read};
use crate::check::codes::{BODY, BODY_GONE, UNKNOWN_BODY};
use crate::check::finding::{Finding, Place};
use crate::check::subject::Subject;
use crate::impact::Position;
use crate::terminal::Failure;

/// Differences, and processes, that are shown; more would hide what else was found.
const SHOWN: usize = 20;

const ACCEPT: &str = "`cargo appos process lock`";

pub(super) fn changed_bodies(subject: &Subject<'_>) -> Result<Vec<Finding>, Failure> {
    let now = bodies(subject.manifest);
    let path = subject.platform.folder().join(FILE);
    let file = subject.shown(&path);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let message =
                "nobody is told when the body of a process changes under its instances: there is no processes.lock";
            let help = format!("run {ACCEPT}, and commit the file");
            let none = (!now.is_empty()).then(|| Finding::new(UNKNOWN_BODY, message, help));
            return Ok(none.into_iter().collect());
        }
        Err(error) => return Err(Failure::work(format!("{file}: {error}"), "")),
    };
    let at = |line: usize| Some(Place::new(&file, Position { line, column: 1 }));
    let written = match read(&text) {
        Ok(written) => written,
        Err(line) => {
            let message = format!("{FILE} cannot be understood here");
            let help = format!("take the file of the last commit back, or write it anew: {ACCEPT}");
            return Ok(vec![Finding::new(UNKNOWN_BODY, message, help).at(at(line))]);
        }
    };
    let mut findings: Vec<Finding> = now
        .iter()
        .filter_map(|(key, body)| {
            let written = written.get(key).filter(|written| written.shape != body.shape)?;
            Some(changed(subject, (key, body), written))
        })
        .collect();
    let gone = written.iter().filter(|(key, _)| !now.contains_key(key));
    findings.extend(gone.map(|(key, written)| is_gone(key, now.keys()).at(at(written.line))));
    findings.extend(unknown(&now, &written).map(|finding| finding.at(Some(Place { file: file.clone(), at: None }))));
    Ok(findings)
}

fn changed(subject: &Subject<'_>, (key, body): (&Key, &Body<'_>), written: &Written) -> Finding {
    let (process, version) = key;
    let differences = differences(&written.shape, &body.shape);
    let mut message = format!(
        "version {version} of {process} does not come by what {FILE} has (+ came, - went, ~ moved): instances that began \
         with that would be put aside"
    );
    for Difference { sign, text, .. } in differences.iter().take(SHOWN) {
        let _ = write!(message, "\n  {sign} {text}");
    }
    if let Some(left) = differences.len().checked_sub(SHOWN).filter(|left| *left > 0) {
        let _ = write!(message, "\n  and {left} more");
    }
    let name = process.rsplit('.').next().unwrap_or_default();
    let help = if body.is_earlier {
        format!("put the body back: older instances end with it; or, if there is none any more, accept it: {ACCEPT}")
    } else {
        format!(
            "write `version = {}`, and the old body beside it with `version = {version}, earlier_of = processes::{name}`; \
             or, if no instance has begun with that, accept it: {ACCEPT}",
            version.saturating_add(1)
        )
    };
    let reference = &body.object.reference;
    let first = differences.iter().find_map(|difference| difference.now);
    let place = first.and_then(|line| call_place(subject, body, line)).or_else(|| subject.place(reference));
    Finding::new(BODY, message, help).at(place).of_object(&body.object.app, reference)
}

fn is_gone<'a>((process, version): &Key, mut now: impl Iterator<Item = &'a Key>) -> Finding {
    let message = format!(
        "{FILE} has version {version} of {process}, and the code does not: instances that began with it \
         would be put aside"
    );
    let name = process.rsplit('.').next().unwrap_or_default();
    let help = if now.any(|(other, _)| other == process) {
        format!(
            "write it again, with `version = {version}, earlier_of = processes::{name}`; or, if no instance of it is left, accept that: {ACCEPT}"
        )
    } else {
        format!("write the process again; or, if no instance of it is left, accept that: {ACCEPT}")
    };
    Finding::new(BODY_GONE, message, help)
}

/// What the file does not have yet: of that nobody would be told.
fn unknown(now: &BTreeMap<Key, Body<'_>>, written: &BTreeMap<Key, Written>) -> Option<Finding> {
    let missing: Vec<&Key> = now.keys().filter(|key| !written.contains_key(key)).collect();
    if missing.is_empty() {
        return None;
    }
    let mut message = format!("{FILE} lacks what instances may begin with from now on");
    for (process, version) in missing.iter().take(SHOWN) {
        let _ = write!(message, "\n  + {process} {version}");
    }
    if let Some(left) = missing.len().checked_sub(SHOWN).filter(|left| *left > 0) {
        let _ = write!(message, "\n  and {left} more");
    }
    Some(Finding::new(UNKNOWN_BODY, message, format!("run {ACCEPT}, and commit the file")))
}

/// A call that is not where it was.
#[derive(Debug, PartialEq, Eq)]
struct Difference {
    sign: char,
    text: String,
    /// Its line in the shape of now.
    now: Option<usize>,
}

/// What came, went and moved, in the order of the body.
fn differences(before: &[String], after: &[String]) -> Vec<Difference> {
    // Length of what both have in common from these places on.
    let width = after.len() + 1;
    let mut common = vec![0_usize; (before.len() + 1) * width];
    for (i, old) in before.iter().enumerate().rev() {
        for (j, new) in after.iter().enumerate().rev() {
            common[i * width + j] = if old == new {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let mut all = Vec::new();
    let (mut i, mut j) = (0, 0);
    loop {
        match (before.get(i), after.get(j)) {
            (Some(old), Some(new)) if old == new => (i, j) = (i + 1, j + 1),
            (Some(old), new) if new.is_none() || common[(i + 1) * width + j] >= common[i * width + j + 1] => {
                all.push(Difference { sign: '-', text: old.trim_start().to_owned(), now: None });
                i += 1;
            }
            (_, Some(new)) => {
                all.push(Difference { sign: '+', text: new.trim_start().to_owned(), now: Some(j) });
                j += 1;
            }
            (_, None) => break,
        }
    }
    // What went here and came there has moved.
    for at in 0..all.len() {
        if all[at].sign == '+'
            && let Some(other) = all.iter().position(|other| other.sign == '-' && other.text == all[at].text)
        {
            all[at].sign = '~';
            all[other].sign = ' ';
        }
    }
    all.retain(|difference| difference.sign != ' ');
    all
}

/// Where a call of a body is written, if the source says the same as the program.
fn call_place(subject: &Subject<'_>, body: &Body<'_>, line: usize) -> Option<Place> {
    let place = subject.place(&body.object.reference)?;
    let file = subject.files.iter().find(|file| file.name == place.file)?;
    let mut search = Search { name: place.at?, found: None };
    search.visit_file(&file.syntax);
    let lines = shape(&search.found?.block.to_token_stream());
    let is_same =
        lines.len() == body.shape.len() && lines.iter().zip(&body.shape).all(|(one, other)| one.text == *other);
    let call = lines.get(line).filter(|_| is_same)?;
    Some(Place::new(&file.name, call.span.start().into()))
}

/// Looks for the function whose name stands at a place.
struct Search<'a> {
    name: Position,
    found: Option<&'a ItemFn>,
}

impl<'a> Visit<'a> for Search<'a> {
    fn visit_item_fn(&mut self, item: &'a ItemFn) {
        if Position::from(item.sig.ident.span().start()) == self.name {
            self.found = Some(item);
        } else {
            visit::visit_item_fn(self, item);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::differences;

    fn told(before: &[&str], after: &[&str]) -> Vec<String> {
        let owned = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let found = differences(&owned(before), &owned(after));
        found.iter().map(|one| format!("{} {}", one.sign, one.text)).collect()
    }

    #[test]
    fn calls_come_go_and_move() {
        assert_eq!(told(&["a", "b"], &["a", "b"]), Vec::<String>::new());
        assert_eq!(told(&["a", "b"], &["a", "c", "b"]), ["+ c"]);
        assert_eq!(told(&["a", "b"], &["b"]), ["- a"]);
        assert_eq!(told(&["a", "b", "c"], &["b", "c", "a"]), ["~ a"]);
        assert_eq!(told(&["a"], &["if", "  a"]), ["+ if", "~ a"]);
        assert_eq!(told(&["a", "b"], &[]), ["- a", "- b"]);
        assert_eq!(told(&[], &["a"]), ["+ a"]);
    }
}

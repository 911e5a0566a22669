//! `processes.lock`: what the body of each process comes by on its way, version by version, so that a change under
//! instances that have begun is told before it is run.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Deserialize;

use crate::project::dump::{Manifest, ManifestObject};

/// Its name, in the folder of the platform.
pub(crate) const FILE: &str = "processes.lock";

const HEADING: &str = "\
# What the bodies of processes come by on their way: the process, its version, and each call in its order.
# Written by `cargo appos process lock`; instances that have begun notice a change of it.
";

/// By process and version.
pub(super) type Key = (String, u32);

/// A body, as the code has it.
#[derive(Debug)]
pub(super) struct Body<'a> {
    /// The object whose body it is: an earlier one is an object of its own.
    pub(super) object: &'a ManifestObject,
    pub(super) is_earlier: bool,
    pub(super) shape: Vec<String>,
}

/// A body, as the file has it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    /// Where it begins.
    pub(super) line: usize,
    pub(super) shape: Vec<String>,
}

#[derive(Deserialize)]
struct Process {
    version: u32,
    #[serde(default)]
    earlier_of: Option<String>,
    #[serde(default)]
    shape: Vec<String>,
}

/// The bodies of the code. Two of one version do not count twice: which of them instances go on with nobody knows, and
/// the first is as good as the other.
pub(super) fn bodies(manifest: &Manifest) -> BTreeMap<Key, Body<'_>> {
    let mut bodies = BTreeMap::new();
    for object in &manifest.objects {
        let Some(process) = object.rest.get("process").and_then(|process| Process::deserialize(process).ok()) else {
            continue;
        };
        let is_earlier = process.earlier_of.is_some();
        let key = (process.earlier_of.unwrap_or_else(|| object.reference.clone()), process.version);
        bodies.entry(key).or_insert(Body { object, is_earlier, shape: process.shape });
    }
    bodies
}

/// The whole file; `None`: there are no processes.
pub(crate) fn in_words(manifest: &Manifest) -> Option<String> {
    let bodies = bodies(manifest);
    let mut text = HEADING.to_owned();
    for ((process, version), body) in &bodies {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{process} {version}");
        for line in &body.shape {
            let _ = writeln!(text, "  {line}");
        }
    }
    (!bodies.is_empty()).then_some(text)
}

/// The bodies of a file.
///
/// # Errors
/// The number of the first line that cannot be understood.
pub(super) fn read(text: &str) -> Result<BTreeMap<Key, Written>, usize> {
    let mut bodies: BTreeMap<Key, Written> = BTreeMap::new();
    let mut current: Option<Key> = None;
    for (number, line) in text.lines().enumerate().map(|(index, line)| (index + 1, line.trim_end())) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(call) = line.strip_prefix("  ") {
            let body = current.as_ref().and_then(|key| bodies.get_mut(key)).ok_or(number)?;
            body.shape.push(call.to_owned());
            continue;
        }
        let (process, version) = line.split_once(' ').ok_or(number)?;
        let key = (process.to_owned(), version.parse().map_err(|_| number)?);
        let begun = Written { line: number, shape: Vec::new() };
        if bodies.insert(key.clone(), begun).is_some() {
            return Err(number);
        }
        current = Some(key);
    }
    Ok(bodies)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_file_is_read_by_process_and_version() {
        let bodies =
            read("# heading\n\ncrm.processes.pay 1\n  if\n    step ask\ncrm.processes.pay 2\n").expect("a file");
        let of = |version: u32| &bodies[&("crm.processes.pay".to_owned(), version)];
        assert_eq!((of(1).line, of(1).shape.as_slice()), (3, ["if".to_owned(), "  step ask".to_owned()].as_slice()));
        assert!(of(2).shape.is_empty());
    }

    #[test]
    fn what_cannot_be_understood_is_told_by_its_line() {
        for (text, line) in [
            ("  step ask\n", 1),
            ("crm.processes.pay 1\n<<<<<<< mine\n", 2),
            ("crm.processes.pay\n", 1),
            ("crm.processes.pay -1\n", 1),
            ("crm.processes.pay 1\ncrm.processes.pay 1\n", 2),
        ] {
            assert_eq!(read(text), Err(line), "{text}");
        }
    }
}

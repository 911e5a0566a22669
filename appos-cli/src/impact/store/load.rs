//! The graph of a project: the stored one while it holds, else a new one.

use std::collections::BTreeMap;
use std::fs;

use super::file::Stored;
use crate::impact::compiler::{self, Wanted};
use crate::impact::graph::{Graph, Sources, build};
use crate::impact::source::Outline;
use crate::project::built::built;
use crate::project::fingerprint::{Fingerprint, name, source_files};
use crate::project::locate::Platform;
use crate::terminal::Failure;

/// What to do when the project does not compile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fallback {
    /// Fail.
    Nothing,
    /// Answer from the last graph, if there is one.
    LastGraph,
}

/// The graph, and whether it is one of an earlier state of the project.
///
/// # Errors
/// The project does not compile.
pub(crate) fn load(platform: &Platform, fallback: Fallback) -> Result<(Graph, bool), Failure> {
    let stored = Stored::read(platform);
    let stored = match stored {
        Some(stored) if stored.fingerprint.holds(platform) => return Ok((stored.graph, false)),
        other => other,
    };
    eprintln!(
        "The graph of `{}` is {}: asking the compiler.",
        platform.package,
        if stored.is_some() { "out of date" } else { "not made yet" }
    );
    match (make(platform), stored) {
        (Ok(graph), _) => Ok((graph, false)),
        (Err(failure), Some(stored)) if fallback == Fallback::LastGraph => {
            eprintln!("warning: {failure}; what follows holds for the last state that did");
            Ok((stored.graph, true))
        }
        (Err(failure), Some(_)) => Err(failure.with_help("add `--stale` to ask the graph of the last state that did")),
        (Err(failure), None) => Err(failure),
    }
}

/// The graph of some packages with their tests, made anew: what cargo has checked already is not checked again.
///
/// # Errors
/// The project or its tests do not compile.
pub(crate) fn build_with_tests(platform: &Platform, packages: &[&str], sources: &Sources) -> Result<Graph, Failure> {
    let reports = compiler::check(platform, Wanted::Tests(packages))?;
    Ok(build(&built(platform)?.manifest, sources, &reports))
}

fn make(platform: &Platform) -> Result<Graph, Failure> {
    // Taken before: what is changed meanwhile makes the graph out of date.
    let fingerprint = Fingerprint::take(platform);
    let reports = compiler::check(platform, Wanted::Program)?;
    let graph = build(&built(platform)?.manifest, &read(platform)?, &reports);
    let stored = Stored::of(fingerprint.with_lock_of_now(platform), graph);
    stored.write(platform)?;
    Ok(stored.graph)
}

fn read(platform: &Platform) -> Result<Sources, Failure> {
    let mut files = BTreeMap::new();
    for (file, app) in source_files(platform) {
        let unreadable = |error: &dyn std::fmt::Display| Failure::work(format!("{}: {error}", file.display()), "");
        let text = fs::read_to_string(&file).map_err(|error| unreadable(&error))?;
        // A file that no module names may hold anything.
        if let Ok(outline) = Outline::read(&text) {
            files.insert(name(platform, &file), (app, outline));
        }
    }
    Ok(Sources { files, ..Sources::default() })
}

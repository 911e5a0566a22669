//! The source of an object: from its attributes to the end of its item.

use std::fs;

use crate::impact::{Holder, Outline};
use crate::project::dump::ManifestObject;
use crate::project::locate::Platform;

/// A piece of a file.
pub(super) struct Source {
    pub(super) text: String,
    /// Its first line.
    pub(super) first: usize,
    /// Its last line.
    pub(super) last: usize,
}

/// The source of an object; none of what is not written in this project.
pub(super) fn source(platform: &Platform, object: &ManifestObject) -> Option<Source> {
    let workspace = platform.workspace.canonicalize().ok()?;
    let file = workspace.join(&object.file).canonicalize().ok()?;
    // A program may name any file: only those of the project are read.
    if !file.starts_with(&workspace) {
        return None;
    }
    let text = fs::read_to_string(file).ok()?;
    let line = usize::try_from(object.line).ok()?;
    let outline = Outline::read(&text).ok()?;
    let wanted = object.reference.rsplit('.').next()?;
    let held = outline.items().iter().find(|held| {
        let (first, last) = held.lines();
        let is_object = matches!(&held.holder, Holder::Object { name, .. } if name == wanted);
        is_object && (first..=last).contains(&line)
    })?;
    let (first, last) = held.lines();
    let lines: Vec<&str> = text.lines().skip(first.saturating_sub(1)).take(last + 1 - first).collect();
    Some(Source { text: lines.join("\n"), first, last })
}

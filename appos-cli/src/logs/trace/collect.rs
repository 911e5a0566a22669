//! Reads lines between two moments.

use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;

use serde_json::{Map, Value as Json};

use super::node::Node;
use crate::logs::folder::LogFile;
use crate::logs::line::{IdPrefix, Line};
use crate::logs::read::{LATE_US, Reading, from};

/// Most executions of a tree that are shown.
pub(super) const MOST: usize = 10_000;

/// Tells lines of calls that ended after `from_us` and, if it is given, not after `to_us`.
pub(in crate::logs) fn scan(
    files: &[LogFile],
    from_us: Option<i64>,
    to_us: Option<i64>,
    reading: &mut Reading,
    mut each: impl FnMut(&LogFile, &Line<'_>, &[u8]) -> ControlFlow<()>,
) {
    for file in files {
        let read = scan_one(file, from_us, to_us, reading, &mut each);
        if reading.done(file, read).is_some_and(|flow| flow.is_break()) {
            break;
        }
    }
    reading.end();
}

fn scan_one(
    file: &LogFile,
    from_us: Option<i64>,
    to_us: Option<i64>,
    reading: &mut Reading,
    each: &mut impl FnMut(&LogFile, &Line<'_>, &[u8]) -> ControlFlow<()>,
) -> io::Result<ControlFlow<()>> {
    let mut lines = from(file, from_us)?;
    while let Some(piece) = lines.next()? {
        let Some((line, bytes)) = reading.line(file, piece) else { continue };
        if to_us.is_some_and(|to| line.end_us() > to.saturating_add(LATE_US)) {
            break;
        }
        if each(file, &line, bytes).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// Which executions belong together.
pub(super) enum Of<'a> {
    /// The tree with this root.
    Root(&'a str),
    /// All trees of a trace.
    Trace(&'a IdPrefix),
}

impl Of<'_> {
    fn holds(&self, line: &Line<'_>) -> bool {
        match self {
            Self::Root(root) => line.root_id() == Some(root),
            Self::Trace(id) => line.is_of_trace(id),
        }
    }
}

/// The executions of a tree, and how many more there are than are kept.
pub(super) fn executions(
    files: &[LogFile],
    of: &Of<'_>,
    (from_us, to_us): (i64, i64),
    reading: &mut Reading,
) -> (BTreeMap<String, Node>, usize) {
    let (mut nodes, mut left_out) = (BTreeMap::<String, Node>::new(), 0);
    let (security, calls): (Vec<LogFile>, Vec<LogFile>) =
        files.iter().cloned().partition(|file| file.category == "security");
    scan(&calls, Some(from_us), Some(to_us), reading, |file, line, bytes| {
        let Some(id) = line.execution_id().filter(|_| of.holds(line)) else {
            return ControlFlow::Continue(());
        };
        if !nodes.contains_key(id) && nodes.len() >= MOST {
            // Each has a line in both categories.
            left_out += usize::from(file.category == "execution");
            return ControlFlow::Continue(());
        }
        let node = nodes.entry(id.to_owned()).or_insert_with(|| Node::of(line, id));
        node.add(serde_json::from_slice(bytes).unwrap_or_default());
        ControlFlow::Continue(())
    });
    // These lines do not name the tree.
    scan(&security, Some(from_us), Some(to_us), reading, |_, line, bytes| {
        if let Some(node) = line.execution_id().and_then(|id| nodes.get_mut(id)) {
            let line: Map<String, Json> = serde_json::from_slice(bytes).unwrap_or_default();
            let told = ["ts", "action", "permission", "user_id", "user", "detail", "address"];
            let told = told.into_iter().filter_map(|key| Some((key.to_owned(), line.get(key)?.clone())));
            node.security.push(told.collect());
        }
        ControlFlow::Continue(())
    });
    (nodes, left_out)
}

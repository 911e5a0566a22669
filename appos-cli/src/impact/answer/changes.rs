//! From files and from changes in git to the objects that stand there.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use super::question::{Question, Start};
use crate::impact::graph::Graph;
use crate::project::locate::Platform;
use crate::terminal::{Failure, nearest};

/// True for an argument that means a file.
pub(crate) fn is_file(written: &str) -> bool {
    written.contains(['/', '\\']) || Path::new(written).extension().is_some_and(|extension| extension == "rs")
}

/// The objects of a file, and its code that is none.
///
/// # Errors
/// There are none.
pub(crate) fn in_file(graph: &Graph, platform: &Platform, written: &str) -> Result<Question, Failure> {
    let absolute = Path::new(written).canonicalize();
    let workspace = platform.workspace.canonicalize().unwrap_or_else(|_| platform.workspace.clone());
    let name = match &absolute {
        Ok(path) => path.strip_prefix(&workspace).unwrap_or(path).display().to_string(),
        Err(_) => written.to_owned(),
    };
    let starts: Vec<Start> =
        graph.nodes.iter().filter(|(_, node)| node.file == name).map(|(name, _)| Start::of(name)).collect();
    if !starts.is_empty() {
        return Ok(Question { starts });
    }
    if absolute.is_ok() {
        return Err(Failure::usage(format!("nothing in `{name}` is an object or uses one"), ""));
    }
    let files = graph.nodes.values().map(|node| node.file.as_str());
    let help = nearest(written, files).map(|near| format!("write `{near}`")).unwrap_or_default();
    Err(Failure::usage(format!("there is no file `{written}`"), help))
}

/// What has changed since a commit, up to what is not committed yet.
///
/// # Errors
/// git does not know the commit, or there is no repository.
pub(crate) fn since(graph: &Graph, platform: &Platform, range: &str) -> Result<Question, Failure> {
    let failed = |message: String| Failure::usage(message, "name a commit or a branch: `--since main`");
    if range.starts_with('-') {
        return Err(failed(format!("`{range}` is no commit")));
    }
    let output = Command::new("git")
        .args(["diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-renames", "--relative", range, "--", "*.rs"])
        .current_dir(&platform.workspace)
        .output()
        .map_err(|error| Failure::work(format!("git cannot be started: {error}"), ""))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(failed(said.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_owned()));
    }
    let mut found = BTreeSet::new();
    for (file, first, last) in changes(&String::from_utf8_lossy(&output.stdout)) {
        for (name, node) in graph.nodes.iter().filter(|(_, node)| node.file == file) {
            if node.lines.0 <= last && first <= node.lines.1 {
                found.insert(name.as_str());
            }
        }
    }
    Ok(Question { starts: found.into_iter().map(Start::of).collect() })
}

/// Files with the first and last line of each change, as the files are now. Where lines were taken out,
/// the line before and the one after have changed.
fn changes(diff: &str) -> Vec<(String, usize, usize)> {
    let mut file = String::new();
    let mut found = Vec::new();
    for line in diff.lines() {
        if let Some(name) = line.strip_prefix("+++ ") {
            name.strip_prefix("b/").unwrap_or(name).clone_into(&mut file);
        } else if let Some(rest) = line.strip_prefix("@@ ") {
            let Some(new) = rest.split(' ').find_map(|part| part.strip_prefix('+')) else { continue };
            let (start, count) = new.split_once(',').unwrap_or((new, "1"));
            let (Ok(start), Ok(count)) = (start.parse::<usize>(), count.parse::<usize>()) else { continue };
            found.push((file.clone(), start, if count == 0 { start + 1 } else { start + count - 1 }));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::changes;

    #[test]
    fn lines_of_a_change_are_those_of_the_new_file() {
        let diff =
            "diff --git a/x.rs b/x.rs\n--- a/x.rs\n+++ b/x.rs\n@@ -3 +3,2 @@ fn a() {\n-a\n+b\n+c\n@@ -9,2 +9,0 @@\n";
        assert_eq!(changes(diff), [("x.rs".to_owned(), 3, 4), ("x.rs".to_owned(), 9, 10)]);
    }
}

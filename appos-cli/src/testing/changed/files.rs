//! What has changed since a commit, up to what is not committed yet, as git tells it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::terminal::Failure;

/// A file that is not as it was.
#[derive(Debug)]
pub(super) struct ChangedFile {
    /// Where it is, or was.
    pub(super) path: PathBuf,
    /// The changed parts of a Rust file that is still there; of any other all has changed.
    pub(super) hunks: Option<Vec<Hunk>>,
}

/// Lines that took the place of others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Hunk {
    /// The first line as the file is now; of a part that is gone, the line before it.
    pub(super) first: usize,
    /// What stood there.
    pub(super) removed: Vec<String>,
    /// What stands there.
    pub(super) added: Vec<String>,
}

fn git(folder: &Path, arguments: &[&str]) -> Result<Output, Failure> {
    let mut command = Command::new("git");
    command.args(["-c", "core.quotepath=off"]).args(arguments).current_dir(folder);
    command.output().map_err(|error| Failure::work(format!("git cannot be started: {error}"), "install git"))
}

fn text(folder: &Path, arguments: &[&str]) -> Result<String, Failure> {
    let output = git(folder, arguments)?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_owned();
    Err(Failure::usage(said, "name a commit or a branch: `--changed main`"))
}

/// The files that have changed since a commit.
///
/// # Errors
/// git does not know the commit, or there is no repository.
pub(super) fn changed_files(folder: &Path, since: &str) -> Result<Vec<ChangedFile>, Failure> {
    if since.starts_with('-') {
        return Err(Failure::usage(format!("`{since}` is no commit"), "name a commit or a branch: `--changed main`"));
    }
    let top = text(folder, &["rev-parse", "--show-toplevel"])?;
    let top = Path::new(top.trim_end_matches('\n'));
    let names = text(top, &["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", since, "--"])?;
    let unknown = text(top, &["ls-files", "--others", "--exclude-standard", "-z", "--full-name"])?;
    let options = ["--unified=0", "--no-color", "--no-ext-diff", "--no-renames", "--src-prefix=a/", "--dst-prefix=b/"];
    let diff = text(top, &[&["diff"], &options[..], &[since, "--", "*.rs"]].concat())?;
    let mut hunks = read_hunks(&diff);
    let mut found = Vec::new();
    for (name, is_new) in
        names.split('\0').map(|name| (name, false)).chain(unknown.split('\0').map(|name| (name, true)))
    {
        if name.is_empty() {
            continue;
        }
        let path = top.join(name);
        let is_rust = path.extension().is_some_and(|extension| extension == "rs");
        let parts = match (is_rust && path.is_file(), is_new) {
            (false, _) => None,
            (true, false) => hunks.remove(name),
            // A new file is one addition.
            (true, true) => fs::read_to_string(&path).ok().map(|text| {
                let added = text.lines().map(str::to_owned).collect();
                vec![Hunk { first: 1, removed: Vec::new(), added }]
            }),
        };
        found.push(ChangedFile { path, hunks: parts });
    }
    Ok(found)
}

/// The parts of each file in a diff without context.
fn read_hunks(diff: &str) -> BTreeMap<String, Vec<Hunk>> {
    let mut files: BTreeMap<String, Vec<Hunk>> = BTreeMap::new();
    let mut name = String::new();
    // Lines of a part that are still to come: a removed `-- x` looks like the head of a file.
    let (mut old, mut new) = (0, 0);
    for line in diff.lines() {
        if let Some(hunk) = files.get_mut(&name).and_then(|hunks| hunks.last_mut()).filter(|_| old + new > 0) {
            if let Some(text) = line.strip_prefix('-') {
                hunk.removed.push(text.to_owned());
                old -= old.min(1);
            } else if let Some(text) = line.strip_prefix('+') {
                hunk.added.push(text.to_owned());
                new -= new.min(1);
            }
        } else if let Some(path) = line.strip_prefix("+++ ") {
            path.strip_prefix("b/").unwrap_or(path).clone_into(&mut name);
        } else if let Some(rest) = line.strip_prefix("@@ -") {
            let mut ranges = rest.split(' ').map(|range| {
                let range = range.trim_start_matches('+');
                let (first, count) = range.split_once(',').unwrap_or((range, "1"));
                (first.parse::<usize>().unwrap_or_default(), count.parse::<usize>().unwrap_or(1))
            });
            let (Some(before), Some(after)) = (ranges.next(), ranges.next()) else { continue };
            (old, new) = (before.1, after.1);
            files.entry(name.clone()).or_default().push(Hunk { first: after.0, ..Hunk::default() });
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::{Hunk, read_hunks};

    #[test]
    fn the_parts_of_a_diff_are_read() {
        let diff = "diff --git a/x.rs b/x.rs\n--- a/x.rs\n+++ b/x.rs\n@@ -3 +3,2 @@ fn a() {\n-a\n+b\n+c\n\
                    @@ -9,2 +9,0 @@\n--- x\n-+++ b/y.rs\n\\ No newline at end of file\ndiff --git a/z.rs b/z.rs\n\
                    --- /dev/null\n+++ b/z.rs\n@@ -0,0 +1 @@\n+new\n";
        let text = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let found = read_hunks(diff);
        assert_eq!(
            found["x.rs"],
            [
                Hunk { first: 3, removed: text(&["a"]), added: text(&["b", "c"]) },
                Hunk { first: 9, removed: text(&["-- x", "+++ b/y.rs"]), added: vec![] },
            ]
        );
        assert_eq!(found["z.rs"], [Hunk { first: 1, removed: vec![], added: text(&["new"]) }]);
    }
}

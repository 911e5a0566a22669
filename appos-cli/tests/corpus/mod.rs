//! The labelled platform under `tests/corpus`: its labels, its graph, and what a text search finds.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use serde_json::Value as Json;

/// A line, what it uses and how; with the number of times.
pub(crate) type References = BTreeMap<(String, usize, String, String), usize>;

/// What people wrote beside the lines.
pub(crate) struct Labels {
    references: References,
    /// Lines said to use nothing.
    pub(crate) nothing: BTreeSet<(String, usize)>,
    /// Every line without its label.
    lines: Vec<(String, usize, String)>,
}

pub(crate) struct Graph(Json);

/// How good a search is, in per cent.
#[derive(Debug)]
pub(crate) struct Searched {
    pub(crate) precision: f64,
    pub(crate) recall: f64,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace").to_owned()
}

pub(crate) fn cargo_appos(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the command runs")
}

fn command(arguments: &[&str]) -> Command {
    // The tests' own build is where dependencies have been built.
    let program = Path::new(env!("CARGO_BIN_EXE_cargo-appos"));
    let target = program.ancestors().nth(2).expect("a target folder");
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root()).env("CARGO_TARGET_DIR", target);
    command
}

/// The graph of the corpus; made once, read from then on.
pub(crate) fn graph() -> &'static Graph {
    static GRAPH: OnceLock<Graph> = OnceLock::new();
    GRAPH.get_or_init(|| {
        let output = cargo_appos(&["impact", "--package", "corpus", "--json"]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        Graph(serde_json::from_slice(&output.stdout).expect("JSON"))
    })
}

impl Graph {
    /// Uses of objects, in the files of the corpus.
    pub(crate) fn references(&self) -> References {
        let mut found = References::new();
        for edge in self.0["edges"].as_array().expect("edges") {
            let to = edge["to"].as_str().expect("a name");
            let (file, line) = (edge["place"]["file"].as_str(), edge["place"]["line"].as_u64());
            let (Some(file), Some(line)) = (file, line) else { continue };
            // Code that is no object stands between objects; the platform's own source is not here.
            if self.0["nodes"][to]["kind"] == "code" || !file.starts_with("tests/corpus/") {
                continue;
            }
            let target = edge["field"].as_str().map_or_else(|| to.to_owned(), |field| format!("{to}.{field}"));
            let line = usize::try_from(line).expect("a line");
            let kind = edge["kind"].as_str().expect("a kind").to_owned();
            *found.entry((file.to_owned(), line, target, kind)).or_default() += 1;
        }
        found
    }
}

/// What is in the one and not, or not as often, in the other.
pub(crate) fn difference(one: &References, other: &References) -> Vec<(String, usize, String, String)> {
    let less = |(key, times): &(&(String, usize, String, String), &usize)| other.get(*key).unwrap_or(&0) < *times;
    one.iter().filter(less).map(|(key, _)| key.clone()).collect()
}

/// Reads `//~ target kind; target kind x2`: of its own line, with `^` of the last one above that is
/// no label, with `v` of the next below.
pub(crate) fn labels() -> Labels {
    let mut labels = Labels { references: References::new(), nothing: BTreeSet::new(), lines: Vec::new() };
    for path in rust_files(&root().join("tests/corpus")) {
        let file = path.strip_prefix(root()).expect("below the workspace").display().to_string();
        let text = fs::read_to_string(&path).expect("a file");
        let lines: Vec<&str> = text.lines().collect();
        let is_label = |line: &usize| lines[line - 1].trim_start().starts_with("//~");
        for (index, line) in lines.iter().enumerate() {
            let number = index + 1;
            let (code, label) = line.split_once("//~").map_or((*line, None), |(code, label)| (code, Some(label)));
            labels.lines.push((file.clone(), number, code.to_owned()));
            let Some(label) = label else { continue };
            let (place, label) = match label.chars().next() {
                Some('^') => ((1..number).rev().find(|line| !is_label(line)), &label[1..]),
                Some('v') => ((number + 1..=lines.len()).find(|line| !is_label(line)), &label[1..]),
                _ => (Some(number), label),
            };
            let place = place.unwrap_or_else(|| panic!("{file}:{number}: the label has no line"));
            if label.trim() == "none" {
                labels.nothing.insert((file.clone(), place));
                continue;
            }
            for part in label.split(';') {
                let words: Vec<&str> = part.split_whitespace().collect();
                let (target, kind, times) = match words.as_slice() {
                    [target, kind] => (target, kind, 1),
                    [target, kind, times] => (target, kind, times[1..].parse().expect("a number")),
                    _ => panic!("{file}:{number}: `{part}` is no label"),
                };
                let key = (file.clone(), place, (*target).to_owned(), (*kind).to_owned());
                *labels.references.entry(key).or_default() += times;
            }
        }
    }
    labels
}

impl Labels {
    pub(crate) fn references(&self) -> References {
        self.references.clone()
    }
}

/// What a search for the names of the labelled objects and fields finds, line by line: the name of a
/// record's struct, of a rule, of a field.
pub(crate) fn text_search(labels: &Labels, is_whole_word: bool) -> Searched {
    let true_lines: BTreeSet<(&str, usize, &str)> =
        labels.references.keys().map(|(file, line, target, _)| (file.as_str(), *line, target.as_str())).collect();
    let targets: BTreeSet<&str> = true_lines.iter().map(|(_, _, target)| *target).collect();
    let mut found = BTreeSet::new();
    for target in targets {
        let name = written_name(target);
        for (file, line, code) in &labels.lines {
            let is_found = if is_whole_word {
                code.split(|sign: char| sign != '_' && !sign.is_alphanumeric()).any(|word| word == name)
            } else {
                code.contains(&name)
            };
            if is_found {
                found.insert((file.as_str(), *line, target));
            }
        }
    }
    let right = found.intersection(&true_lines).count();
    let per_cent = |part: usize, of: usize| f64::from(u32::try_from(part * 1000 / of).unwrap_or(0)) / 10.0;
    Searched { precision: per_cent(right, found.len()), recall: per_cent(right, true_lines.len()) }
}

/// `Item` of `shop.records.item`, `price` of `shop.records.item.price`, `quote` of `shop.rules.quote`.
fn written_name(target: &str) -> String {
    let parts: Vec<&str> = target.split('.').collect();
    let last = parts.last().copied().unwrap_or_default();
    if parts.len() > 3 || !["records", "choices"].contains(&parts[1]) {
        return last.to_owned();
    }
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    last.split('_').map(capital).collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn git(repository: &Path, arguments: &[&str], input: &str) -> String {
    let mut child = Command::new("git")
        .args(arguments)
        .current_dir(root())
        .env("GIT_DIR", repository)
        .env("GIT_WORK_TREE", root())
        .env("GIT_INDEX_FILE", repository.join("index"))
        .envs([
            ("GIT_AUTHOR_NAME", "a"),
            ("GIT_AUTHOR_EMAIL", "a@b"),
            ("GIT_COMMITTER_NAME", "a"),
            ("GIT_COMMITTER_EMAIL", "a@b"),
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("git");
    child.stdin.take().expect("an input").write_all(input.as_bytes()).expect("git reads");
    let output = child.wait_with_output().expect("git ends");
    assert!(output.status.success(), "git {arguments:?}");
    String::from_utf8(output.stdout).expect("text").trim().to_owned()
}

/// A repository over this folder with one commit of some files, each with a text that is another now.
pub(crate) fn repository(changed: &[(&str, &str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    git(folder.path(), &["init", "--quiet"], "");
    for (file, now, before) in changed {
        let text = fs::read_to_string(root().join(file)).expect("a file");
        assert!(text.contains(now), "{file} holds {now}");
        let blob = git(folder.path(), &["hash-object", "-w", "--stdin"], &text.replacen(now, before, 1));
        git(folder.path(), &["update-index", "--add", "--cacheinfo", &format!("100644,{blob},{file}")], "");
    }
    let tree = git(folder.path(), &["write-tree"], "");
    let commit = git(folder.path(), &["commit-tree", &tree, "-m", "before"], "");
    git(folder.path(), &["update-ref", "HEAD", &commit], "");
    folder
}

pub(crate) fn in_repository(repository: &Path, arguments: &[&str]) -> Output {
    command(arguments)
        .env("GIT_DIR", repository)
        .env("GIT_WORK_TREE", root())
        .env("GIT_INDEX_FILE", repository.join("index"))
        .output()
        .expect("the command runs")
}

/// A folder of log files with these executions: kind, id, cause, object, operation; one a second.
pub(crate) fn logs(lines: &[(&str, &str, Option<&str>, &str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut files: BTreeMap<&str, String> = BTreeMap::new();
    for (second, (kind, id, parent, object, operation)) in lines.iter().enumerate() {
        let line = serde_json::json!({
            "v": 1, "ts": format!("2026-11-25T10:00:{second:02}.000000Z"), "execution_id": id, "parent_id": parent,
            "root_id": "a", "object_ref": object, "object_type": kind, "operation": operation, "outcome": "ok",
        });
        let text = files.entry(kind).or_default();
        text.push_str(&line.to_string());
        text.push('\n');
    }
    for (kind, mut text) in files {
        let place = folder.path().join(kind).join("performance");
        fs::create_dir_all(&place).expect("a folder");
        // The last line may still be being written.
        text += "{\"v\":1,\"ts\":\"2026-";
        fs::write(place.join("2026-11-25.jsonl"), text).expect("a file");
    }
    folder
}

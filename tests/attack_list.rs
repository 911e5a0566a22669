//! The attack list names tests that exist, and no number is missing in it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Cases of the list.
const CASES: u32 = 86;

/// What does not exist yet and brings its tests with it.
const SUBJECTS: [&str; 7] = [
    "screens (issue 6)",
    "processes (issue 7)",
    "connected systems (issue 8)",
    "documents (issue 8)",
    "console and MCP (issue 9)",
    "which does not exist yet",
    "which do not exist yet",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// True if the test `file::name`, or the file of one that is a file, is there.
fn exists(named: &str) -> bool {
    let Some((file, name)) = named.split_once("::") else { return root().join(named).is_file() };
    let text = fs::read_to_string(root().join(file)).unwrap_or_default();
    let Some((before, _)) = text.split_once(&format!("fn {name}(")) else { return false };
    let attributes = before.rsplit("\n\n").next().unwrap_or_default();
    attributes.contains("#[test]") || attributes.contains("::test]") || attributes.contains("::test(")
}

#[test]
fn every_attack_is_shown_to_fail_or_has_no_subject_yet() {
    let list = fs::read_to_string(root().join("tests/security/README.md")).expect("the list");
    let mut numbers = BTreeSet::new();
    let mut wrong = Vec::new();
    for line in list.lines() {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [number, _, shown] = cells[..] else { continue };
        let Ok(number) = number.parse::<u32>() else { continue };
        assert!(numbers.insert(number), "{number} stands twice");
        let tests: Vec<&str> = quoted(shown).filter(|named| named.contains(".rs")).collect();
        wrong.extend(tests.iter().filter(|named| !exists(named)).map(|named| format!("{number}: there is no {named}")));
        if tests.is_empty() && !SUBJECTS.iter().any(|subject| shown.contains(subject)) {
            wrong.push(format!("{number} is shown by nothing"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let missing: Vec<u32> = (1..=CASES).filter(|number| !numbers.contains(number)).collect();
    assert!(missing.is_empty() && numbers.len() == CASES as usize, "missing in the list: {missing:?}");
}

#[test]
fn every_promise_names_a_file_that_exists() {
    let text = fs::read_to_string(root().join("SECURITY.md")).expect("the promises");
    let named: Vec<&str> = quoted(&text).filter(|named| named.contains('/')).collect();
    assert!(named.len() >= 10, "{named:?}");
    let gone: Vec<&&str> = named.iter().filter(|path| !root().join(path).exists()).collect();
    assert!(gone.is_empty(), "{gone:?}");
}

/// Crates of this repository that may hold code without the checks of Rust: none.
#[test]
fn no_crate_holds_unsafe_code() {
    let workspace = fs::read_to_string(root().join("Cargo.toml")).expect("the workspace");
    assert!(workspace.contains("unsafe_code = \"forbid\""));
    let mut unsafe_lines = Vec::new();
    for folder in ["src", "appos-macros/src", "appos-codegen/src", "appos-runtime/src", "appos-cli/src"] {
        let manifest = Path::new(folder).parent().expect("a crate").join("Cargo.toml");
        let manifest = fs::read_to_string(root().join(manifest)).expect("a manifest");
        assert!(manifest.contains("[lints]\nworkspace = true"), "{folder} takes the lints of the workspace");
        let mut folders = vec![root().join(folder)];
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()) {
                if path.is_dir() {
                    folders.push(path);
                } else if fs::read_to_string(&path)
                    .is_ok_and(|text| text.contains("unsafe {") || text.contains("allow(unsafe_code"))
                {
                    unsafe_lines.push(path);
                }
            }
        }
    }
    assert!(unsafe_lines.is_empty(), "{unsafe_lines:?}");
}

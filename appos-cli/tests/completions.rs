//! `cargo appos completions`: shells are given the script and asked what they would complete.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::Command;

fn script(shell: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_cargo-appos")).args(["completions", shell]).output();
    let output = output.expect("the command runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// What bash offers after each of these lines, the last word of which is begun.
fn bash(before: &str, lines: &[&str]) -> Vec<Vec<String>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("cargo-appos");
    fs::write(&file, script("bash")).expect("a file");
    // As readline calls the function that `complete` names.
    let mut program = format!(
        r#"
{before}
source "{file}"
source "{file}"
ask() {{
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
    local word=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD - 1]}}
    [[ $(complete -p "$1") =~ -F\ ([^ ]+) ]] || exit 9
    "${{BASH_REMATCH[1]}}" "$1" "$word" "$previous"
    printf '%s,' "${{COMPREPLY[@]}}"; echo
}}
"#,
        file = file.display()
    );
    for line in lines {
        let words: Vec<String> = line.split(' ').map(|word| format!("'{word}'")).collect();
        program.extend(["ask ", &words.join(" "), "\n"]);
    }
    let output = Command::new("bash").args(["--norc", "-c", &program]).output().expect("bash runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{said}");
    let text = String::from_utf8(output.stdout).expect("text");
    let offers = |line: &str| line.split(',').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    text.lines().map(offers).collect()
}

#[test]
fn bash_completes_commands_switches_and_values() {
    let lines = [
        "cargo-appos lo",
        "cargo appos lo",
        "cargo appos logs --cat",
        "cargo appos logs --category ",
        "cargo-appos migrate d",
        "cargo appos migrate down --st",
        "cargo appos completions z",
        "cargo appos objects --kind r",
        "cargo ap",
    ];
    let offered = bash("", &lines);
    let expected: [&[&str]; 9] = [
        &["logs"],
        &["logs"],
        &["--category"],
        &["execution", "performance", "security"],
        &["down", "drift"],
        &["--steps"],
        &["zsh"],
        &["record", "rule"],
        &["appos"],
    ];
    assert_eq!(offered, expected);
    // Names of arguments are no words to write.
    let all = bash("", &["cargo appos impact "]);
    assert!(all[0].contains(&"--tree".to_owned()), "{all:?}");
    assert!(all[0].iter().all(|word| !word.starts_with(['<', '['])), "{all:?}");
}

#[test]
fn what_completed_cargo_before_still_does() {
    let before = "_of_cargo() { COMPREPLY=(build \"$2!\"); }\ncomplete -F _of_cargo cargo";
    let offered = bash(before, &["cargo b", "cargo appos why", "cargo build --r"]);
    assert_eq!(offered, [&["build", "b!"][..], &["why"], &["build", "--r!"]]);
}

/// Runs a shell if this machine has it.
fn run(shell: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(shell).args(arguments).output().ok()?;
    assert!(output.status.success(), "{shell}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).expect("text"))
}

fn written(folder: &Path, shell: &str) -> String {
    let file = folder.join("script");
    fs::write(&file, script(shell)).expect("a file");
    file.display().to_string()
}

#[test]
fn fish_completes_both_ways_of_calling_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = written(folder.path(), "fish");
    for line in ["cargo appos logs --categ", "cargo-appos logs --categ"] {
        let asked = format!("source {file}; complete -C '{line}'");
        let Some(offered) = run("fish", &["--no-config", "-c", &asked]) else { return };
        assert!(offered.starts_with("--category\t"), "{line}: {offered}");
    }
}

#[test]
fn zsh_can_read_its_script_and_finds_it_for_cargo() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = written(folder.path(), "zsh");
    // Cargo's own completion calls a function of this name for `cargo appos`.
    let asked = format!("source {file}; whence -w _cargo-appos");
    let text = fs::read_to_string(&file).expect("the file is there");
    assert!(text.starts_with("#compdef cargo-appos\n"), "{text}");
    if let Some(kind) = run("zsh", &["-f", "-c", &format!("compdef() {{ : }}; {asked}")]) {
        assert_eq!(kind, "_cargo-appos: function\n");
    }
}

#[test]
fn elvish_and_powershell_have_scripts_and_other_shells_are_refused() {
    assert!(script("elvish").contains("edit:completion:arg-completer[cargo-appos]"));
    assert!(script("powershell").contains("Register-ArgumentCompleter -Native -CommandName 'cargo-appos'"));
    let output = Command::new(env!("CARGO_BIN_EXE_cargo-appos")).args(["completions", "bsh"]).output();
    let output = output.expect("the command runs");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("a similar value exists: 'bash'"), "{said}");
}

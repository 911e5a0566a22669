//! What holds for every command.

use clap::Command;

use super::{arguments, without_cargos_own};

#[test]
fn the_description_of_arguments_is_consistent() {
    arguments().debug_assert();
}

#[test]
fn cargos_own_word_is_left_out_once() {
    let given = ["cargo-appos", "appos", "objects", "appos"].map(Into::into);
    assert_eq!(without_cargos_own(given), ["cargo-appos", "objects", "appos"]);
}

/// All commands with those below them, each with how it is called.
fn commands() -> Vec<(String, Command)> {
    let mut found = Vec::new();
    let mut all = arguments();
    // Gives commands what those above them have for all below.
    all.build();
    let mut open = vec![("cargo appos".to_owned(), all)];
    while let Some((name, command)) = open.pop() {
        for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
            open.push((format!("{name} {}", below.get_name()), below.clone()));
        }
        found.push((name, command));
    }
    found
}

/// What its help shows under `Examples:`, a command line each.
fn examples(command: &Command) -> Vec<String> {
    let help = command.get_after_help().or(command.get_after_long_help()).map(ToString::to_string).unwrap_or_default();
    let (_, examples) = help.split_once("Examples:\n").unwrap_or_default();
    let lines = examples.lines().take_while(|line| line.starts_with("  "));
    lines.filter(|line| line.contains("cargo appos")).map(|line| line.trim().to_owned()).collect()
}

/// The words of a command line: without variables before it, and without what a shell does with its output.
fn words(example: &str) -> Vec<String> {
    let (_, line) = example.split_once("cargo appos").unwrap_or_default();
    let end = ["  ", " | ", " > ", " >> "].into_iter().filter_map(|sign| line.find(sign)).min().unwrap_or(line.len());
    let (mut words, mut quote) = (vec![String::new()], None);
    for sign in line[..end].trim().chars() {
        match (sign, quote) {
            (' ', None) => words.push(String::new()),
            (sign, Some(open)) if sign == open => quote = None,
            ('"' | '\'', None) => quote = Some(sign),
            (sign, _) => words.last_mut().expect("a word").push(sign),
        }
    }
    words
}

#[test]
fn every_command_shows_two_examples_at_least() {
    for (name, command) in commands() {
        let examples = examples(&command);
        assert!(examples.len() >= 2, "`{name} --help` shows {} examples", examples.len());
        assert!(examples.iter().all(|example| example.contains(&name)), "those of `{name}` show it: {examples:#?}");
    }
}

#[test]
fn every_example_is_understood() {
    for (name, command) in commands() {
        for example in examples(&command) {
            let words = [vec!["cargo-appos".to_owned()], words(&example)].concat();
            if let Err(error) = arguments().try_get_matches_from(words) {
                panic!("an example of `{name}` is refused: {example}\n{error}");
            }
        }
    }
}

#[test]
fn every_command_prints_json() {
    for (name, command) in commands() {
        // What only holds commands does nothing itself.
        let is_folder = command.has_subcommands()
            && (command.is_subcommand_required_set() || command.is_arg_required_else_help_set());
        let has_json = command.get_arguments().any(|argument| argument.get_long() == Some("json"));
        assert!(has_json || is_folder, "`{name}` has no --json");
    }
}

#[test]
fn every_command_and_argument_is_described() {
    for (name, command) in commands() {
        assert!(command.get_about().is_some(), "`{name}` says nothing of itself");
        for argument in command.get_arguments() {
            assert!(argument.get_help().is_some(), "`{name}` says nothing of {argument}");
        }
    }
}

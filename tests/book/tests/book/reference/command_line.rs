//! `cargo appos` and its commands, from clap's description of them.

use std::fmt::Write as _;

use clap::{Arg, Command};

use super::{cell_with_code, settle};

#[test]
fn the_page_of_the_command_line_is_what_it_takes() {
    let mut root = appos_cli::reference::command_line();
    root.build();
    let mut page =
        "# Command line\n\nWhat `cargo appos` can be asked, and with which arguments. Each command prints the \
                    same with `--help`.\n"
            .to_owned();
    page.push_str("\n| command | |\n|---|---|\n");
    for command in visible(&root) {
        let about = about(command);
        let _ = writeln!(
            page,
            "| [`cargo appos {0}`](#cargo-appos-{0}) | {1} |",
            command.get_name(),
            cell_with_code(&about)
        );
    }
    if let Some(after) = root.get_after_help() {
        after_help(&mut page, &after.to_string());
    }
    for command in visible(&root) {
        describe(&mut page, command, &format!("cargo appos {}", command.get_name()), 2);
    }
    settle("reference/command-line.md", &page);
}

fn visible(command: &Command) -> Vec<&Command> {
    let hidden = |command: &&Command| !command.is_hide_set() && command.get_name() != "help";
    command.get_subcommands().filter(hidden).collect()
}

fn about(command: &Command) -> String {
    command.get_long_about().or_else(|| command.get_about()).map(ToString::to_string).unwrap_or_default()
}

fn describe(page: &mut String, command: &Command, name: &str, depth: usize) {
    let _ = write!(page, "\n{} `{name}`\n\n{}.\n", "#".repeat(depth), about(command).trim_end_matches('.'));
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").lines().map(str::trim).collect::<Vec<_>>().join("\n");
    let _ = write!(page, "\n```text\n{usage}\n```\n");
    let arguments = command.get_arguments().filter(|argument| !argument.is_hide_set() && argument.get_id() != "help");
    let rows: Vec<String> = arguments.map(row).collect();
    if !rows.is_empty() {
        let _ = write!(page, "\n| argument | |\n|---|---|\n{}", rows.concat());
    }
    if let Some(after) = command.get_after_help().or_else(|| command.get_after_long_help()) {
        after_help(page, &after.to_string());
    }
    for below in visible(command) {
        describe(page, below, &format!("{name} {}", below.get_name()), depth + 1);
    }
}

fn row(argument: &Arg) -> String {
    let values = argument.get_value_names().unwrap_or_default().iter().map(ToString::to_string).collect::<Vec<_>>();
    let takes = argument.get_action().takes_values();
    let name = match (argument.get_short(), argument.get_long()) {
        (Some(short), Some(long)) => format!("-{short}, --{long}"),
        (None, Some(long)) => format!("--{long}"),
        (Some(short), None) => format!("-{short}"),
        (None, None) => String::new(),
    };
    let value = if takes {
        values.iter().map(|value| format!("<{value}>")).collect::<Vec<_>>().join(" ")
    } else {
        String::new()
    };
    let shown = format!("{name} {value}");
    let mut help =
        argument.get_long_help().or_else(|| argument.get_help()).map(ToString::to_string).unwrap_or_default();
    let possible: Vec<String> = argument
        .get_possible_values()
        .iter()
        .filter(|value| !value.is_hide_set())
        .map(|value| format!("`{}`", value.get_name()))
        .collect();
    if takes && !possible.is_empty() {
        let _ = write!(help, "; one of {}", possible.join(", "));
    }
    let defaults: Vec<String> =
        argument.get_default_values().iter().map(|value| format!("`{}`", value.to_string_lossy())).collect();
    if takes && !defaults.is_empty() {
        let _ = write!(help, "; without it {}", defaults.join(", "));
    }
    format!("| `{}` | {} |\n", shown.trim().replace('|', "\\|"), cell_with_code(&help))
}

/// Examples are code, what follows them is not.
fn after_help(page: &mut String, text: &str) {
    for part in text.trim().split("\n\n") {
        let is_code = part.starts_with("Examples:") || part.lines().all(|line| line.starts_with("  "));
        if !is_code {
            let _ = write!(page, "\n{}\n", cell_with_code(part));
            continue;
        }
        let lines: Vec<&str> = part.lines().skip_while(|line| *line == "Examples:").collect();
        let lines = lines.iter().map(|line| line.strip_prefix("  ").unwrap_or(line)).collect::<Vec<_>>();
        let _ = write!(page, "\n```text\n{}\n```\n", lines.join("\n"));
    }
}

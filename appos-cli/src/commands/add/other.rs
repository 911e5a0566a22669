//! What `cargo appos add` says of a kind that it cannot add.

use std::ffi::OsString;

use heck::ToSnakeCase;

use crate::escape::escaped;
use crate::terminal::{Failure, nearest};

/// Kinds that can be added.
const KINDS: [&str; 15] = [
    "app",
    "record",
    "document",
    "rule",
    "constant",
    "choices",
    "process",
    "step",
    "interface",
    "page",
    "site",
    "translation_set",
    "web_api",
    "connected_system",
    "integration",
];

/// Other words for kinds that can be added.
const ALSO: [(&str, &[&str]); 6] = [
    ("document", &["documents", "file"]),
    ("process", &["processes", "workflow"]),
    ("translation_set", &["translation_sets", "translation", "translations", "texts"]),
    ("web_api", &["web_apis", "webapi", "webhook"]),
    ("connected_system", &["connected_systems", "connection", "system"]),
    ("integration", &["integrations"]),
];

/// The failure for what stands where a kind is expected.
pub(super) fn refusal(words: &[OsString]) -> Failure {
    let written = words.first().map(|word| word.to_string_lossy()).unwrap_or_default();
    let name = written.to_snake_case();
    let all = format!("what can be added: {}", KINDS.join(", "));
    let also = ALSO.iter().find(|(_, others)| others.contains(&name.as_str())).map(|(kind, _)| *kind);
    let help = match also.or_else(|| nearest(&name, KINDS.into_iter())) {
        Some(near) => format!("write `cargo appos add {near}`; {all}"),
        None => all,
    };
    Failure::usage(format!("there is no kind `{}`", escaped(&written)), help)
}

#[cfg(test)]
mod tests {
    use clap::Subcommand;

    use super::{ALSO, KINDS, refusal};
    use crate::commands::add::Kind;

    const ALL: &str = "what can be added: app, record, document, rule, constant, choices, process, step, interface, page, site, \
                       translation_set, web_api, connected_system, integration";

    #[test]
    fn all_kinds_that_can_be_added_are_named() {
        let command = Kind::augment_subcommands(clap::Command::new("add"));
        let known: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
        assert_eq!(KINDS.to_vec(), known);
        assert!(ALSO.iter().all(|(kind, _)| known.contains(kind)));
    }

    #[test]
    fn another_word_for_a_kind_leads_to_it() {
        let said = refusal(&["translations".into()]).to_string();
        assert_eq!(
            said,
            format!("there is no kind `translations`\n  help: write `cargo appos add translation_set`; {ALL}")
        );
        let said = refusal(&["Workflow".into()]).to_string();
        assert!(said.starts_with("there is no kind `Workflow`\n  help: write `cargo appos add process`; "), "{said}");
        let said = refusal(&["Records".into()]).to_string();
        assert!(said.starts_with("there is no kind `Records`\n  help: write `cargo appos add record`; "), "{said}");
        let said = refusal(&["zzz\u{1b}[2J".into()]).to_string();
        assert_eq!(said, format!("there is no kind `zzz\\u{{1b}}[2J`\n  help: {ALL}"));
    }
}

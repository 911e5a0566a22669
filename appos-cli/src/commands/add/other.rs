//! What `cargo appos add` says of a kind that it cannot add.

use std::ffi::OsString;

use heck::ToSnakeCase;

use crate::escape::escaped;
use crate::terminal::{Failure, nearest};

/// Kinds that can be added.
const KINDS: [&str; 5] = ["app", "record", "rule", "constant", "choices"];

/// Kinds of objects that AppOS will have, with other words for them.
const NOT_YET: [(&str, &[&str]); 4] = [
    ("process", &["processes"]),
    ("integration", &["integrations"]),
    ("connected_system", &["connected_systems"]),
    ("web_api", &["web_apis", "webapi"]),
];

/// Kinds that are written by hand, with other words for them and the folder in which they stand.
const BY_HAND: [(&str, &[&str], &str); 4] = [
    ("interface", &["interfaces"], "src/interfaces"),
    ("page", &["pages"], "src/pages"),
    ("site", &["sites"], "src/sites"),
    ("translation_set", &["translation_sets", "translation", "translations"], "src/translations"),
];

/// The failure for what stands where a kind is expected.
pub(super) fn refusal(words: &[OsString]) -> Failure {
    let written = words.first().map(|word| word.to_string_lossy()).unwrap_or_default();
    let name = written.to_snake_case();
    let all = format!("what can be added: {}", KINDS.join(", "));
    if let Some((kind, _)) = NOT_YET.iter().find(|(kind, others)| *kind == name || others.contains(&name.as_str())) {
        return Failure::usage(format!("AppOS does not have objects of the kind `{kind}` yet"), all);
    }
    let by_hand = BY_HAND.iter().find(|(kind, others, _)| *kind == name || others.contains(&name.as_str()));
    if let Some((kind, _, folder)) = by_hand {
        let help = format!("write `#[{kind}]` on a function in a file under `{folder}` of its app; {all}");
        return Failure::usage(format!("objects of the kind `{kind}` are written by hand"), help);
    }
    let help = match nearest(&name, KINDS.into_iter()) {
        Some(near) => format!("write `cargo appos add {near}`; {all}"),
        None => all,
    };
    Failure::usage(format!("there is no kind `{}`", escaped(&written)), help)
}

#[cfg(test)]
mod tests {
    use clap::Subcommand;

    use super::{BY_HAND, KINDS, NOT_YET, refusal};
    use crate::commands::add::Kind;

    #[test]
    fn all_kinds_that_can_be_added_are_named() {
        let command = Kind::augment_subcommands(clap::Command::new("add"));
        let known: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
        assert_eq!(KINDS.to_vec(), known);
        assert!(NOT_YET.iter().all(|(kind, _)| !known.contains(kind)));
        assert!(BY_HAND.iter().all(|(kind, ..)| !known.contains(kind)));
    }

    #[test]
    fn a_kind_that_is_not_there_yet_is_no_slip_of_another() {
        for word in ["process", "web_api", "web-api", "WebApi", "integration"] {
            let said = refusal(&[word.into()]).to_string();
            assert!(
                said.starts_with("AppOS does not have objects of the kind `") && said.contains("` yet\n"),
                "{said}"
            );
            assert!(said.ends_with("\n  help: what can be added: app, record, rule, constant, choices"), "{said}");
        }
        let said = refusal(&["translations".into()]).to_string();
        assert_eq!(
            said,
            "objects of the kind `translation_set` are written by hand\n  help: write `#[translation_set]` on a function in a \
             file under `src/translations` of its app; what can be added: app, record, rule, constant, choices"
        );
        let said = refusal(&["Records".into()]).to_string();
        assert!(said.starts_with("there is no kind `Records`\n  help: write `cargo appos add record`; "), "{said}");
        let said = refusal(&["zzz\u{1b}[2J".into()]).to_string();
        assert_eq!(
            said,
            "there is no kind `zzz\\u{1b}[2J`\n  help: what can be added: app, record, rule, constant, choices"
        );
    }
}

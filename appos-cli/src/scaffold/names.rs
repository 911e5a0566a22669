//! Which names projects and apps may have, and the nearest that they may.

use heck::{ToKebabCase, ToSnakeCase};

/// Words that Rust keeps for itself, and the names of a crate's own parts.
const KEYWORDS: [&str; 56] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "main", "lib",
    "Self", "_",
];

/// Crates that every Rust program can name, and folders in which cargo keeps what it builds.
const OF_RUST: [&str; 9] = ["alloc", "build", "core", "deps", "examples", "incremental", "proc_macro", "std", "test"];

/// Crates that a project depends on: a package of the same name would stand beside them.
const OF_APPOS: [&str; 22] = [
    "actix_web",
    "appos",
    "appos_cli",
    "appos_codegen",
    "appos_macros",
    "appos_runtime",
    "cargo_appos",
    "chrono",
    "clap",
    "dioxus",
    "futures",
    "inventory",
    "rust_decimal",
    "sea_orm",
    "serde",
    "serde_json",
    "sqlx",
    "syn",
    "tokio",
    "tracing",
    "uuid",
    "validator",
];

/// What an app's code can name already: an app of this name would hide it, or be hidden.
const IN_SCOPE: [&str; 50] = [
    "all_pages",
    "ask",
    "connected_systems",
    "constants",
    "ctx",
    "days",
    "dec",
    "dioxus_core",
    "dioxus_elements",
    "dioxus_signals",
    "engine",
    "hours",
    "http",
    "icon",
    "integrations",
    "interfaces",
    "json",
    "minutes",
    "navigation",
    "outside",
    "pages",
    "parallel",
    "platform",
    "process",
    "processes",
    "records",
    "rsx",
    "rules",
    "seconds",
    "sites",
    "sleep",
    "sleep_until",
    "step",
    "steps",
    "tokio",
    "transaction",
    "translations",
    "ui",
    "use_context",
    "use_context_provider",
    "use_data",
    "use_effect",
    "use_hook",
    "use_memo",
    "use_query",
    "use_rule",
    "use_signal",
    "use_work",
    "wait_for",
    "web_apis",
];

/// Names that Windows keeps for devices.
const OF_WINDOWS: [&str; 22] = [
    "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt1", "lpt2", "lpt3",
    "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// The longest name that crates.io, databases and file systems all bear.
const LONGEST: usize = 63;

/// Why a name cannot be, and one near it that can.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) why: String,
    pub(crate) better: String,
}

/// What a name is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A package with a program: `-` is customary.
    Project,
    /// A crate whose name is part of its code, and of tables and routes.
    App,
}

impl Role {
    /// The name in the form of the role.
    fn form(self, name: &str) -> String {
        match self {
            Self::Project if !name.contains('_') => name.to_kebab_case(),
            _ => name.to_snake_case(),
        }
    }

    fn fits(self, name: &str) -> bool {
        let more = |byte: u8| byte == b'_' || (byte == b'-' && self == Self::Project);
        name.len() <= LONGEST
            && name.starts_with(|first: char| first.is_ascii_lowercase())
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || more(byte))
    }

    fn rule(self) -> &'static str {
        match self {
            Self::Project => "lower-case letters, digits, `-` and `_`, a letter first, 63 at most",
            Self::App => "lower-case letters, digits and `_`, a letter first, 63 at most",
        }
    }

    fn with_word(self, name: &str) -> String {
        match self {
            Self::Project => format!("{name}-platform"),
            Self::App => format!("{name}_app"),
        }
    }

    fn default(self) -> &'static str {
        match self {
            Self::Project => "acme",
            Self::App => "billing",
        }
    }
}

/// True for a word that Rust keeps for itself.
pub(crate) fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// True for a name that code of an app has in scope already.
pub(crate) fn is_in_scope(name: &str) -> bool {
    IN_SCOPE.contains(&name)
}

/// Checks a name; `taken` are names that others in the project have.
pub(crate) fn check(role: Role, name: &str, taken: &[&str]) -> Result<(), Refused> {
    let refused = |why: String| Err(Refused { why, better: better(role, name, taken) });
    if !role.fits(name) {
        return refused(format!("a name has {}", role.rule()));
    }
    match reason(role, name, taken) {
        Some(why) => refused(why),
        None => Ok(()),
    }
}

fn reason(role: Role, name: &str, taken: &[&str]) -> Option<String> {
    let plain = name.replace('-', "_");
    let is_in = |list: &[&str]| list.contains(&plain.as_str());
    if is_in(&KEYWORDS) {
        Some("Rust keeps this word for itself".to_owned())
    } else if is_in(&OF_RUST) {
        Some("Rust and cargo have a crate or folder of this name".to_owned())
    } else if is_in(&OF_APPOS) {
        Some("the project depends on a crate of this name".to_owned())
    } else if is_in(&OF_WINDOWS) {
        Some("Windows keeps this name for a device".to_owned())
    } else if role == Role::App && is_in(&IN_SCOPE) {
        Some("code of an app has something of this name in scope".to_owned())
    } else if taken.iter().any(|other| other.replace('-', "_") == plain) {
        Some("a package of the project has this name".to_owned())
    } else {
        None
    }
}

/// The nearest name that is allowed.
fn better(role: Role, name: &str, taken: &[&str]) -> String {
    let letters: String = name.chars().map(|letter| if letter.is_ascii() { letter } else { ' ' }).collect();
    let form = role.form(&letters);
    let from_letter = form.trim_start_matches(|first: char| !first.is_ascii_lowercase());
    let mut better: String = from_letter.chars().take(LONGEST - "-platform".len()).collect();
    better.truncate(better.trim_end_matches(['-', '_']).len());
    if better.is_empty() {
        role.default().clone_into(&mut better);
    }
    if reason(role, &better, taken).is_some() {
        better = role.with_word(&better);
    }
    let mut number = 2;
    let stem = better.clone();
    while reason(role, &better, taken).is_some() {
        better = format!("{stem}{number}");
        number += 1;
    }
    better
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use syn::{Item, UseTree};

    use super::{IN_SCOPE, Role, check};

    fn better(role: Role, name: &str) -> String {
        check(role, name, &["crm"]).expect_err("a refusal").better
    }

    #[test]
    fn ordinary_names_are_allowed() {
        for name in ["acme", "acme-2", "my_shop", "a", "testing", "matches"] {
            assert_eq!(check(Role::Project, name, &["crm"]), Ok(()), "{name}");
        }
        assert_eq!(check(Role::App, "billing2", &["crm"]), Ok(()));
        assert!(check(Role::App, "my-app", &[]).is_err(), "an app's name is part of its code");
    }

    #[test]
    fn each_refused_name_has_a_better_one_that_is_allowed() {
        for (name, expected) in [
            ("Acme", "acme"),
            ("My Shop", "my-shop"),
            ("my_Shop", "my_shop"),
            ("9lives", "lives"),
            ("été", "t"),
            ("日本", "acme"),
            ("", "acme"),
            ("match", "match-platform"),
            ("test", "test-platform"),
            ("std", "std-platform"),
            ("appos", "appos-platform"),
            ("tokio", "tokio-platform"),
            ("con", "con-platform"),
            ("lpt9", "lpt9-platform"),
            ("crm", "crm-platform"),
        ] {
            assert_eq!(better(Role::Project, name), expected, "{name}");
        }
        for (name, expected) in
            [("Billing", "billing"), ("my-app", "my_app"), ("records", "records_app"), ("type", "type_app")]
        {
            assert_eq!(better(Role::App, name), expected, "{name}");
        }
        let long = "a".repeat(200);
        for role in [Role::Project, Role::App] {
            for name in ["../x", "a/b", long.as_str(), "-", "fn", "appos-runtime", "crm"] {
                let better = better(role, name);
                assert_eq!(check(role, &better, &["crm"]), Ok(()), "{name} {better}");
            }
        }
    }
    /// The last names of a `use`, but those that nobody can write.
    fn names(tree: &UseTree, found: &mut BTreeSet<String>) {
        match tree {
            UseTree::Path(path) => names(&path.tree, found),
            UseTree::Name(name) => {
                found.insert(name.ident.to_string());
            }
            UseTree::Rename(name) => {
                found.insert(name.rename.to_string());
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| names(tree, found)),
            UseTree::Glob(_) => panic!("the prelude lists its names one by one"),
        }
    }

    #[test]
    fn what_the_prelude_brings_is_no_name_of_an_app() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/prelude.rs");
        let prelude = syn::parse_file(&std::fs::read_to_string(file).expect("the prelude")).expect("Rust");
        let mut found = BTreeSet::new();
        for item in prelude.items {
            match item {
                Item::Use(item) => names(&item.tree, &mut found),
                Item::Mod(item) => {
                    found.insert(item.ident.to_string());
                }
                _ => panic!("the prelude has something that is neither imported nor a module"),
            }
        }
        // Types are written in another way than apps and functions are.
        found.retain(|name| name.starts_with(|first: char| first.is_ascii_lowercase()));
        assert!(found.contains("step") && found.contains("transaction"), "{found:?}");
        let missing: Vec<_> = found.iter().filter(|name| !IN_SCOPE.contains(&name.as_str())).collect();
        assert!(missing.is_empty(), "{missing:?} are missing in IN_SCOPE");
        for name in ["step", "wait_for", "days"] {
            assert_eq!(better(Role::App, name), format!("{name}_app"));
        }
    }
}

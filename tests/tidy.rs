//! The rules of the house that a compiler does not check: headers, the direction of imports,
//! doors that stay closed, and documents that name what is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

#[test]
fn every_file_says_what_it_holds() {
    let folders = ["src", "appos-macros/src", "appos-codegen/src", "appos-runtime/src", "appos-cli/src", "benches"];
    let mut silent = Vec::new();
    for file in folders.iter().flat_map(|folder| rust_files(&root().join(folder))) {
        let text = fs::read_to_string(&file).unwrap();
        if !text.starts_with("//! ") {
            silent.push(shown(&file));
        }
    }
    assert!(silent.is_empty(), "these files do not begin with `//! ` and one sentence: {silent:#?}");
}

/// Folders of the runtime, lowest first: a folder may name those before it in this list. Those
/// that stand together may name each other.
const LAYERS: [&[&str]; 12] = [
    &[
        "error",
        "value",
        "registry",
        "config",
        "security",
        "model",
        "codegen_support",
        "journal",
        "state",
        "engine",
        "vault",
        "nodes",
    ],
    &["migration"],
    &["record"],
    &["question"],
    &["platform"],
    &["outside"],
    &["process"],
    &["web_api"],
    &["monitoring"],
    &["ui"],
    &["web"],
    &["host", "fuzzing"],
];

#[test]
fn imports_of_the_runtime_point_one_way() {
    let source = root().join("appos-runtime/src");
    let layer = |room: &str| LAYERS.iter().position(|rooms| rooms.contains(&room));
    let mut wrong = Vec::new();
    for file in rust_files(&source) {
        let inner = file.strip_prefix(&source).unwrap();
        let room = inner.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned();
        // The door for generated code may name everything; the crate's root names all rooms.
        if ["lib", "codegen_support"].contains(&room.as_str())
            || inner.components().any(|part| part.as_os_str() == "tests")
        {
            continue;
        }
        let own =
            layer(&room).unwrap_or_else(|| panic!("{room} is in no layer: say in tests/tidy.rs where it belongs"));
        let text = fs::read_to_string(&file).unwrap();
        for (number, line) in text.lines().enumerate() {
            // The typed calls are the one place where the model names the service, by feature.
            if line.trim_start().starts_with("//")
                || line.contains("crate::record::typed")
                || line.contains("crate::record::AuditEntry")
            {
                continue;
            }
            for named in line.split("crate::").skip(1) {
                let named: String = named.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if layer(&named).is_some_and(|layer| layer > own) {
                    wrong.push(format!("{}:{} names {named}", shown(&file), number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "these lines name a layer above their own: {wrong:#?}");
}

#[test]
fn code_generation_reads_no_file_and_knows_no_runtime() {
    let mut wrong = Vec::new();
    for file in rust_files(&root().join("appos-codegen/src")) {
        let text = fs::read_to_string(&file).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for word in ["std::fs", "std::env", "std::time", "std::thread::spawn", "std::net", "appos_runtime"] {
            if text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(word)) {
                wrong.push(format!("{}: {word}", shown(&file)));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let runtime = fs::read_to_string(root().join("appos-runtime/Cargo.toml")).unwrap();
    assert!(!runtime.contains("appos-codegen") && !runtime.contains("appos-macros"));
    let codegen = fs::read_to_string(root().join("appos-codegen/Cargo.toml")).unwrap();
    assert!(!codegen.contains("appos-runtime"));
}

#[test]
fn only_the_record_service_holds_a_connection() {
    let mut wrong = Vec::new();
    for file in rust_files(&root().join("appos-runtime/src")) {
        let name = shown(&file);
        // The platform's own tables (passwords, sessions, keys), those of processes, of files and of metrics are no records and have no
        // other door. Migrations are given their connection by the record room.
        let allowed = ["record", "migration", "outside", "platform", "process", "monitoring"];
        let allowed = allowed.iter().any(|room| name.contains(&format!("/src/{room}/")));
        let text = fs::read_to_string(&file).unwrap();
        if !allowed && (text.contains("sea_orm::") || text.contains("sqlx::")) {
            wrong.push(name);
        }
    }
    assert!(wrong.is_empty(), "these files name the database: {wrong:#?}");
    for file in rust_files(&root().join("src")) {
        let text = fs::read_to_string(&file).unwrap();
        assert!(
            !text.contains("sea_orm") && !text.contains("sqlx"),
            "{}: the facade gives no database away",
            shown(&file)
        );
    }
}

/// Keys of attributes that authors write, by the name of the page that explains them.
const KEYS: &[(&str, &[&str])] = &[
    (
        "record",
        &[
            "description",
            "display",
            "table",
            "plural",
            "renamed_from",
            "view",
            "create",
            "update",
            "delete",
            "admin",
            "public_access",
            "unique",
            "index",
            "timeout",
            "label",
            "search",
            "sensitive",
            "default",
            "on_delete",
            "scale",
            "column",
        ],
    ),
    (
        "expression_rule",
        &["description", "view", "use", "admin", "public_access", "timeout", "cache", "recursive", "case"],
    ),
    ("constant", &["description", "view", "use", "admin", "public_access", "env"]),
    ("process", &["description", "display_name", "view", "use", "admin", "deadline", "version", "earlier_of", "crate"]),
    ("step", &["description", "retries", "backoff", "timeout", "compensate", "crate"]),
    (
        "web_api",
        &[
            "method",
            "path",
            "auth",
            "description",
            "view",
            "use",
            "admin",
            "public_access",
            "version",
            "rate_limit",
            "timeout",
            "max_body",
            "accept",
            "cors",
            "signature",
            "example",
            "crate",
        ],
    ),
    ("translation_set", &["description", "view", "use", "admin", "public_access"]),
    (
        "connected_system",
        &[
            "kind",
            "description",
            "view",
            "use",
            "admin",
            "base_url",
            "pool_size",
            "idle_timeout",
            "connect_timeout",
            "timeout",
            "max_response",
            "rate_limit",
            "health",
            "breaker",
            "breaker_wait",
            "allow_networks",
            "ca_file",
            "crate",
        ],
    ),
    (
        "integration",
        &[
            "system",
            "description",
            "view",
            "use",
            "admin",
            "retries",
            "timeout",
            "attempt_timeout",
            "rate_limit",
            "max_response",
            "log_payload",
            "crate",
        ],
    ),
    ("choices", &["value", "label"]),
    ("test", &["crate"]),
];

#[test]
fn every_attribute_key_is_documented() {
    for (object, keys) in KEYS {
        let page = fs::read_to_string(root().join(format!("src/docs/{object}.md"))).unwrap();
        for key in *keys {
            assert!(page.contains(&format!("`{key}")), "src/docs/{object}.md does not explain `{key}`");
        }
    }
}

#[test]
fn the_rooms_of_the_architecture_page_exist() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let mut missing = BTreeSet::new();
    for word in page.split('`').skip(1).step_by(2) {
        let is_path = word.contains('/') && !word.contains([' ', '{', '<', '*', ':']) && !word.starts_with(['/', '.']);
        if is_path && !root().join(word).exists() && !root().join("appos-codegen/src").join(word).exists() {
            missing.insert(word.to_owned());
        }
    }
    assert!(missing.is_empty(), "ARCHITECTURE.md names what is not there: {missing:#?}");
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace() {
    let manifest = |folder: &str| fs::read_to_string(root().join(folder).join("Cargo.toml")).unwrap();
    assert!(manifest(".").contains("unsafe_code = \"forbid\""));
    let members = manifest(".").split("members = [").nth(1).unwrap().split(']').next().unwrap().to_owned();
    let mut folders = vec![".".to_owned()];
    for member in members.split(',').map(|member| member.trim().trim_matches('"')) {
        match member.strip_suffix("/*") {
            Some(parent) => folders.extend(
                fs::read_dir(root().join(parent))
                    .unwrap()
                    .flatten()
                    .filter(|entry| entry.path().join("Cargo.toml").is_file())
                    .map(|entry| format!("{parent}/{}", entry.file_name().to_string_lossy())),
            ),
            None => folders.push(member.to_owned()),
        }
    }
    assert!(folders.len() > 10, "{folders:?}");
    // Examples, and apps of tests, are what others would write: they take this one lint.
    let takes = |text: &str| {
        text.contains("[lints]\nworkspace = true\n") || text.contains("[lints.rust]\nunsafe_code = \"forbid\"\n")
    };
    // What libfuzzer calls has a name that it finds, which the lint counts as unsafe.
    let takes_none = |folder: &&String| *folder != "tests/fuzz" && !takes(&manifest(folder));
    let wrong: Vec<&String> = folders.iter().filter(takes_none).collect();
    assert!(wrong.is_empty(), "these need `[lints]` with `workspace = true`: {wrong:?}");
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let table = manifest.split("[workspace.dependencies]\n").nth(1).unwrap();
    let table = table.split("\n[").next().unwrap();
    let name = |line: &str| line.split_once('=').map(|(name, _)| name.trim().to_owned());
    let used: BTreeSet<String> =
        table.lines().filter(|line| !line.starts_with('#') && !line.contains("path = ")).filter_map(name).collect();
    let page = fs::read_to_string(root().join("docs/dependencies.md")).unwrap();
    let rows: Vec<(&str, &str)> =
        page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | ")).collect();
    let named: BTreeSet<String> = rows.iter().map(|(name, _)| (*name).to_owned()).collect();
    let silent: Vec<_> = used.difference(&named).collect();
    assert!(silent.is_empty(), "say in docs/dependencies.md why these are needed: {silent:?}");
    let gone: Vec<_> = named.difference(&used).collect();
    assert!(gone.is_empty(), "these are no dependencies any more: {gone:?}");
    assert_eq!(named.len(), rows.len(), "a crate is listed twice");
    assert!(rows.iter().all(|(_, why)| why.trim_end_matches('|').trim().len() > 5), "a reason is a sentence");
}

//! What `cargo appos new` writes, and what it refuses.

use std::fs;

use serde_json::Value as Json;

use crate::project::{Folder, done, err, refused};

#[test]
fn a_project_is_written_as_a_whole() {
    let folder = Folder::new();
    let said = done(&folder.appos("", &["new", "acme"]));
    assert!(said.starts_with("made `acme` in acme: projects and tasks"), "{said}");
    assert!(said.contains("AppOS comes from "), "{said}");
    assert!(said.contains("\nNext:\n  cd acme\n  cargo run\n"), "{said}");
    assert_eq!(folder.entries(""), ["acme"], "nothing else is left");
    let expected = [
        ".dockerignore",
        ".git",
        ".github",
        ".gitignore",
        "AGENTS.md",
        "Cargo.lock",
        "Cargo.toml",
        "Dockerfile",
        "README.md",
        "appos.yaml",
        "apps",
        "migrations",
        "permissions.lock",
        "src",
    ];
    assert_eq!(folder.entries("acme"), expected);
    assert!(folder.read("acme/Cargo.toml").starts_with("[package]\nname = \"acme\"\n"));
    assert!(folder.read("acme/.github/workflows/ci.yml").contains("cargo appos check --deny warnings"));
    assert!(folder.read("acme/Dockerfile").contains("target/release/acme "));
    let lock = folder.read("acme/Cargo.lock");
    assert!(lock.contains("name = \"sea-orm\"") && !lock.contains("name = \"corpus\""), "packages of others alone");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        folder.write("other/file", "");
        let mode = |path: &str| fs::metadata(folder.path(path)).expect("a folder").permissions().mode();
        assert_eq!(mode("acme"), mode("other"), "a folder like any other");
    }
}

#[test]
fn in_a_repository_no_other_is_made() {
    let folder = Folder::new();
    done(&folder.command("", "git").args(["init", "--quiet"]).output().expect("git runs"));
    done(&folder.appos("", &["new", "acme"]));
    assert!(!folder.path("acme/.git").exists());
    let other = Folder::new();
    fs::create_dir(other.path("my work")).expect("a folder");
    let said = done(&other.appos("", &["new", "my work/acme", "--no-git"]));
    assert!(said.contains("in my work/acme: ") && said.contains("\n  cd 'my work/acme'\n"), "{said}");
    done(&other.appos("", &["new", "acme", "--no-git"]));
    assert!(!other.path("acme/.git").exists());
}

#[test]
fn an_empty_folder_is_filled_and_another_stays_as_it_is() {
    let folder = Folder::new();
    fs::create_dir(folder.path("acme")).expect("a folder");
    let said = done(&folder.appos("acme", &["new", "."]));
    assert!(said.contains("\nNext:\n  cargo run\n"), "{said}");
    assert!(folder.path("acme/Cargo.toml").is_file() && folder.path("acme/.git").is_dir());

    let said = refused(&folder.appos("", &["new", "acme"]));
    assert!(said.contains("the folder acme is there already, and not empty"), "{said}");
    folder.write("file", "mine");
    let said = refused(&folder.appos("", &["new", "file"]));
    assert!(said.contains("file is there already, and no folder"), "{said}");
    assert_eq!(folder.read("file"), "mine");
    let said = refused(&folder.appos("", &["new", "no/such/acme"]));
    assert!(said.contains("there is no folder no/such") && said.contains("mkdir -p no/such"), "{said}");
    assert_eq!(folder.entries(""), ["acme", "file"]);
}

#[test]
fn names_that_cannot_be_are_refused_with_the_nearest_that_can() {
    let folder = Folder::new();
    for (name, why, better) in [
        ("Acme Shop", "a name has lower-case letters", "acme-shop"),
        ("match", "Rust keeps this word for itself", "match-platform"),
        ("std", "Rust and cargo have a crate or folder of this name", "std-platform"),
        ("test", "Rust and cargo have a crate or folder of this name", "test-platform"),
        ("appos", "the project depends on a crate of this name", "appos-platform"),
        ("tasks", "the app of the template `minimal` has this name", "tasks-platform"),
    ] {
        let said = refused(&folder.appos("", &["new", name]));
        let expected = format!("error: `{name}` cannot be the name of a project: {why}");
        assert!(said.starts_with(&expected), "{said}");
        assert!(said.ends_with(&format!("\n  help: write `cargo appos new {better}`\n")), "{said}");
    }
    let said = refused(&folder.appos("", &["new", "shop", "--name", "Shop"]));
    assert!(said.ends_with("\n  help: write `--name shop`\n"), "{said}");
    assert!(refused(&folder.appos("", &["new"])).contains("write `cargo appos new acme`"));
    // A terminal obeys nothing of a name.
    let said = refused(&folder.appos("", &["new", "shop\u{1b}[2J"]));
    assert!(said.starts_with("error: `shop\\u{1b}[2J` cannot be the name of a project"), "{said:?}");
    for name in [["new", "shop", "--name", "a\u{202e}b"], ["new", "shop", "--template", "a\u{9b}31m"]] {
        let said = refused(&folder.appos("", &name));
        assert!(!said.contains(['\u{202e}', '\u{9b}']) && said.contains("`a\\u{"), "{said:?}");
    }
    assert_eq!(folder.entries(""), Vec::<String>::new(), "nothing is left");
}

#[test]
fn templates_are_listed_and_the_nearest_is_suggested() {
    let folder = Folder::new();
    let listed = done(&folder.appos("", &["new", "--template", "list"]));
    let help = done(&folder.appos("", &["new", "--help"]));
    for (name, part) in [("minimal", "projects and tasks"), ("crm", "customers"), ("approval-workflow", "requests")] {
        for text in [&listed, &help] {
            let line = text.lines().find(|line| line.trim_start().starts_with(name));
            assert!(line.is_some_and(|line| line.contains(part)), "{name}: {text}");
        }
    }
    let said = refused(&folder.appos("", &["new", "acme", "--template", "approval_workflow"]));
    let expected = "error: there is no template `approval_workflow`\n  help: write `--template approval-workflow`\n";
    assert_eq!(said, expected);
    let said = refused(&folder.appos("", &["new", "acme", "--template", "zzz"]));
    assert!(said.contains("templates are minimal, crm, approval-workflow"), "{said}");
}

#[test]
fn what_was_made_is_told_as_json() {
    let folder = Folder::new();
    let said = done(&folder.appos("", &["new", "acme", "--template", "crm", "--no-git", "--json"]));
    let made: Json = serde_json::from_str(&said).expect("JSON");
    assert_eq!((&made["name"], &made["template"], &made["git"]), (&"acme".into(), &"crm".into(), &false.into()));
    assert_eq!(made["appos"]["from"], "path");
    let files = made["files"].as_array().expect("files");
    assert!(files.contains(&"apps/crm/src/records/customer.rs".into()), "{made:#}");
    assert!(files.iter().all(|file| folder.path("acme").join(file.as_str().expect("a path")).is_file()));
    assert_eq!(made["next"], serde_json::json!(["cd acme", "cargo run"]));
}

#[test]
fn appos_is_taken_from_where_it_is_asked_for() {
    let folder = Folder::new();
    folder.write("checkout/Cargo.toml", "[package]\nname = \"appos\"\nversion = \"0.1.0\"\n");
    done(&folder.appos("", &["new", "acme", "--appos-path", "checkout"]));
    let manifest = folder.read("acme/Cargo.toml");
    let expected = format!("\nappos = {{ path = {:?} }}\n", folder.path("checkout").display().to_string());
    assert!(manifest.contains(&expected), "{manifest}");
    let said = refused(&folder.appos("", &["new", "other", "--path", "acme"]));
    assert!(said.contains("acme is the package `acme`"), "{said}");
    assert_eq!(folder.entries(""), ["acme", "checkout"]);
}

/// A disk that is full after a kilobyte of each file.
#[cfg(unix)]
#[test]
fn a_run_that_fails_leaves_nothing_behind() {
    let folder = Folder::new();
    fs::create_dir(folder.path("empty")).expect("a folder");
    let script = format!("trap '' XFSZ; ulimit -f 1; exec {} new \"$0\"", env!("CARGO_BIN_EXE_cargo-appos"));
    for place in ["acme", "empty"] {
        let failed = folder.command("", "bash").args(["-c", &script, place]).output().expect("bash runs");
        assert_eq!(failed.status.code(), Some(1), "{}", err(&failed));
        assert!(err(&failed).contains(" cannot be written: "), "{}", err(&failed));
    }
    assert_eq!(folder.entries(""), ["empty"]);
    assert_eq!(folder.entries("empty"), Vec::<String>::new());
}

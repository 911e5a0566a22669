//! `cargo appos impact` on a project of its own, as it is while somebody works on it: AppOS is no
//! member of its workspace, files change, and now and then it does not compile.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace").to_owned()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).expect("a copy");
        }
    }
}

/// A workspace with the app `ledger` of the corpus and a platform of nothing else.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = root();
    let write = |path: &str, text: String| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    let manifest = fs::read_to_string(root.join("Cargo.toml")).expect("the workspace's file");
    // The same profiles, so that dependencies are built as for all tests.
    let profiles: String =
        manifest.split_inclusive('\n').skip_while(|line| !line.starts_with("[profile.dev]")).collect();
    let path = |path: &str| root.join(path).display().to_string();
    let (appos, features) = (path(""), path("tests/features"));
    let appos = format!("appos = {{ path = {appos:?} }}\nfeatures_of_tests = {{ path = {features:?} }}");
    let package = |name: &str| format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
    let workspace = "[workspace]\nresolver = \"3\"\nmembers = [\"desk\", \"ledger\"]\n\n";
    write("Cargo.toml", format!("{workspace}{profiles}"));
    fs::copy(root.join("Cargo.lock"), folder.path().join("Cargo.lock")).expect("a copy");
    copy(&root.join("tests/corpus/apps/ledger"), &folder.path().join("ledger"));
    write("ledger/Cargo.toml", format!("{}\n[dependencies]\n{appos}\n", package("ledger")));
    write(
        "desk/Cargo.toml",
        format!("{}\n[dependencies]\n{appos}\nledger = {{ path = \"../ledger\" }}\n", package("desk")),
    );
    write("desk/src/main.rs", "appos::platform!(ledger);\n".to_owned());
    folder
}

fn impact(folder: &Path, arguments: &[&str]) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_cargo-appos"));
    Command::new(program)
        .arg("impact")
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", program.ancestors().nth(2).expect("a target folder"))
        .env("CARGO_NET_OFFLINE", "true")
        .output()
        .expect("the command runs")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_graph_follows_the_files_and_outlives_a_mistake_if_asked_to() {
    let project = project();
    let rates = project.path().join("ledger/src/constants/rates.rs");
    let text = fs::read_to_string(&rates).expect("a file");

    let first = impact(project.path(), &["ledger.constants.tax_rate"]);
    assert!(first.status.success(), "{}", err(&first));
    assert!(err(&first).contains("The graph of `desk` is not made yet: asking the compiler."), "{}", err(&first));
    assert!(
        out(&first).contains("Used by (1)\n  ledger.rules.post\n    read  ledger/src/rules/posting.rs:"),
        "{}",
        out(&first)
    );
    // Objects of the platform, which is no part of this workspace, are known by name and by use.
    let user = impact(project.path(), &["platform.records.user"]);
    assert!(
        out(&user).contains("  ledger.records.account\n    reference  ledger/src/records/account.rs:"),
        "{}",
        out(&user)
    );
    assert_eq!(err(&user), "", "the second answer asks nobody");

    // Another time alone is no change; another text is.
    fs::write(&rates, &text).expect("a file");
    assert_eq!(err(&impact(project.path(), &["ledger.constants.tax_rate"])), "");
    let more = "\n#[constant]\nasync fn double() -> Result<Decimal> {\n    Ok(tax_rate().await? * dec!(2))\n}\n";
    fs::write(&rates, format!("{text}{more}")).expect("a file");
    let second = impact(project.path(), &["ledger.constants.tax_rate"]);
    assert!(err(&second).contains("The graph of `desk` is out of date"), "{}", err(&second));
    assert!(out(&second).contains("  ledger.constants.double\n    read  "), "{}", out(&second));

    fs::write(&rates, format!("{text}\nfn wrong() {{ missing() }}\n")).expect("a file");
    let broken = impact(project.path(), &["ledger.constants.tax_rate"]);
    assert_eq!((broken.status.code(), out(&broken)), (Some(1), String::new()));
    assert!(err(&broken).contains("cannot find function `missing`"), "{}", err(&broken));
    let end = "error: `desk` does not compile\n  help: add `--stale` to ask the graph of the last state that did\n";
    assert!(err(&broken).ends_with(end), "{}", err(&broken));

    let stale = impact(project.path(), &["ledger.constants.tax_rate", "--stale", "--json"]);
    assert!(stale.status.success(), "{}", err(&stale));
    assert!(err(&stale).contains("what follows holds for the last state that did"), "{}", err(&stale));
    let answer: serde_json::Value = serde_json::from_slice(&stale.stdout).expect("JSON");
    assert_eq!(answer["stale"], true);
    assert!(out(&stale).contains("ledger.constants.double"), "{}", out(&stale));
}

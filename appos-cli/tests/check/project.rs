//! A small project of its own on the real AppOS: one app, two crates that are none, one platform.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value as Json;

pub(crate) struct Project {
    folder: tempfile::TempDir,
    /// The folder of its crates. Cargo tells crates of one target folder apart by their places in
    /// their workspaces, so each project has another.
    name: &'static str,
}

/// Files of the app `ledger`, by path.
type Files<'a> = &'a [(&'a str, &'a str)];

impl Project {
    /// Writes the project; with the profiles and the lock of this repository, so that dependencies
    /// are built as for all tests. The platform is `{name}_desk`.
    pub(crate) fn new(name: &'static str, files: Files<'_>) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace");
        let manifest = fs::read_to_string(root.join("Cargo.toml")).expect("the workspace's file");
        let profiles: String =
            manifest.split_inclusive('\n').skip_while(|line| !line.starts_with("[profile.dev]")).collect();
        let project = Self { folder: tempfile::tempdir().expect("a temporary folder"), name };
        let platform = format!("{name}_desk");
        let path = |path: &str| root.join(path).display().to_string();
        let (appos, features) = (path(""), path("tests/features"));
        let appos = format!("appos = {{ path = {appos:?} }}\nfeatures_of_tests = {{ path = {features:?} }}");
        let package = |name: &str, dependencies: &[&str]| {
            format!(
                "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{}\n",
                dependencies.join("\n")
            )
        };
        let (texts, words) = ("texts = { path = \"../texts\" }", "words = { path = \"../words\" }");
        let members = ["desk", "ledger", "texts", "words"].map(|member| format!("\"{name}/{member}\"")).join(", ");
        let workspace = format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n\n{profiles}");
        fs::write(project.folder.path().join("Cargo.toml"), workspace).expect("a file");
        fs::copy(root.join("Cargo.lock"), project.folder.path().join("Cargo.lock")).expect("a copy");
        for (name, function) in [("texts", "shout"), ("words", "first")] {
            project.write(&format!("{name}/Cargo.toml"), &package(name, &[]));
            let text = format!("pub fn {function}(text: &str) -> String {{ text.to_owned() }}\n");
            project.write(&format!("{name}/src/lib.rs"), &text);
        }
        project.write("ledger/Cargo.toml", &package("ledger", &[&appos, texts, words]));
        project.write("ledger/build.rs", "fn main() { println!(\"cargo:rerun-if-changed=src\"); }\n");
        project.write("ledger/src/lib.rs", "#[macro_use]\nextern crate appos;\napp!();\n");
        project.write("desk/Cargo.toml", &package(&platform, &[&appos, "ledger = { path = \"../ledger\" }"]));
        project.write("desk/src/main.rs", "appos::platform!(ledger);\n");
        for (path, text) in files {
            project.write(path, text);
        }
        project
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(self.name).join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("a file")
    }

    pub(crate) fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has `{from}`");
        self.write(path, &text.replacen(from, to, 1));
    }

    pub(crate) fn run(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
        let program = Path::new(env!("CARGO_BIN_EXE_cargo-appos"));
        Command::new(program)
            .args(arguments)
            .current_dir(self.folder.path())
            .env("CARGO_TARGET_DIR", program.ancestors().nth(2).expect("a target folder"))
            .env("CARGO_NET_OFFLINE", "true")
            .env_remove("DATABASE_URL")
            .envs(variables.iter().copied())
            .output()
            .expect("the command runs")
    }

    /// `check --json`: the exit code and the answer.
    pub(crate) fn check(&self, variables: &[(&str, &str)]) -> (Option<i32>, Json) {
        let output = self.run(&["check", "--json"], variables);
        let said = err(&output);
        (output.status.code(), serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("no JSON: {said}")))
    }
}

/// `A0003 ledger/src/rules/calls.rs:3 use texts::shout;`: each finding with the line it points at.
pub(crate) fn found(project: &Project, answer: &Json) -> Vec<String> {
    let findings = answer["findings"].as_array().expect("findings").iter();
    findings
        .map(|finding| {
            let code = finding["code"].as_str().expect("a code");
            let Some(file) = finding["file"].as_str() else { return code.to_owned() };
            let file = file.strip_prefix(project.name).and_then(|file| file.strip_prefix('/')).expect("a file of it");
            let Some(line) = finding["line"].as_u64() else { return format!("{code} {file}") };
            let text = project.read(file);
            let line = text.lines().nth(usize::try_from(line).expect("a number") - 1).expect("a line");
            format!("{code} {file} {}", line.trim())
        })
        .collect()
}

pub(crate) fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub(crate) fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

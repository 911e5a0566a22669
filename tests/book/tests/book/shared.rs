//! The platform of the book: all files that its pages show, but those of pages with a project of their
//! own, are one project. It is built once; commands and requests of a page run in order, on a database in
//! which there are only the people of the book.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::console::{self, Console};
use crate::http::{self, Memory};
use crate::page::{Block, Kind, Page, pages, wanted};
use crate::project::{self, Files};
use crate::server::{People, Server};
use crate::{blessing, root};

/// Name of the platform.
const NAME: &str = "acme";

const LIBRARY: &str = "//! An app.\n\n#[macro_use]\nextern crate appos;\n\napp!();\n";
const BUILD: &str = "//! A new file is a new object.\n\nfn main() {\n    println!(\"cargo:rerun-if-changed=src\");\n    println!(\"cargo:rerun-if-changed=app.yaml\");\n}\n";

/// The manifest of an app; its version keeps it apart from the crates of that name elsewhere.
fn manifest(name: &str, dependencies: &str) -> String {
    let text = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.1\"\nedition = \"2024\"\n\n[dependencies]\nappos = \"0\"\n{dependencies}"
    );
    project::with_appos(&text)
}

/// The apps of the pages, and the file of each block by its path.
fn apps(pages: &[Page]) -> (BTreeSet<String>, BTreeMap<String, String>) {
    let mut apps = BTreeSet::new();
    let mut files: BTreeMap<String, (String, String)> = BTreeMap::new();
    for page in pages.iter().filter(|page| !page.is_own) {
        for block in &page.blocks {
            let Some(path) = block.file().filter(|path| path.starts_with("apps/")) else {
                assert_ne!(block.kind, Kind::Rust, "{}: say which file it is, as a comment", page.place(block));
                continue;
            };
            if !matches!(block.kind, Kind::Rust | Kind::Yaml | Kind::Toml) {
                continue;
            }
            apps.insert(path.split('/').nth(1).unwrap_or_default().to_owned());
            let code = block.code();
            match files.get_mut(path) {
                // A page may show a file in parts.
                Some((of, text)) if *of == page.name && block.kind == Kind::Rust => text.extend(["\n", &code]),
                Some((of, _)) => panic!("{}: {path} is shown on the page {of}, too", page.place(block)),
                None => drop(files.insert(path.to_owned(), (page.name.clone(), code))),
            }
        }
    }
    (apps, files.into_iter().map(|(path, (_, text))| (path, text)).collect())
}

fn write(pages: &[Page]) -> (PathBuf, Vec<(String, String)>) {
    let folder = project::folder("shared");
    let (apps, shown) = apps(pages);
    let mut files = Files::into(&folder);
    for (path, text) in &shown {
        let text = if path.ends_with("Cargo.toml") { project::with_appos(text) } else { text.clone() };
        files.write(path, &text);
    }
    for app in &apps {
        for (file, text) in [("src/lib.rs", LIBRARY), ("build.rs", BUILD), ("Cargo.toml", &manifest(app, ""))] {
            let path = format!("apps/{app}/{file}");
            if !files.has(&path) {
                files.write(&path, text);
            }
        }
        assert!(files.has(&format!("apps/{app}/app.yaml")), "no page shows apps/{app}/app.yaml");
    }
    let named: Vec<&str> = apps.iter().map(String::as_str).collect();
    let dependencies: Vec<String> = named.iter().map(|app| format!("{app} = {{ path = \"apps/{app}\" }}\n")).collect();
    let workspace = "\n[workspace]\nresolver = \"3\"\nmembers = [\"apps/*\", \"wrong/*\"]\n\n";
    files.write("Cargo.toml", &(manifest(NAME, &dependencies.concat()) + workspace + &project::profiles()));
    files.write("src/main.rs", &format!("//! The platform of the book.\n\nappos::platform!({});\n", named.join(", ")));
    files.write("appos.yaml", &format!("environment: dev\napps: [{}]\n", named.join(", ")));
    let wrong = write_wrong(pages, &mut files);
    files.finish();
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("a copy");
    (folder, wrong)
}

/// Code that must not compile: each block is a crate, and the messages that it states.
fn write_wrong(pages: &[Page], files: &mut Files) -> Vec<(String, String)> {
    let mut wrong = Vec::new();
    for page in pages {
        for block in page.blocks.iter().filter(|block| block.kind == Kind::CompileFail) {
            let name = format!("wrong_{}", wrong.len());
            let folder = format!("wrong/{name}");
            let crm = if block.text.contains("crm::") { "crm = { path = \"../../apps/crm\" }\n" } else { "" };
            files.write(&format!("{folder}/Cargo.toml"), &manifest(&name, crm));
            let groups = "groups: [crm_users, crm_admins, finance]";
            files.write(&format!("{folder}/app.yaml"), &format!("name: {name}\n{groups}\n"));
            files.write(&format!("{folder}/build.rs"), BUILD);
            files.write(&format!("{folder}/src/lib.rs"), LIBRARY);
            files.write(&format!("{folder}/src/rules/wrong.rs"), &block.code());
            wrong.push((name, page.place(block)));
        }
    }
    wrong
}

/// The messages that a block states, as `// error: ..`.
fn stated(block: &str) -> Vec<&str> {
    block.lines().filter_map(|line| line.split_once("// error: ").map(|(_, message)| message.trim())).collect()
}

fn build(folder: &Path) -> PathBuf {
    let mut command = Console::new(folder, &folder.join("target")).command("sh");
    command.arg("-c").arg(format!("'{}' build --bin {NAME}", project::cargo().display()));
    let output = command.output().expect("cargo");
    assert!(output.status.success(), "the pages do not compile:\n{}", String::from_utf8_lossy(&output.stderr));
    let warnings = String::from_utf8_lossy(&output.stderr);
    assert!(!warnings.contains("warning: "), "the pages compile with warnings:\n{warnings}");
    folder.join("target/debug").join(NAME)
}

fn check_wrong(folder: &Path, wrong: &[(String, String)]) {
    if wrong.is_empty() {
        return;
    }
    let packages: Vec<String> = wrong.iter().map(|(name, _)| format!("-p {name}")).collect();
    let cargo = project::cargo();
    let mut command = Console::new(folder, &folder.join("target")).command("sh");
    let line = format!("'{}' build --keep-going --message-format json {}", cargo.display(), packages.join(" "));
    let output = command.arg("-c").arg(line).output().expect("cargo");
    let mut said: BTreeMap<String, String> = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(message) = serde_json::from_str::<Json>(line) else { continue };
        if message["message"]["level"] == "error" {
            let name = message["target"]["name"].as_str().unwrap_or_default().to_owned();
            said.entry(name).or_default().push_str(message["message"]["rendered"].as_str().unwrap_or_default());
        }
    }
    let mut failures = Vec::new();
    for (name, place) in wrong {
        let code = fs::read_to_string(folder.join(format!("wrong/{name}/src/rules/wrong.rs"))).expect("a block");
        let said = said.get(name).map_or("", String::as_str);
        let messages = stated(&code);
        if messages.is_empty() || said.is_empty() {
            failures.push(format!("{place}: states no `// error: ..`, or compiles"));
        }
        for message in messages.into_iter().filter(|message| !said.contains(message)) {
            failures.push(format!("{place}: the compiler does not say `{message}`, but:\n{said}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Runs what stands on a page; answers what differs and how the page would be right.
async fn run(page: &Page, folder: &Path, people: &People) -> Vec<(Block, String)> {
    let program = folder.join("target/debug").join(NAME);
    people.reset(folder);
    // What a command of the last run has written.
    for lock in ["permissions.lock", "processes.lock"] {
        fs::remove_file(folder.join(lock)).ok();
    }
    let mut console = Console::new(folder, &folder.join("target"));
    let mut server: Option<Server> = None;
    let mut memory = Memory::default();
    let mut differing = Vec::new();
    for block in &page.blocks {
        match block.kind {
            Kind::Console => {
                // Whoever reads the log files reads all that was done.
                if let Some(server) = server.take_if(|_| console::reads_logs(block)) {
                    server.stop();
                }
                let steps: Vec<_> = console::steps(block)
                    .into_iter()
                    .map(|step| {
                        let came = console.run(&memory.filled(&step.command));
                        (step, came)
                    })
                    .collect();
                if steps.iter().any(|(step, came)| !crate::transcript::fits(&step.shown, came)) {
                    differing.push((block.clone(), console::rewritten(&steps)));
                }
            }
            Kind::Http => {
                let server = server.get_or_insert_with(|| people.start(&program, folder));
                if let Err(rewritten) = http::exchange(block, server, &mut memory).await {
                    differing.push((block.clone(), rewritten));
                }
            }
            _ => {}
        }
    }
    if let Some(server) = server {
        server.stop();
    }
    differing
}

/// Rewrites the page, or tells what differs.
pub(crate) fn settle(page: &Page, differing: &[(Block, String)], failures: &mut Vec<String>) {
    if blessing() {
        let mut text = page.text.clone();
        for (block, rewritten) in differing.iter().rev() {
            text.replace_range(block.range.clone(), rewritten);
        }
        if !differing.is_empty() {
            fs::write(&page.path, text).expect("a page");
        }
        return;
    }
    for (block, rewritten) in differing {
        failures.push(format!("{} shows\n{}\nand should show\n{rewritten}", page.place(block), block.text));
    }
}

#[tokio::test]
async fn the_blocks_of_all_pages_compile_and_do_what_the_pages_say() {
    let pages = pages();
    let (folder, wrong) = write(&pages);
    let program = build(&folder);
    check_wrong(&folder, &wrong);
    let people = People::meet(&program, &folder).await;
    let mut failures = Vec::new();
    for page in wanted(pages).iter().filter(|page| !page.is_own) {
        if page.blocks.iter().any(|block| matches!(block.kind, Kind::Console | Kind::Http)) {
            let differing = run(page, &folder, &people).await;
            settle(page, &differing, &mut failures);
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

//! Pages with a project of their own, which begins with an empty folder: files are written, commands are
//! typed and requests are sent in the order of the page.

use std::fs;
use std::path::{Path, PathBuf};

use crate::console::{self, Console, Step};
use crate::http::{self, Memory};
use crate::page::{Block, Kind, Page, pages, wanted};
use crate::server::Server;
use crate::transcript::STAMP;
use crate::{project, root, transcript};

/// A page that is being followed.
struct Reader {
    console: Console,
    server: Option<Server>,
    memory: Memory,
    people: Vec<(String, Vec<String>)>,
    start: PathBuf,
}

/// `<!-- people: ann = sales; ben = sales managers -->`
fn people(text: &str) -> Vec<(String, Vec<String>)> {
    let Some((_, rest)) = text.split_once("<!-- people: ") else { return Vec::new() };
    let list = rest.split(" -->").next().unwrap_or_default();
    list.split(';')
        .filter_map(|one| one.split_once('='))
        .map(|(name, groups)| (name.trim().to_owned(), groups.split_whitespace().map(str::to_owned).collect()))
        .collect()
}

impl Reader {
    fn new(page: &Page) -> Self {
        let start = project::folder("own").join(page.name.replace('/', "_"));
        fs::remove_dir_all(&start).ok();
        fs::create_dir_all(&start).expect("a folder");
        let console = Console::new(&start, &start.join(".target"));
        Self { console, server: None, memory: Memory::default(), people: people(&page.text), start }
    }

    /// The project's own file, with AppOS where it is and the profiles and the lock of this repository.
    fn settle_workspace(folder: &Path) {
        let path = folder.join("Cargo.toml");
        let mut text = fs::read_to_string(&path).expect("the workspace's file");
        if !text.contains("features_of_tests") {
            text = text.replacen("[dependencies]\n", &format!("[dependencies]\n{}\n", project::features()), 1);
        }
        if !text.contains("[profile.dev]") {
            text = format!("{text}\n{}", project::profiles());
        }
        fs::write(&path, text).expect("a file");
        if !folder.join("Cargo.lock").exists() {
            fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("a copy");
        }
    }

    fn write(&self, block: &Block) {
        let Some(path) = block.file() else { return };
        let file = self.console.folder.join(self.with_names_of_now(path));
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        if block.kind != Kind::Toml {
            fs::write(&file, self.with_names_of_now(&block.code())).expect("a file");
            return;
        }
        fs::write(&file, project::with_appos(&block.code())).expect("a file");
        if block.text.contains("[workspace]") {
            Self::settle_workspace(&self.console.folder);
        }
    }

    /// Migrations have the moment in their names; on a page all have the same.
    fn with_names_of_now(&self, text: &str) -> String {
        let files = fs::read_dir(self.console.folder.join("migrations")).into_iter().flatten().flatten();
        let names = files.filter_map(|file| file.path().file_stem().map(|name| name.to_string_lossy().into_owned()));
        let mut text = text.to_owned();
        for name in names.filter(|name| name.len() > STAMP.len()) {
            text = text.replace(&format!("{STAMP}{}", &name[STAMP.len()..]), &name);
        }
        text
    }

    async fn type_in(&mut self, step: &Step) -> String {
        if step.command == "cargo run" {
            return self.serve().await;
        }
        let came = self.console.run(&step.command);
        if let Some(rest) = step.command.strip_prefix("cargo appos new ") {
            let name = rest.split_whitespace().find(|word| !word.starts_with('-')).unwrap_or_default();
            let made = self.console.folder.join(name);
            assert!(made.join("Cargo.toml").exists(), "`{}`: {came}", step.command);
            Self::settle_workspace(&made);
        }
        came
    }

    /// `cargo run`: until the program waits for requests.
    async fn serve(&mut self) -> String {
        if let Some(server) = self.server.take() {
            server.stop();
        }
        let built = self.console.run("cargo build");
        let manifest = fs::read_to_string(self.console.folder.join("Cargo.toml")).expect("the platform's file");
        let name = manifest.lines().find_map(|line| line.strip_prefix("name = ")).expect("a name").trim_matches('"');
        let program = self.console.program(name);
        assert!(program.exists(), "the project does not build:\n{built}");
        let mut server = Server::start(self.console.command(&program.display().to_string()));
        let printed = transcript::tidy(&server.printed, &self.console.folder);
        let groups: Vec<(&str, Vec<&str>)> = self
            .people
            .iter()
            .map(|(name, groups)| (name.as_str(), groups.iter().map(String::as_str).collect()))
            .collect();
        let people: Vec<(&str, &[&str])> = groups.iter().map(|(name, groups)| (*name, groups.as_slice())).collect();
        let known = std::mem::take(&mut server.sessions);
        server.introduce(&people).await;
        if server.sessions.is_empty() {
            server.sessions = known;
        }
        self.server = Some(server);
        printed
    }

    async fn follow(&mut self, page: &Page) -> Vec<(Block, String)> {
        let mut differing = Vec::new();
        let mut sessions = Vec::new();
        for block in &page.blocks {
            match block.kind {
                Kind::Rust | Kind::Yaml | Kind::Toml => self.write(block),
                Kind::Console => {
                    let mut steps = Vec::new();
                    for step in console::steps(block) {
                        let came = self.type_in(&step).await;
                        steps.push((step, came));
                    }
                    if steps.iter().any(|(step, came)| !transcript::fits(&step.shown, came)) {
                        differing.push((block.clone(), console::rewritten(&steps)));
                    }
                }
                Kind::Http => {
                    let server = self.server.as_mut().expect("`cargo run` before the first request");
                    // Sessions are in the database, and outlive the program.
                    if server.sessions.is_empty() {
                        server.sessions.clone_from(&sessions);
                    } else {
                        sessions.clone_from(&server.sessions);
                    }
                    if let Some(who) = http::who(block) {
                        server.sign_in(who).await;
                    }
                    if let Err(rewritten) = http::exchange(block, server, &mut self.memory).await {
                        differing.push((block.clone(), rewritten));
                    }
                }
                _ => {}
            }
        }
        if let Some(server) = self.server.take() {
            server.stop();
        }
        differing
    }
}

#[tokio::test]
async fn pages_with_a_project_of_their_own_can_be_followed_to_the_letter() {
    let mut failures = Vec::new();
    for page in wanted(pages()).iter().filter(|page| page.is_own) {
        let mut reader = Reader::new(page);
        let differing = reader.follow(page).await;
        crate::shared::settle(page, &differing, &mut failures);
        // What was built is large, and is built anew each time.
        fs::remove_dir_all(&reader.start).ok();
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

//! Commands of a page and what they print.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::LazyLock;

use crate::page::Block;
use crate::{project, transcript};

/// A command and the lines below it.
pub(crate) struct Step {
    pub(crate) command: String,
    pub(crate) shown: String,
}

/// The first words that a page may use; all of them are run.
const KNOWN: [&str; 6] = ["cargo ", "cd ", "export ", "ls", "cat ", "git "];

/// The steps of a block.
pub(crate) fn steps(block: &Block) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for line in block.text.lines() {
        if let Some(command) = line.strip_prefix("$ ") {
            steps.push(Step { command: command.to_owned(), shown: String::new() });
        } else if let Some(step) = steps.last_mut() {
            // A command may go on in the next line.
            if step.shown.is_empty() && step.command.ends_with('\\') {
                step.command.push('\n');
                step.command.push_str(line.trim_start_matches("> "));
            } else {
                step.shown.push_str(line);
                step.shown.push('\n');
            }
        } else {
            panic!("a block of commands begins with `$ `: {line}");
        }
    }
    steps
}

/// True if a command of the block reads log files, which a program writes to their end when it stops.
pub(crate) fn reads_logs(block: &Block) -> bool {
    block
        .text
        .lines()
        .any(|line| ["$ cargo appos logs", "$ cargo appos trace"].iter().any(|start| line.starts_with(start)))
}

/// A terminal in which the commands of a page are typed.
pub(crate) struct Console {
    pub(crate) folder: PathBuf,
    variables: Vec<(String, String)>,
    target: PathBuf,
}

impl Console {
    /// One in this folder; programs are put into `target`.
    pub(crate) fn new(folder: &Path, target: &Path) -> Self {
        Self { folder: folder.to_owned(), variables: Vec::new(), target: target.to_owned() }
    }

    /// The variables that were set, and what every command here is given.
    pub(crate) fn command(&self, program: &str) -> std::process::Command {
        let mut command = project::command(program, &self.folder);
        let path = std::env::var("PATH").unwrap_or_default();
        command.env("PATH", format!("{}:{path}", programs().display())).env("CARGO_TARGET_DIR", &self.target);
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// The program that was built for a platform.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(name)
    }

    /// Runs a command and answers what it printed.
    pub(crate) fn run(&mut self, typed: &str) -> String {
        assert!(KNOWN.iter().any(|known| typed.starts_with(known)), "`{typed}` is none of {KNOWN:?}");
        if let Some(folder) = typed.strip_prefix("cd ") {
            self.folder = self.folder.join(folder);
            assert!(self.folder.is_dir(), "`{typed}`: there is no such folder");
            return String::new();
        }
        if let Some((name, value)) = typed.strip_prefix("export ").and_then(|set| set.split_once('=')) {
            self.variables.push((name.to_owned(), value.trim_matches('"').to_owned()));
            return String::new();
        }
        if typed == "cargo appos dev" {
            return self.develop();
        }
        let mut command = self.command("sh");
        command.arg("-c").arg(format!("{{ {typed}\n}} 2>&1")).stdin(Stdio::null());
        let output = command.output().expect("a shell");
        transcript::tidy(&String::from_utf8_lossy(&output.stdout), &self.folder)
    }

    /// `cargo appos dev`, ended as by Ctrl+C when it has said all that it says of a start.
    fn develop(&self) -> String {
        let mut command = self.command(&programs().join("cargo-appos").display().to_string());
        // The port of the settings, which `tidy` shows, may be somebody's.
        command.arg("dev").env("APPOS__SERVER__PORT", "0").stdin(Stdio::null());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the command runs");
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        let mut printed = String::new();
        // Who can sign in comes last; without, it ends by itself.
        while !printed.contains("\n  users: ") && output.read_line(&mut printed).expect("text") > 0 {}
        let told = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        assert!(told.expect("kill").success(), "{printed}");
        output.read_to_string(&mut printed).expect("text");
        assert!(child.wait().expect("its end").success(), "{printed}");
        transcript::tidy(&printed, &self.folder)
    }
}

/// A folder with `cargo-appos`, for the path: the one of this build.
fn programs() -> &'static Path {
    static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
        let folder = project::folder("bin");
        fs::create_dir_all(&folder).expect("a folder");
        let program = folder.join("cargo-appos");
        fs::remove_file(&program).ok();
        fs::copy(env!("CARGO_BIN_EXE_book-cargo-appos"), &program).expect("a program");
        folder
    });
    &FOLDER
}

/// The block with what was printed in the place of what differs.
pub(crate) fn rewritten(steps: &[(Step, String)]) -> String {
    let mut text = String::new();
    for (step, came) in steps {
        text.push_str("$ ");
        text.push_str(&step.command.replace('\n', "\n> "));
        text.push('\n');
        text.push_str(if transcript::fits(&step.shown, came) { &step.shown } else { came });
    }
    text
}

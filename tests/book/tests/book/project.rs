//! Projects in the target folder. They are built as a reader builds theirs, with the dependencies that the
//! tests of this repository have built already.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::root;

/// Where cargo has built this test: `target`.
fn built() -> PathBuf {
    let program = Path::new(env!("CARGO_BIN_EXE_book-cargo-appos"));
    program.ancestors().nth(2).expect("a target folder").to_owned()
}

/// The folder of a project.
pub(crate) fn folder(name: &str) -> PathBuf {
    built().join("book").join(name)
}

/// A program in an environment of its own: what cargo told this test is not told on.
///
/// Crates are built where everything else is, so that dependencies are there; programs lie in a folder of
/// the project, where no other of their name is overwritten.
pub(crate) fn command(program: impl AsRef<std::ffi::OsStr>, folder: &Path) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if (text.starts_with("CARGO_") && text != "CARGO_HOME") || text.starts_with("APPOS_") || text == "DATABASE_URL"
        {
            command.env_remove(&name);
        }
    }
    command
        .current_dir(folder)
        .env("CARGO_BUILD_BUILD_DIR", built())
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_TERM_COLOR", "never")
        .env("RUST_BACKTRACE", "0")
        .env_remove("PORT")
        .env_remove("RUSTFLAGS");
    command
}

/// `cargo`, which has told us where it is.
pub(crate) fn cargo() -> PathBuf {
    std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from)
}

/// The profiles of this repository, so that dependencies are built as for all tests.
pub(crate) fn profiles() -> String {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the workspace's file");
    manifest.split_inclusive('\n').skip_while(|line| !line.starts_with("[profile.dev]")).collect()
}

/// A dependency by which all others have the features that they have in this repository.
pub(crate) fn features() -> String {
    format!("features_of_tests = {{ path = {:?} }}", root().join("tests/features").display().to_string())
}

/// A `Cargo.toml` that says `appos = ".."` as a reader's does, with AppOS where it is.
pub(crate) fn with_appos(manifest: &str) -> String {
    let path = format!("appos = {{ path = {:?} }}\n{}", root().display().to_string(), features());
    let lines = manifest.lines().map(|line| if line.starts_with("appos = ") { path.as_str() } else { line });
    lines.fold(String::new(), |text, line| text + line + "\n")
}

/// Files to be written into a folder. What is there already keeps its time, so that cargo builds
/// what has changed; what is left over from before goes.
#[derive(Default)]
pub(crate) struct Files {
    written: BTreeSet<PathBuf>,
    folder: PathBuf,
}

impl Files {
    pub(crate) fn into(folder: &Path) -> Self {
        Self { written: BTreeSet::new(), folder: folder.to_owned() }
    }

    pub(crate) fn write(&mut self, path: &str, text: &str) {
        let path = self.folder.join(path);
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            self.written.insert(path);
            return;
        }
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("a file");
        self.written.insert(path);
    }

    /// True if the file is among those that were written.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.written.contains(&self.folder.join(path))
    }

    /// Removes sources of before.
    pub(crate) fn finish(self) {
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() && !path.ends_with("target") && !path.ends_with(".appos") {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "yaml")
                    && !self.written.contains(&path)
                {
                    fs::remove_file(path).expect("an old file");
                }
            }
        }
    }
}

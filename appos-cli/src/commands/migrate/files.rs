//! The folder `migrations` of a platform: its list, its snapshot, its files.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use appos_codegen::migration::{Snapshot, render_list};

use crate::project::format::formatted;
use crate::project::locate::Platform;
use crate::terminal::Failure;

/// The folder of migrations.
pub(super) struct Folder {
    path: PathBuf,
    /// The file with `platform!(..)`.
    source: PathBuf,
}

fn failed(path: &Path, error: &std::io::Error) -> Failure {
    Failure::work(format!("{} cannot be written: {error}", path.display()), "")
}

impl Folder {
    pub(super) fn of(platform: &Platform) -> Self {
        Self { path: platform.folder().join("migrations"), source: platform.source.clone() }
    }

    /// How a file of it is shown.
    pub(super) fn shown(&self, name: &str) -> String {
        let path = self.path.join(name);
        let here = std::env::current_dir().ok();
        let near = here.and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
        near.unwrap_or(path).display().to_string()
    }

    /// The tables as the last migration leaves them, if they have been written down.
    ///
    /// # Errors
    /// The file is there and no snapshot, such as after a merge.
    pub(super) fn snapshot(&self) -> Result<Option<Snapshot>, Failure> {
        let path = self.path.join("snapshot.json");
        let Ok(text) = fs::read_to_string(&path) else { return Ok(None) };
        serde_json::from_str(&text).map(Some).map_err(|error| {
            Failure::work(
                format!("{} cannot be read: {error}", self.shown("snapshot.json")),
                "delete it and call this command again: it is made anew from the migrations",
            )
        })
    }

    /// Writes the snapshot.
    pub(super) fn write_snapshot(&self, snapshot: &Snapshot) -> Result<(), Failure> {
        let mut text = serde_json::to_string_pretty(snapshot).map_err(|error| Failure::work(error.to_string(), ""))?;
        text.push('\n');
        self.write("snapshot.json", &text)
    }

    /// Adds a migration to the list. The program is built anew with it.
    pub(super) fn add(&self, known: &[String], name: &str, text: &str) -> Result<(), Failure> {
        // As the rest of the project, so that `cargo fmt --check` finds nothing.
        self.write(&format!("{name}.rs"), &formatted(text.to_owned(), &self.path))?;
        let names: Vec<String> = known.iter().cloned().chain([name.to_owned()]).collect();
        self.write("mod.rs", &formatted(render_list(&names), &self.path))?;
        // Cargo does not know yet that the program depends on this folder.
        let source = fs::File::options().append(true).open(&self.source);
        source.and_then(|file| file.set_modified(SystemTime::now())).map_err(|error| failed(&self.source, &error))
    }

    fn write(&self, name: &str, text: &str) -> Result<(), Failure> {
        fs::create_dir_all(&self.path).map_err(|error| failed(&self.path, &error))?;
        let path = self.path.join(name);
        // All or nothing: a half-written list would not compile.
        let beside = self.path.join(format!(".{name}.new"));
        fs::write(&beside, text).and_then(|()| fs::rename(&beside, &path)).map_err(|error| failed(&path, &error))
    }
}

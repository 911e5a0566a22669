//! Which files a platform is made of, and when one has another content.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::Duration;

use notify_debouncer_mini::notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_mini::{DebounceEventResult, Debouncer, new_debouncer};
use tokio::sync::mpsc;

use crate::project::locate::Platform;
use crate::terminal::Failure;

/// An editor writes a file in several steps.
const SETTLED: Duration = Duration::from_millis(100);
/// Folders of a package whose every file counts.
const WHOLE: [&str; 2] = ["src", "migrations"];
/// Files of a package, and of the workspace, that count.
const FILES: [&str; 6] = ["Cargo.toml", "Cargo.lock", "build.rs", "app.yaml", "rust-toolchain", "rust-toolchain.toml"];

/// Watches the files of a platform.
pub(super) struct Watch {
    watcher: Debouncer<RecommendedWatcher>,
    stirred: mpsc::UnboundedReceiver<()>,
    watched: BTreeSet<PathBuf>,
    /// What the files held when the last build began.
    known: BTreeMap<PathBuf, u64>,
    /// Files elsewhere of which the compiler said that they are part of the program.
    more: BTreeSet<PathBuf>,
}

impl Watch {
    /// Begins to watch.
    ///
    /// # Errors
    /// The system watches no more files.
    pub(super) fn start(platform: &Platform) -> Result<Self, Failure> {
        let (stir, stirred) = mpsc::unbounded_channel();
        let told = move |events: DebounceEventResult| {
            // What happened is looked up: an event that was lost would mislead. Nobody listens at
            // the end.
            if events.is_ok_and(|events| events.iter().any(|event| !is_noise(&event.path))) {
                let _ = stir.send(());
            }
        };
        let watcher = new_debouncer(SETTLED, told).map_err(|error| refused(&error))?;
        let mut watch =
            Self { watcher, stirred, watched: BTreeSet::new(), known: BTreeMap::new(), more: BTreeSet::new() };
        watch.cover(platform)?;
        watch.known = watch.read(platform);
        Ok(watch)
    }

    /// Watches folders that have come.
    fn cover(&mut self, platform: &Platform) -> Result<(), Failure> {
        let mut wanted: BTreeMap<PathBuf, RecursiveMode> = BTreeMap::new();
        for file in &self.more {
            wanted.extend(file.parent().map(|folder| (folder.to_owned(), RecursiveMode::NonRecursive)));
        }
        for member in &platform.members {
            wanted.insert(member.folder.clone(), RecursiveMode::NonRecursive);
        }
        wanted.insert(platform.workspace.clone(), RecursiveMode::NonRecursive);
        for member in &platform.members {
            wanted.extend(WHOLE.map(|folder| (member.folder.join(folder), RecursiveMode::Recursive)));
        }
        for (folder, mode) in wanted {
            if folder.is_dir() && !self.watched.contains(&folder) {
                self.watcher.watcher().watch(&folder, mode).map_err(|error| refused(&error))?;
                self.watched.insert(folder);
            }
        }
        self.watched.retain(|folder| folder.is_dir());
        Ok(())
    }

    /// Files of which the compiler says that the program was made of them.
    pub(super) fn also(&mut self, platform: &Platform, files: BTreeSet<PathBuf>) -> Result<(), Failure> {
        self.more = files;
        self.cover(platform)?;
        // They were read by the build that has just ended.
        for file in self.more.clone() {
            if let (false, Some(hash)) = (self.known.contains_key(&file), hash(&file)) {
                self.known.insert(file, hash);
            }
        }
        Ok(())
    }

    /// Cargo writes its lock itself.
    pub(super) fn take_lock_of_now(&mut self, platform: &Platform) {
        let lock = platform.workspace.join("Cargo.lock");
        match hash(&lock) {
            Some(hash) => self.known.insert(lock, hash),
            None => self.known.remove(&lock),
        };
    }

    /// Waits until a file has another content, and answers which, by name from the workspace's
    /// folder. Given up and begun anew it misses nothing.
    pub(super) async fn changed(&mut self, platform: &Platform) -> Vec<String> {
        loop {
            if self.stirred.recv().await.is_none() {
                // The watcher is gone with this program.
                std::future::pending::<()>().await;
            }
            while self.stirred.try_recv().is_ok() {}
            // A folder that cannot be watched was reported at the start, if ever.
            let _ = self.cover(platform);
            let now = self.read(platform);
            let names: BTreeSet<&PathBuf> =
                now.keys().chain(self.known.keys()).filter(|file| now.get(*file) != self.known.get(*file)).collect();
            let names: Vec<String> = names
                .into_iter()
                .map(|file| file.strip_prefix(&platform.workspace).unwrap_or(file).display().to_string())
                .collect();
            if !names.is_empty() {
                self.known = now;
                return names;
            }
        }
    }

    fn read(&self, platform: &Platform) -> BTreeMap<PathBuf, u64> {
        let mut files: BTreeSet<PathBuf> = self.more.clone();
        let folders = platform.members.iter().map(|member| &member.folder).chain([&platform.workspace]);
        for folder in folders {
            files.extend(FILES.map(|name| folder.join(name)));
        }
        for member in &platform.members {
            for folder in WHOLE {
                collect(&member.folder.join(folder), &mut files);
            }
        }
        files.extend(settings(platform.folder()));
        files.into_iter().filter_map(|file| Some((hash(&file)?, file))).map(|(hash, file)| (file, hash)).collect()
    }
}

fn refused(error: &notify_debouncer_mini::notify::Error) -> Failure {
    Failure::work(
        format!("the files of the project cannot be watched: {error}"),
        "raise `fs.inotify.max_user_watches` and `fs.inotify.max_user_instances`",
    )
}

/// `appos.yaml`, and those of environments.
fn settings(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries
        .filter(|path| {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            name.starts_with("appos.") && path.extension().is_some_and(|extension| extension == "yaml")
        })
        .collect()
}

/// What changes all the time and is no source: looking at all files because of it would be a waste.
fn is_noise(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    is_temporary(path) || ["db", "db-wal", "db-shm", "db-journal", "log"].contains(&extension)
}

/// Files that editors make for a moment.
fn is_temporary(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.starts_with('.') || name.starts_with('#') || name.ends_with('~') || name == "4913"
}

fn collect(folder: &Path, into: &mut BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if is_temporary(&path) {
            continue;
        }
        if path.is_dir() {
            collect(&path, into);
        } else {
            into.insert(path);
        }
    }
}

fn hash(file: &Path) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    fs::read(file).ok()?.hash(&mut hasher);
    Some(hasher.finish())
}

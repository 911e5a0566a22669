//! The state of the files that a platform is built of.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::locate::Platform;

/// Files by name from the workspace's folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Fingerprint(BTreeMap<String, State>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct State {
    size: u64,
    /// Nanoseconds; 0 if the file system knows none.
    changed: u64,
    hash: u64,
}

impl State {
    fn of(file: &Path) -> Option<Self> {
        let (size, changed) = size_and_time(file)?;
        Some(Self { size, changed, hash: hash(file)? })
    }
}

impl Fingerprint {
    /// As the files are now.
    pub(crate) fn take(platform: &Platform) -> Self {
        Self(files(platform).iter().filter_map(|file| Some((name(platform, file), State::of(file)?))).collect())
    }

    /// Cargo writes its lock while it builds.
    pub(crate) fn with_lock_of_now(mut self, platform: &Platform) -> Self {
        let lock = platform.workspace.join("Cargo.lock");
        if let Some(state) = State::of(&lock) {
            self.0.insert(name(platform, &lock), state);
        }
        self
    }

    /// True if no file has another content, and none came or went. A file with another time is read.
    pub(crate) fn holds(&self, platform: &Platform) -> bool {
        let files = files(platform);
        files.len() == self.0.len()
            && files.iter().all(|file| {
                let Some(known) = self.0.get(&name(platform, file)) else { return false };
                match size_and_time(file) {
                    Some((size, changed)) if size == known.size => {
                        changed == known.changed || hash(file) == Some(known.hash)
                    }
                    _ => false,
                }
            })
    }
}

/// The Rust files of a platform and its apps, each with the app it belongs to.
pub(crate) fn source_files(platform: &Platform) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for member in platform.members.iter().filter(|member| member.is_app) {
        let mut files = Vec::new();
        collect(&member.folder.join("src"), &mut files);
        found.extend(files.into_iter().map(|file| (file, member.name.clone())));
    }
    found
}

fn files(platform: &Platform) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = ["Cargo.toml", "Cargo.lock"].map(|name| platform.workspace.join(name)).into();
    for member in &platform.members {
        files.extend(["Cargo.toml", "app.yaml", "build.rs"].map(|name| member.folder.join(name)));
        for folder in ["src", "migrations"] {
            collect(&member.folder.join(folder), &mut files);
        }
    }
    files.retain(|file| file.is_file());
    files.sort();
    files.dedup();
    files
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

/// The Rust files of a folder.
pub(crate) fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    collect(folder, &mut files);
    files.sort();
    files
}

/// A file's name as the compiler shows it.
pub(crate) fn name(platform: &Platform, file: &Path) -> String {
    file.strip_prefix(&platform.workspace).unwrap_or(file).display().to_string()
}

fn size_and_time(file: &Path) -> Option<(u64, u64)> {
    let data = fs::metadata(file).ok()?;
    let changed = data.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Some((data.len(), changed.and_then(|time| u64::try_from(time.as_nanos()).ok()).unwrap_or_default()))
}

fn hash(file: &Path) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    fs::read(file).ok()?.hash(&mut hasher);
    Some(hasher.finish())
}

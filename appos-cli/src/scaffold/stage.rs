//! A new folder that is there as a whole or not at all: it is written beside its place and moved.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::templates::File;
use crate::terminal::Failure;

/// Exit code of a program that was ended by Ctrl-C, as shells count.
pub(crate) const INTERRUPTED: u8 = 130;

/// A folder in the making; removed unless it is put into its place.
pub(crate) struct Stage {
    folder: PathBuf,
    /// The folder while it may have to be removed. Whoever holds it may write, or end the program.
    open: Arc<Mutex<Option<PathBuf>>>,
}

impl Stage {
    /// Makes a folder beside the place.
    ///
    /// # Errors
    /// Nothing can be made there.
    pub(crate) fn beside(place: &Path) -> Result<Self, Failure> {
        let parent = place.parent().unwrap_or(Path::new("."));
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let mut builder = tempfile::Builder::new();
        let prefix = format!(".{name}.");
        builder.prefix(&prefix);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // Like any new folder; the process's mask takes away what it takes away.
            builder.permissions(fs::Permissions::from_mode(0o777));
        }
        let open = Arc::new(Mutex::new(None));
        let noted = Arc::clone(&open);
        // Without a handler, an interrupted run leaves the folder behind: no reason not to run.
        let _ = ctrlc::set_handler(move || {
            let open = lock(&noted);
            if let Some(folder) = &*open {
                let _ = fs::remove_dir_all(folder);
            }
            std::process::exit(INTERRUPTED.into());
        });
        let mut noted = lock(&open);
        let made = builder.tempdir_in(parent);
        let made = made.map_err(|error| {
            Failure::work(format!("{} cannot be written: {error}", parent.display()), "choose another place")
        })?;
        let folder = made.keep();
        *noted = Some(folder.clone());
        drop(noted);
        Ok(Self { folder, open })
    }

    /// Where it is.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes files into it.
    ///
    /// # Errors
    /// One cannot be written.
    pub(crate) fn write(&self, files: &[File]) -> Result<(), Failure> {
        for file in files {
            let _open = lock(&self.open);
            let path = self.folder.join(&file.path);
            let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, &file.text));
            written
                .map_err(|error| Failure::work(format!("{} cannot be written: {error}", file.path.display()), ""))?;
        }
        Ok(())
    }

    /// Moves it to its place, which is not there or an empty folder.
    ///
    /// # Errors
    /// It cannot be moved; the place is as it was.
    pub(crate) fn put(self, place: &Path) -> Result<(), Failure> {
        let mut open = lock(&self.open);
        let moved = if place.is_dir() { move_into(&self.folder, place) } else { fs::rename(&self.folder, place) };
        moved.map_err(|error| Failure::work(format!("{} cannot be written: {error}", place.display()), ""))?;
        *open = None;
        Ok(())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Some(folder) = lock(&self.open).take() {
            let _ = fs::remove_dir_all(folder);
        }
    }
}

/// A panic of another thread does not make the path wrong.
fn lock(open: &Mutex<Option<PathBuf>>) -> MutexGuard<'_, Option<PathBuf>> {
    open.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Somebody may stand in the empty folder, so it stays itself and gets what the other holds.
fn move_into(from: &Path, to: &Path) -> io::Result<()> {
    let mut moved: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(from)? {
        let done = entry.and_then(|entry| {
            let place = to.join(entry.file_name());
            // A file that somebody has put there meanwhile is theirs.
            if place.symlink_metadata().is_ok() {
                return Err(io::Error::new(io::ErrorKind::AlreadyExists, format!("{} is there", place.display())));
            }
            fs::rename(entry.path(), &place).map(|()| place)
        });
        match done {
            Ok(place) => moved.push(place),
            Err(error) => {
                for place in moved {
                    let _ = place.file_name().map(|name| fs::rename(&place, from.join(name)));
                }
                return Err(error);
            }
        }
    }
    fs::remove_dir(from)
}

//! Changes of files that are all made or none: planned as texts, checked, then written.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::terminal::Failure;

/// A file and what it will be.
#[derive(Debug)]
pub(crate) struct Edit {
    pub(crate) path: PathBuf,
    /// The text as it was read; none of a new file.
    before: Option<String>,
    pub(crate) after: String,
}

/// What happens to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Change {
    Created,
    Changed,
}

impl Edit {
    /// A new file.
    pub(crate) fn create(path: PathBuf, after: String) -> Self {
        Self { path, before: None, after }
    }

    /// Another text of a file that is there.
    pub(crate) fn change(path: PathBuf, before: String, after: String) -> Self {
        Self { path, before: Some(before), after }
    }

    pub(crate) fn kind(&self) -> Change {
        if self.before.is_some() { Change::Changed } else { Change::Created }
    }

    /// Lines with `+` and `-`: all of a new file, those that differ of a changed one.
    pub(crate) fn lines(&self) -> Vec<String> {
        let before: Vec<&str> = self.before.as_deref().unwrap_or_default().lines().collect();
        let after: Vec<&str> = self.after.lines().collect();
        let same = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
        let rest = before.len().min(after.len()) - same;
        let same_at_end =
            before.iter().rev().zip(after.iter().rev()).take(rest).take_while(|(one, other)| one == other).count();
        let of = |lines: &[&str], sign: char| -> Vec<String> {
            let changed = lines.get(same..lines.len() - same_at_end).unwrap_or_default();
            changed.iter().map(|line| format!("{sign} {line}").trim_end().to_owned()).collect()
        };
        [of(&before, '-'), of(&after, '+')].concat()
    }

    fn write(&self) -> io::Result<()> {
        match &self.before {
            // Refuses a file that has come meanwhile.
            None => {
                let mut file = fs::File::create_new(&self.path)?;
                let written = io::Write::write_all(&mut file, self.after.as_bytes());
                if written.is_err() {
                    let _ = fs::remove_file(&self.path);
                }
                written
            }
            Some(before) => {
                if fs::read_to_string(&self.path)? != *before {
                    return Err(io::Error::other("somebody has changed it meanwhile"));
                }
                replace(&self.path, &self.after)
            }
        }
    }

    fn take_back(&self) {
        let _ = match &self.before {
            None => fs::remove_file(&self.path),
            Some(before) => replace(&self.path, before),
        };
    }
}

/// Written beside and moved, so that nobody reads half of it.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let beside = path.with_file_name(format!(".{name}.{}", std::process::id()));
    let written = fs::write(&beside, text)
        .and_then(|()| fs::set_permissions(&beside, fs::metadata(path)?.permissions()))
        .and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

/// Refuses a file that is there already.
///
/// # Errors
/// Something has the name.
pub(crate) fn is_free(path: &Path, shown: &str) -> Result<(), Failure> {
    match path.symlink_metadata() {
        Ok(_) => Err(Failure::usage(format!("{shown} is there already"), "choose another name, or change that file")),
        Err(_) => Ok(()),
    }
}

/// Makes all changes.
///
/// # Errors
/// One cannot be made; then none is.
pub(crate) fn apply(edits: &[Edit]) -> Result<(), Failure> {
    let mut folders = Vec::new();
    for (index, edit) in edits.iter().enumerate() {
        let written =
            edit.path.parent().map_or(Ok(()), |folder| make(folder, &mut folders)).and_then(|()| edit.write());
        if let Err(error) = written {
            for edit in edits.iter().take(index).rev() {
                edit.take_back();
            }
            for folder in folders.iter().rev() {
                let _ = fs::remove_dir(folder);
            }
            let message = format!("{} cannot be written: {error}", edit.path.display());
            return Err(Failure::work(message, "nothing was changed"));
        }
    }
    Ok(())
}

/// Makes a folder and those above it, and notes which.
fn make(folder: &Path, made: &mut Vec<PathBuf>) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(above) = folder.parent() {
        make(above, made)?;
    }
    fs::create_dir(folder)?;
    made.push(folder.to_owned());
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Change, Edit, apply};

    #[test]
    fn all_changes_are_made_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        fs::write(place("kept"), "a\nb\nc\n").unwrap();
        fs::write(place("file"), "").unwrap();
        let change = || Edit::change(place("kept"), "a\nb\nc\n".to_owned(), "a\nx\nc\n".to_owned());
        // A folder cannot be made where a file is.
        let wrong = [
            change(),
            Edit::create(place("new/deep/one"), "1".to_owned()),
            Edit::create(place("file/two"), "2".to_owned()),
        ];
        let said = apply(&wrong).unwrap_err().to_string();
        assert!(said.contains("two cannot be written") && said.ends_with("nothing was changed"), "{said}");
        assert_eq!(fs::read_to_string(place("kept")).unwrap(), "a\nb\nc\n");
        assert!(!place("new").exists());

        let stale = Edit::change(place("kept"), "other".to_owned(), String::new());
        assert!(apply(&[stale]).unwrap_err().to_string().contains("changed it meanwhile"));
        let taken = Edit::create(place("kept"), "mine".to_owned());
        assert!(apply(&[taken]).is_err());
        assert_eq!(fs::read_to_string(place("kept")).unwrap(), "a\nb\nc\n");

        apply(&[change(), Edit::create(place("new/deep/one"), "1".to_owned())]).unwrap();
        assert_eq!(fs::read_to_string(place("kept")).unwrap(), "a\nx\nc\n");
        assert_eq!(fs::read_to_string(place("new/deep/one")).unwrap(), "1");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing else is left");
    }

    #[test]
    fn what_will_be_written_is_shown_by_its_lines() {
        let change = Edit::change("a".into(), "a\nb\nc\n".to_owned(), "a\nb\nx\nc\n".to_owned());
        assert_eq!((change.kind(), change.lines()), (Change::Changed, vec!["+ x".to_owned()]));
        let change = Edit::change("a".into(), "a\nb\n".to_owned(), "a\nc\n".to_owned());
        assert_eq!(change.lines(), ["- b", "+ c"]);
        let create = Edit::create("a".into(), "a\n\nb\n".to_owned());
        assert_eq!(
            (create.kind(), create.lines()),
            (Change::Created, vec!["+ a".to_owned(), "+".to_owned(), "+ b".to_owned()])
        );
    }
}

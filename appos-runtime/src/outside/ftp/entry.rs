//! What stands in a folder of a server.

use suppaftp::list::{File, ListParser};

use crate::value::DateTime;

/// A file or folder of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RemoteFile {
    /// Its name in its folder, as the server says: no path to store anything under.
    pub name: String,
    /// True for a folder.
    pub is_directory: bool,
    /// Its size in bytes; 0 for a folder.
    pub size: u64,
    /// When it was last changed, as exactly as the server says.
    pub modified: Option<DateTime>,
}

impl RemoteFile {
    /// Reads a line of `MLSD`; the folder itself and the one above it are none.
    pub(super) fn from_mlsd(line: &str) -> Option<Self> {
        let facts = line.split_once(' ').map(|(facts, _)| facts.to_ascii_lowercase())?;
        if facts.contains("type=cdir") || facts.contains("type=pdir") {
            return None;
        }
        ListParser::parse_mlsd(line).ok().as_ref().and_then(Self::of)
    }

    /// Reads a line of `LIST`, as the two systems write it.
    pub(super) fn from_list(line: &str) -> Option<Self> {
        ListParser::parse_posix(line).or_else(|_| ListParser::parse_dos(line)).ok().as_ref().and_then(Self::of)
    }

    fn of(file: &File) -> Option<Self> {
        if [".", ".."].contains(&file.name()) {
            return None;
        }
        Some(Self {
            name: file.name().to_owned(),
            is_directory: file.is_directory(),
            size: if file.is_directory() { 0 } else { file.size() as u64 },
            modified: Some(DateTime::from(file.modified())),
        })
    }
}

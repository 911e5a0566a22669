//! Where the log files of a platform are, and which there are. Knows nothing of their lines.
//!
//! A day's lines are in `{day}.jsonl`; an old day's in `{day}.{part}.jsonl.gz`, or, as long as a program compresses
//! them, in `{day}.{part}.jsonl`, which counts for nothing once its compressed file is there.

use std::collections::HashSet;
use std::env;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use saphyr::{LoadableYamlNode, Yaml};

use super::packed::{Opened, Unpacked};
use crate::project::locate::Platform;

/// The three categories.
pub(crate) const CATEGORIES: [&str; 3] = ["execution", "performance", "security"];

/// Where the log files of a platform are: a folder for each kind of object.
pub(crate) struct LogFolder(PathBuf);

/// One file of lines.
#[derive(Clone, Debug)]
pub(crate) struct LogFile {
    pub(crate) path: PathBuf,
    /// `execution`, `performance` or `security`.
    pub(crate) category: &'static str,
    /// The day on which its executions began, in UTC.
    pub(crate) day: NaiveDate,
    /// Size of its lines when it was listed: what is written later is not read. Of a compressed file it is about that.
    pub(crate) size: u64,
    /// True if it is of the category `security` and the lines of calls stand in a file beside it.
    pub(super) is_beside_calls: bool,
    /// What it was unpacked to, if it is compressed.
    pub(super) unpacked: Option<Unpacked>,
}

impl LogFile {
    /// A file that is not compressed.
    pub(super) fn plain(path: PathBuf, category: &'static str, day: NaiveDate, size: u64) -> Self {
        Self { path, category, day, size, is_beside_calls: false, unpacked: None }
    }

    /// Its lines; those of a compressed file are unpacked beside for as long as somebody reads them.
    ///
    /// # Errors
    /// It cannot be read.
    pub(crate) fn open(&self) -> io::Result<Opened> {
        match &self.unpacked {
            Some(unpacked) => unpacked.open(&self.path),
            None => Ok(Opened::plain(File::open(&self.path)?, self.size)),
        }
    }

    /// True if nothing is written to it any more.
    pub(super) fn is_compressed(&self) -> bool {
        self.unpacked.is_some()
    }
}

/// Days that are asked for; none: without an end.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Days {
    pub(crate) first: Option<NaiveDate>,
    pub(crate) last: Option<NaiveDate>,
}

impl Days {
    fn contain(self, day: NaiveDate) -> bool {
        self.first.is_none_or(|first| first <= day) && self.last.is_none_or(|last| day <= last)
    }
}

impl LogFolder {
    /// The folder that is named; or the one that the environment or `appos.yaml` names, as the
    /// program itself reads them; or its default.
    pub(crate) fn of(platform: &Platform, named: Option<&Path>) -> Self {
        named.map_or_else(|| Self(configured(platform)), Self::named)
    }

    /// A folder, whichever project it is of.
    pub(crate) fn named(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    /// How it is shown.
    pub(crate) fn shown(&self) -> String {
        let here = env::current_dir().ok();
        let near = here.and_then(|here| self.0.strip_prefix(here).ok()).unwrap_or(&self.0);
        near.display().to_string()
    }

    /// True if nothing has been logged ever.
    pub(crate) fn is_missing(&self) -> bool {
        !self.0.is_dir()
    }

    /// The kinds that have files, in order.
    pub(crate) fn kinds(&self) -> Vec<String> {
        let folders = entries(&self.0).filter(|entry| entry.path().is_dir());
        let mut kinds: Vec<String> = folders.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        kinds.sort();
        kinds
    }

    /// The files of these days and categories: newest first; of kinds for which `kind` says so.
    pub(crate) fn files(&self, days: Days, categories: &[&'static str], kind: impl Fn(&str) -> bool) -> Vec<LogFile> {
        let mut found = Vec::new();
        for kind in self.kinds().into_iter().filter(|name| kind(name)) {
            for &category in categories {
                let folder = self.0.join(&kind).join(category);
                let calls = if category == "security" {
                    days_of(&self.0.join(&kind).join("execution"))
                } else {
                    HashSet::new()
                };
                let names: HashSet<String> = names(&folder).collect();
                for name in &names {
                    let Some((day, is_compressed)) = lines_of(name) else { continue };
                    let is_done = is_part(name) && names.contains(&format!("{name}.gz"));
                    if is_done || !days.contain(day) {
                        continue;
                    }
                    let path = folder.join(name);
                    // A link is followed: here, unlike in the program that deletes, it does no harm.
                    let Some(size) = fs::metadata(&path).ok().filter(fs::Metadata::is_file).map(|data| data.len())
                    else {
                        continue;
                    };
                    let mut file = LogFile::plain(path, category, day, size);
                    file.is_beside_calls = calls.contains(&day);
                    if is_compressed {
                        file.size = unpacked_size(&file.path).unwrap_or(size);
                        file.unpacked = Some(Unpacked::default());
                    }
                    found.push(file);
                }
            }
        }
        found.sort_by(|one, other| other.day.cmp(&one.day).then_with(|| one.path.cmp(&other.path)));
        found
    }

    /// Files of these days that are compressed in a way in which AppOS compresses none: they are not read.
    pub(crate) fn foreign(&self, days: Days) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for kind in self.kinds() {
            for entry in CATEGORIES.iter().flat_map(|category| entries(&self.0.join(&kind).join(category))) {
                let name = entry.file_name();
                let of = |end| name.to_str().and_then(|name| day_of(name, end));
                let day = [".jsonl.zst", ".jsonl.xz", ".jsonl.bz2"].into_iter().find_map(of);
                if day.is_some_and(|day| days.contain(day)) {
                    found.push(entry.path());
                }
            }
        }
        found
    }
}

fn configured(platform: &Platform) -> PathBuf {
    let written = env::var("APPOS__LOGGING__FOLDER").ok().filter(|folder| !folder.is_empty());
    let folder = written.or_else(|| {
        let text = fs::read_to_string(platform.folder().join("appos.yaml")).unwrap_or_default();
        let documents = Yaml::load_from_str(&text).ok()?;
        let logging = documents.first()?.as_mapping_get("logging")?;
        logging.as_mapping_get("folder")?.as_str().map(str::to_owned)
    });
    platform.folder().join(folder.as_deref().unwrap_or(".appos")).join("logs")
}

fn day_of(name: &str, end: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(name.strip_suffix(end)?, "%Y-%m-%d").ok()
}

/// The day of a file of lines, and whether it is compressed.
fn lines_of(name: &str) -> Option<(NaiveDate, bool)> {
    let plain = name.strip_suffix(".gz");
    let stem = plain.unwrap_or(name).strip_suffix(".jsonl")?;
    let (day, part) = stem.split_once('.').map_or((stem, None), |(day, part)| (day, Some(part)));
    let is_ours = part.is_none_or(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok().filter(|_| is_ours)?;
    Some((day, plain.is_some()))
}

/// True of `{day}.{part}.jsonl`, which is compressed just now, or was.
fn is_part(name: &str) -> bool {
    name.strip_suffix(".jsonl").is_some_and(|stem| stem.contains('.'))
}

/// The days that have lines in a folder.
fn days_of(folder: &Path) -> HashSet<NaiveDate> {
    names(folder).filter_map(|name| lines_of(&name)).map(|(day, _)| day).collect()
}

/// How many bytes were compressed, as the end of the file says it: of more than 4 GiB, or of several parts, it is less.
fn unpacked_size(path: &Path) -> io::Result<u64> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::End(-4))?;
    let mut size = [0; 4];
    file.read_exact(&mut size)?;
    Ok(u64::from(u32::from_le_bytes(size)))
}

fn names(folder: &Path) -> impl Iterator<Item = String> + use<> {
    entries(folder).filter_map(|entry| entry.file_name().into_string().ok())
}

fn entries(folder: &Path) -> impl Iterator<Item = fs::DirEntry> + use<> {
    fs::read_dir(folder).into_iter().flatten().flatten()
}

//! Where the log files of a platform are, and which there are. Knows nothing of their lines.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use saphyr::{LoadableYamlNode, Yaml};

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
    /// Its size when it was listed: what is written later is not read.
    pub(crate) size: u64,
}

impl LogFile {
    /// True if it is of the category `security` and the lines of calls stand in a file beside it.
    pub(super) fn is_beside_calls(&self) -> bool {
        let category = self.path.parent().and_then(Path::parent).map(|kind| kind.join("execution"));
        let beside = category.zip(self.path.file_name()).map(|(folder, name)| folder.join(name));
        self.category == "security" && beside.is_some_and(|beside| beside.is_file())
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
                for entry in entries(&self.0.join(&kind).join(category)) {
                    let (path, name) = (entry.path(), entry.file_name());
                    let Some(day) = name.to_str().and_then(|name| day_of(name, ".jsonl")) else { continue };
                    // A link is followed: here, unlike in the program that deletes, it does no harm.
                    let size = fs::metadata(&path).ok().filter(fs::Metadata::is_file).map(|data| data.len());
                    if let Some(size) = size.filter(|_| days.contain(day)) {
                        found.push(LogFile { path, category, day, size });
                    }
                }
            }
        }
        found.sort_by(|one, other| other.day.cmp(&one.day).then_with(|| one.path.cmp(&other.path)));
        found
    }

    /// Compressed files of these days: AppOS writes none, and none is read.
    pub(crate) fn compressed(&self, days: Days) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for kind in self.kinds() {
            for entry in CATEGORIES.iter().flat_map(|category| entries(&self.0.join(&kind).join(category))) {
                let name = entry.file_name();
                let of = |end| name.to_str().and_then(|name| day_of(name, end));
                let day = [".jsonl.gz", ".jsonl.zst", ".jsonl.xz", ".jsonl.bz2"].into_iter().find_map(of);
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

fn entries(folder: &Path) -> impl Iterator<Item = fs::DirEntry> + use<> {
    fs::read_dir(folder).into_iter().flatten().flatten()
}

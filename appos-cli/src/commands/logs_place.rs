//! Where `logs`, `trace` and an assistant look, and what they know of the project without building it.

use std::collections::BTreeSet;
use std::path::Path;

use crate::logs::LogFolder;
use crate::project::built::known;
use crate::project::locate;
use crate::terminal::{Failure, nearest};

/// A folder of log files, and the objects of its project.
pub(crate) struct Place {
    pub(crate) folder: LogFolder,
    /// As of the last build, whichever; none if nothing is known.
    objects: BTreeSet<String>,
}

impl Place {
    /// The folder that is named, or that of the project here.
    ///
    /// # Errors
    /// There is no project here.
    pub(crate) fn of(named: Option<&Path>, package: Option<&str>) -> Result<Self, Failure> {
        if let (Some(named), None) = (named, package) {
            return Ok(Self { folder: LogFolder::named(named), objects: BTreeSet::new() });
        }
        let platform = locate::platform(Path::new("."), package)?;
        let objects = known(&platform).into_iter().flat_map(|manifest| manifest.objects);
        let objects = objects.map(|object| object.reference).collect();
        Ok(Self { folder: LogFolder::of(&platform, named), objects })
    }

    /// What to say if there is no folder.
    pub(crate) fn missing(&self) -> Failure {
        let message = format!("there are no log files: {} does not exist", self.folder.shown());
        Failure::work(message, "start the platform, or name the folder with `--logs`")
    }

    /// Refuses a name that nothing has: no object of the project, none that was met in the files.
    pub(crate) fn check_object(&self, wanted: &str, met: &BTreeSet<String>) -> Result<(), Failure> {
        let wanted = wanted.trim_end_matches(".*");
        // `crm.rules.rate`, `crm.rules` and `crm`.
        let with_parts = |name: &String| {
            let dots = name.match_indices('.').map(|(at, _)| name[..at].to_owned());
            dots.chain([name.clone()]).collect::<Vec<_>>()
        };
        let names: BTreeSet<String> = self.objects.iter().chain(met).flat_map(with_parts).collect();
        if names.is_empty() || names.contains(wanted) {
            return Ok(());
        }
        let near = nearest(wanted, names.iter().map(String::as_str));
        let help =
            near.map_or_else(|| "`cargo appos objects` lists all objects".to_owned(), |near| format!("write `{near}`"));
        Err(Failure::usage(format!("there is no object `{wanted}`"), help))
    }
}

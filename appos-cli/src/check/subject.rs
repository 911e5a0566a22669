//! What is looked at: the source of the apps, what the program says of itself, what a start of it
//! would refuse, and who uses what.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::process::{Command, Stdio};

use serde::Deserialize;

use super::finding::Place;
use super::source::SourceFile;
use crate::impact::{Fallback, Graph, load};
use crate::project::built::Built;
use crate::project::dump::{Manifest, ManifestApp};
use crate::project::locate::Platform;
use crate::terminal::Failure;

/// The version of the form in which the program tells what a start would refuse.
const FORMAT: u32 = 1;

/// A project that compiles.
pub(super) struct Subject<'a> {
    pub(super) platform: &'a Platform,
    pub(super) program: &'a Path,
    pub(super) manifest: &'a Manifest,
    pub(super) files: Vec<SourceFile>,
    pub(super) graph: Graph,
    pub(super) refusals: Refusals,
    /// The index of the file of each object.
    places: HashMap<String, usize>,
}

/// What a start would refuse.
#[derive(Debug, Deserialize)]
pub(super) struct Refusals {
    format: u32,
    pub(super) mistakes: Vec<Mistake>,
    pub(super) problems: Vec<Problem>,
}

/// A wrong setting.
#[derive(Debug, Deserialize)]
pub(super) struct Mistake {
    /// A file from the project's folder, one with its whole path, or `environment variable NAME`.
    pub(super) file: String,
    pub(super) line: Option<usize>,
    pub(super) column: Option<usize>,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

/// Objects that cannot be in one platform.
#[derive(Debug, Deserialize)]
pub(super) struct Problem {
    pub(super) about: String,
    pub(super) object: String,
    pub(super) field: Option<String>,
    pub(super) message: String,
    pub(super) help: String,
}

impl<'a> Subject<'a> {
    /// Asks the compiler and the program.
    ///
    /// # Errors
    /// A file cannot be read, or the program is built with another AppOS.
    pub(super) fn of(platform: &'a Platform, built: &'a Built) -> Result<Self, Failure> {
        let files = SourceFile::all(platform)?;
        let (graph, _) = load(platform, Fallback::Nothing)?;
        let refusals = refusals(platform, &built.program)?;
        let of_file = |(index, file): (usize, &SourceFile)| {
            file.objects.keys().map(|object| (object.clone(), index)).collect::<Vec<_>>()
        };
        let places = files.iter().enumerate().flat_map(of_file).collect();
        Ok(Self { platform, program: &built.program, manifest: &built.manifest, files, graph, refusals, places })
    }

    /// Where an object's name stands, if its source is here.
    pub(super) fn place(&self, object: &str) -> Option<Place> {
        let file = &self.files[*self.places.get(object)?];
        Some(Place::new(&file.name, *file.objects.get(object)?))
    }

    /// Where the name of a field stands.
    pub(super) fn field_place(&self, object: &str, field: &str) -> Option<Place> {
        let file = &self.files[*self.places.get(object)?];
        let at = file.fields.get(&(object.to_owned(), field.to_owned()))?;
        Some(Place::new(&file.name, *at))
    }

    /// The app of this name, if it has a crate.
    pub(super) fn app(&self, name: &str) -> Option<&'a ManifestApp> {
        self.manifest.apps.iter().find(|app| app.name == name)
    }

    /// The `app.yaml` of an app, from the workspace's folder.
    pub(super) fn app_yaml(&self, app: &str) -> Option<String> {
        let member = self.platform.members.iter().find(|member| member.name == app)?;
        Some(self.shown(&member.folder.join("app.yaml")))
    }

    /// A file as all findings name it.
    pub(super) fn shown(&self, file: &Path) -> String {
        file.strip_prefix(&self.platform.workspace).unwrap_or(file).display().to_string()
    }

    /// Files by the app they belong to.
    pub(super) fn files_by_app(&self) -> BTreeMap<&str, Vec<&SourceFile>> {
        let mut apps: BTreeMap<&str, Vec<&SourceFile>> = BTreeMap::new();
        for file in &self.files {
            apps.entry(&file.app).or_default().push(file);
        }
        apps
    }
}

fn refusals(platform: &Platform, program: &Path) -> Result<Refusals, Failure> {
    let failed = |message: String| Failure::work(message, "build the platform and this command with the same AppOS");
    let output = Command::new(program)
        .arg("__check")
        .args(["--project".as_ref(), platform.folder().as_os_str()])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| failed(format!("{} cannot be started: {error}", program.display())))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(failed(format!("the program does not say what a start would refuse: {}", said.trim())));
    }
    let refusals: Refusals = serde_json::from_slice(&output.stdout)
        .map_err(|error| failed(format!("what a start would refuse cannot be read: {error}")))?;
    match refusals.format {
        FORMAT => Ok(refusals),
        other => Err(failed(format!("the program tells what a start would refuse in format {other}"))),
    }
}

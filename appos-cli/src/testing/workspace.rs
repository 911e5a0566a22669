//! The packages of a workspace, as far as tests are concerned.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::project::locate::metadata;
use crate::terminal::Failure;

/// A workspace.
#[derive(Debug)]
pub(crate) struct Workspace {
    /// Its folder.
    pub(crate) root: PathBuf,
    /// Its packages.
    pub(crate) packages: Vec<Package>,
}

/// A package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Package {
    /// Its name.
    pub(crate) name: String,
    /// Its version.
    pub(super) version: String,
    /// Its folder.
    pub(crate) folder: PathBuf,
    /// Names of the packages that it depends on, also for its tests.
    needs: BTreeSet<String>,
    /// True if it has a library whose documentation may hold examples.
    pub(super) has_documentation: bool,
    /// True if it is built on `appos`.
    pub(crate) is_on_appos: bool,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<MetadataPackage>,
    workspace_root: PathBuf,
}

#[derive(Deserialize)]
struct MetadataPackage {
    name: String,
    version: String,
    manifest_path: PathBuf,
    dependencies: Vec<Dependency>,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
    #[serde(default)]
    doctest: bool,
}

impl From<MetadataPackage> for Package {
    fn from(package: MetadataPackage) -> Self {
        let is_documented = |target: &Target| target.doctest && target.kind.iter().any(|kind| kind.ends_with("lib"));
        Self {
            folder: package.manifest_path.parent().map(Path::to_owned).unwrap_or_default(),
            needs: package.dependencies.iter().map(|needed| needed.name.clone()).collect(),
            has_documentation: package.targets.iter().any(is_documented),
            is_on_appos: package.dependencies.iter().any(|needed| needed.name == "appos" && needed.kind.is_none()),
            name: package.name,
            version: package.version,
        }
    }
}

impl Workspace {
    /// The workspace that a folder belongs to.
    ///
    /// # Errors
    /// There is none.
    pub(crate) fn around(folder: &Path) -> Result<Self, Failure> {
        let metadata: Metadata = metadata(folder)?;
        let packages = metadata.packages.into_iter().map(Package::from).collect();
        Ok(Self { root: metadata.workspace_root, packages })
    }

    /// The package in whose folder a file lies.
    pub(super) fn package_of(&self, file: &Path) -> Option<&Package> {
        let around = self.packages.iter().filter(|package| file.starts_with(&package.folder));
        around.max_by_key(|package| package.folder.components().count())
    }

    /// A package and all that depend on it, directly or not.
    pub(super) fn dependents(&self, name: &str) -> BTreeSet<&str> {
        let mut found: BTreeSet<&str> =
            self.packages.iter().map(|package| &*package.name).filter(|one| *one == name).collect();
        loop {
            let before = found.len();
            for package in &self.packages {
                if package.needs.iter().any(|needed| found.contains(needed.as_str())) {
                    found.insert(&package.name);
                }
            }
            if found.len() == before {
                return found;
            }
        }
    }
}

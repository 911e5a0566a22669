//! Finds the platform of a workspace: the package with a program that is built on `appos`.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::cargo;
use crate::terminal::{Failure, nearest};

/// The package and program of a platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Platform {
    /// Where cargo is told to look.
    pub manifest: PathBuf,
    /// Name of the package.
    pub package: String,
    /// Name of the program.
    pub program: String,
    /// The file with its `main`.
    pub source: PathBuf,
    /// The workspace's folder.
    pub workspace: PathBuf,
    /// Where cargo builds.
    pub target: PathBuf,
    /// The oldest Rust that the package says it needs.
    pub rust_version: Option<String>,
    /// The packages on this machine that it is built of, itself included.
    pub members: Vec<Member>,
}

/// A package with its source on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Name of its crate: of an app, the app's.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
    /// True if it is built on `appos`: an app, or the platform.
    pub is_app: bool,
    /// What its code may name: crates it depends on, not for its tests alone.
    pub crates: Vec<NamedCrate>,
}

/// A crate that a package depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedCrate {
    /// How code names it.
    pub name: String,
    /// The package's name.
    pub package: String,
}

impl Platform {
    /// The folder of the package.
    pub fn folder(&self) -> &Path {
        self.manifest.parent().unwrap_or(Path::new("."))
    }
}

#[derive(Debug, Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    #[serde(default)]
    workspace_root: PathBuf,
    #[serde(default)]
    target_directory: PathBuf,
}

impl Metadata {
    /// A package and what it is built of, as far as it lies in folders. Of a package outside the
    /// workspace nothing more is known than where it is.
    fn members(&self, package: &Package) -> Vec<Member> {
        let mut found: Vec<Member> = Vec::new();
        let mut open = vec![package];
        while let Some(package) = open.pop() {
            if found.iter().any(|known| known.folder == package.folder()) {
                continue;
            }
            let name = package.name.replace('-', "_");
            let crates =
                package.dependencies.iter().filter(|other| other.kind.is_none()).map(Dependency::named).collect();
            found.push(Member { name, folder: package.folder().to_owned(), is_app: package.is_on_appos(), crates });
            for needed in package.dependencies.iter().filter(|other| other.kind.as_deref() != Some("dev")) {
                match self.packages.iter().find(|package| package.name == needed.name) {
                    Some(member) => open.push(member),
                    None => found.extend(needed.path.clone().map(|folder| Member {
                        name: needed.name.replace('-', "_"),
                        folder,
                        is_app: false,
                        crates: Vec::new(),
                    })),
                }
            }
        }
        found
    }
}

#[derive(Debug, Deserialize)]
struct Package {
    name: String,
    manifest_path: PathBuf,
    default_run: Option<String>,
    #[serde(default)]
    rust_version: Option<String>,
    dependencies: Vec<Dependency>,
    targets: Vec<Target>,
}

#[derive(Debug, Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
    #[serde(default)]
    rename: Option<String>,
    #[serde(default)]
    path: Option<PathBuf>,
}

impl Dependency {
    fn named(&self) -> NamedCrate {
        let name = self.rename.as_ref().unwrap_or(&self.name).replace('-', "_");
        NamedCrate { name, package: self.name.clone() }
    }
}

#[derive(Debug, Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
    #[serde(default)]
    src_path: PathBuf,
}

impl Package {
    fn programs(&self) -> impl Iterator<Item = &str> {
        self.targets.iter().filter(|target| target.kind.iter().any(|kind| kind == "bin")).map(|target| &*target.name)
    }

    fn is_platform(&self) -> bool {
        self.is_on_appos() && self.programs().next().is_some()
    }

    /// A development dependency (`kind: "dev"`) makes neither a platform nor an app.
    fn is_on_appos(&self) -> bool {
        self.dependencies.iter().any(|other| other.name == "appos" && other.kind.is_none())
    }

    fn folder(&self) -> &Path {
        self.manifest_path.parent().unwrap_or(Path::new(""))
    }

    fn platform(&self, metadata: &Metadata) -> Result<Platform, Failure> {
        let programs: Vec<&str> = self.programs().collect();
        let program = match (&self.default_run, programs.as_slice()) {
            (Some(named), _) => named,
            (None, [only]) => *only,
            (None, several) if several.contains(&self.name.as_str()) => &self.name,
            (None, several) => {
                return Err(Failure::usage(
                    format!("the package `{}` has several programs: {}", self.name, several.join(", ")),
                    "add `default-run = \"..\"` to its Cargo.toml",
                ));
            }
        };
        let target = self.targets.iter().find(|target| target.name == *program);
        Ok(Platform {
            manifest: self.manifest_path.clone(),
            package: self.name.clone(),
            program: program.to_owned(),
            source: target.map(|target| target.src_path.clone()).unwrap_or_default(),
            workspace: metadata.workspace_root.clone(),
            target: metadata.target_directory.clone(),
            rust_version: self.rust_version.clone(),
            members: metadata.members(self),
        })
    }
}

/// The platform that a folder belongs to, or the one with the given package name.
///
/// # Errors
/// There is no project, no platform in it, or several and none is named.
pub fn platform(folder: &Path, package: Option<&str>) -> Result<Platform, Failure> {
    let metadata = read(folder)?;
    let here = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    choose(&metadata, &here, package)?.platform(&metadata)
}

/// Names of all packages of a workspace, part of the platform or not.
///
/// # Errors
/// There is no project.
pub(crate) fn packages(folder: &Path) -> Result<Vec<String>, Failure> {
    Ok(read(folder)?.packages.into_iter().map(|package| package.name).collect())
}

fn read(folder: &Path) -> Result<Metadata, Failure> {
    metadata(folder)
}

/// What cargo tells of the workspace around a folder, as far as the caller wants to know it.
///
/// # Errors
/// There is none, or cargo cannot be started.
pub(crate) fn metadata<T: serde::de::DeserializeOwned>(folder: &Path) -> Result<T, Failure> {
    let output =
        cargo().args(["metadata", "--format-version", "1", "--no-deps"]).current_dir(folder).output().map_err(
            |error| Failure::work(format!("cargo cannot be started: {error}"), "install Rust: https://rustup.rs"),
        )?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.trim().trim_start_matches("error: ").to_owned();
        return Err(Failure::usage(said, "run this in the folder of a project"));
    }
    serde_json::from_slice(&output.stdout)
        .map_err(|error| Failure::work(format!("cargo's description of the project cannot be read: {error}"), ""))
}

fn choose<'a>(metadata: &'a Metadata, here: &Path, package: Option<&str>) -> Result<&'a Package, Failure> {
    let platforms: Vec<&Package> = metadata.packages.iter().filter(|package| package.is_platform()).collect();
    let names = || platforms.iter().map(|platform| platform.name.as_str());
    if let Some(name) = package {
        return platforms.iter().find(|platform| platform.name == name).copied().ok_or_else(|| {
            let help = match nearest(name, names()) {
                Some(near) => format!("write `--package {near}`"),
                None => format!("platforms of this workspace are {}", names().collect::<Vec<_>>().join(", ")),
            };
            Failure::usage(format!("there is no platform `{name}`"), help)
        });
    }
    match platforms.as_slice() {
        [] => Err(Failure::usage(
            "no package here has a program that depends on `appos`",
            "run this in the folder of a platform",
        )),
        [only] => Ok(only),
        // The innermost around the folder: an app lies below its platform.
        several => several
            .iter()
            .filter(|platform| here.starts_with(platform.folder()))
            .max_by_key(|platform| platform.folder().components().count())
            .copied()
            .ok_or_else(|| {
                let message = format!("there are several platforms: {}", names().collect::<Vec<_>>().join(", "));
                Failure::usage(message, format!("write `--package {}`", several[0].name))
            }),
    }
}

#[cfg(test)]
mod tests {
    use super::{Metadata, choose};
    use crate::terminal::Failure;

    fn metadata() -> Metadata {
        let package = |name: &str, kind: &str, on: &str| {
            serde_json::json!({
                "name": name, "manifest_path": format!("/w/{name}/Cargo.toml"), "default_run": null,
                "dependencies": [{ "name": on, "kind": null }],
                "targets": [{ "name": name, "kind": [kind] }, { "name": "build-script-build", "kind": ["custom-build"] }],
            })
        };
        let packages = [
            package("acme", "bin", "appos"),
            package("acme/apps/crm", "lib", "appos"),
            package("zenith", "bin", "appos"),
            package("tool", "bin", "clap"),
        ];
        serde_json::from_value(serde_json::json!({ "packages": packages })).expect("metadata")
    }

    fn chosen(here: &str, package: Option<&str>) -> Result<String, String> {
        let metadata = metadata();
        let found = choose(&metadata, here.as_ref(), package);
        found.map(|package| package.name.clone()).map_err(|failure: Failure| failure.to_string())
    }

    #[test]
    fn a_folder_belongs_to_the_platform_around_it() {
        assert_eq!(chosen("/w/acme/apps/crm/src", None).as_deref(), Ok("acme"));
        assert_eq!(chosen("/w/zenith", None).as_deref(), Ok("zenith"));
    }

    #[test]
    fn several_platforms_must_be_told_apart() {
        let said = chosen("/w", None).unwrap_err();
        assert_eq!(said, "there are several platforms: acme, zenith\n  help: write `--package acme`");
    }

    #[test]
    fn a_named_platform_is_chosen_or_its_nearest_suggested() {
        assert_eq!(chosen("/w", Some("zenith")).as_deref(), Ok("zenith"));
        let said = chosen("/w", Some("acmee")).unwrap_err();
        assert_eq!(said, "there is no platform `acmee`\n  help: write `--package acme`");
        assert!(chosen("/w", Some("tool")).is_err());
    }
}

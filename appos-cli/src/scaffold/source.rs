//! Where a new project gets AppOS from: a folder of this machine, a repository, or the registry.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use toml_edit::{DocumentMut, InlineTable};

use crate::terminal::Failure;

/// Where this program was built.
const BUILT_IN: &str = env!("CARGO_MANIFEST_DIR");
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Where AppOS comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "from", rename_all = "lowercase")]
pub(crate) enum Source {
    /// A checkout.
    Path {
        /// Its folder.
        path: PathBuf,
    },
    /// A commit of the repository.
    Git {
        /// Its address.
        repository: &'static str,
        /// The commit.
        commit: String,
    },
    /// A version of the registry.
    Registry {
        /// The version.
        version: &'static str,
    },
}

impl Source {
    /// As somebody asks for it.
    ///
    /// # Errors
    /// The folder is no checkout of AppOS.
    pub(crate) fn at(folder: &Path) -> Result<Self, Failure> {
        let shown = folder.display();
        let help = "name the folder with the Cargo.toml of the package `appos`";
        let path = fs::canonicalize(folder)
            .map_err(|error| Failure::usage(format!("there is no folder {shown}: {error}"), help))?;
        match package(&path).as_deref() {
            Some("appos") => Ok(Self::Path { path }),
            Some(other) => Err(Failure::usage(format!("{shown} is the package `{other}`"), help)),
            None => Err(Failure::usage(format!("{shown} is no package of Cargo"), help)),
        }
    }

    /// The same AppOS that this program is of.
    pub(crate) fn of_this_program() -> Self {
        Self::built_in(Path::new(BUILT_IN))
    }

    /// What lies in cargo's own folders may be removed at any time, so its origin is named instead.
    fn built_in(folder: &Path) -> Self {
        let parts: Vec<&str> = folder.iter().filter_map(|part| part.to_str()).collect();
        let registry = Self::Registry { version: VERSION };
        // `~/.cargo/git/checkouts/appos-0123456789abcdef/0123abc/appos-cli`
        if let Some(at) = parts.windows(2).position(|two| two == ["git", "checkouts"]) {
            let commit = parts.get(at + 3).map(|commit| (*commit).to_owned());
            return commit.map_or(registry, |commit| Self::Git { repository: REPOSITORY, commit });
        }
        if parts.windows(2).any(|two| two == ["registry", "src"]) {
            return registry;
        }
        folder.parent().and_then(|folder| Self::at(folder).ok()).unwrap_or(registry)
    }

    /// The value of `appos` in a manifest.
    pub(crate) fn dependency(&self) -> String {
        let mut table = InlineTable::new();
        match self {
            Self::Path { path } => drop(table.insert("path", path.display().to_string().into())),
            Self::Git { repository, commit } => {
                table.insert("git", (*repository).into());
                table.insert("rev", commit.as_str().into());
            }
            Self::Registry { version } => return format!("\"={version}\""),
        }
        table.to_string()
    }

    /// How another machine gets this command line.
    pub(crate) fn install(&self) -> String {
        match self {
            // A folder of this machine is of no use there.
            Self::Path { .. } => format!("cargo install --locked --git {REPOSITORY} appos-cli"),
            Self::Git { repository, commit } => {
                format!("cargo install --locked --git {repository} --rev {commit} appos-cli")
            }
            Self::Registry { version } => format!("cargo install --locked appos-cli@{version}"),
        }
    }

    /// In words.
    pub(crate) fn in_words(&self) -> String {
        match self {
            Self::Path { path } => format!("from {}", path.display()),
            Self::Git { repository, commit } => format!("from {repository} at {commit}"),
            Self::Registry { version } => format!("version {version} from the registry"),
        }
    }

    /// The versions with which AppOS is tested; none if they are not at hand. Cargo takes them as far
    /// as the project needs them, and leaves the rest out.
    pub(crate) fn lock(&self) -> Option<String> {
        let Self::Path { path } = self else { return None };
        let text = fs::read_to_string(path.join("Cargo.lock")).ok()?;
        let mut lock: DocumentMut = text.parse().ok()?;
        // Packages without a source are those of the checkout itself.
        lock.get_mut("package")?.as_array_of_tables_mut()?.retain(|package| package.contains_key("source"));
        Some(lock.to_string())
    }
}

/// Name of the package in a folder.
fn package(folder: &Path) -> Option<String> {
    let manifest: DocumentMut = fs::read_to_string(folder.join("Cargo.toml")).ok()?.parse().ok()?;
    Some(manifest.get("package")?.get("name")?.as_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Source;

    #[test]
    fn a_checkout_is_depended_on_by_its_folder() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().canonicalize().unwrap();
        let source = Source::of_this_program();
        assert_eq!(source, Source::Path { path: root.clone() });
        assert_eq!(source.dependency(), format!("{{ path = {:?} }}", root.display().to_string()));
        let lock = source.lock().expect("a lock");
        assert!(lock.contains("name = \"tokio\"") && !lock.contains("name = \"acme\""));
    }

    #[test]
    fn what_cargo_keeps_is_depended_on_by_its_origin() {
        let git = Source::built_in(Path::new("/home/a/.cargo/git/checkouts/appos-12ab/0123abc/appos-cli"));
        assert!(git.dependency().ends_with(", rev = \"0123abc\" }"), "{}", git.dependency());
        let registry = Source::built_in(Path::new("/home/a/.cargo/registry/src/index-1/appos-cli-0.1.0"));
        assert_eq!(registry.dependency(), format!("\"={}\"", env!("CARGO_PKG_VERSION")));
        assert_eq!(Source::built_in(Path::new("/no/such/checkout/appos-cli")), registry);
    }

    #[test]
    fn a_folder_that_is_not_appos_is_refused() {
        let said = Source::at(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap_err().to_string();
        assert!(said.contains("is the package `appos-cli`"), "{said}");
        assert!(Source::at(Path::new("/no/such/folder")).is_err());
    }
}

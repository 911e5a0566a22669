//! The templates, as they lie in this program, and what they become with names put in.

use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use crate::terminal::Failure;

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// A project that `cargo appos new` can make.
pub(crate) struct Template {
    /// How it is asked for.
    pub(crate) name: &'static str,
    /// What it is, in a line.
    pub(crate) description: &'static str,
    /// The app it makes.
    pub(crate) app: &'static str,
    /// A group of people who work with the app, and one of those who look after it.
    pub(crate) groups: [&'static str; 2],
}

/// All of them; the first is the one that nobody has to ask for.
pub(crate) const PROJECTS: [Template; 3] = [
    Template {
        name: "minimal",
        description: "projects and tasks: one of everything, to be replaced by your own",
        app: "tasks",
        groups: ["tasks_users", "tasks_admins"],
    },
    Template {
        name: "crm",
        description: "customers, contacts and orders; a credit limit that finance alone sees",
        app: "crm",
        groups: ["crm_users", "crm_admins"],
    },
    Template {
        name: "approval-workflow",
        description: "requests that are handed in, approved or rejected by others, and who may do what",
        app: "approvals",
        groups: ["requesters", "approvers"],
    },
];

/// A file that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct File {
    /// From the folder that the template is put into.
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

/// What a template is filled with: names and their values.
pub(crate) type Values<'a> = [(&'a str, &'a str)];

/// The files of a folder of templates, in order of their paths.
///
/// # Errors
/// The template names a value that is not given, or has no text.
pub(crate) fn fill(folder: &str, values: &Values<'_>) -> Result<Vec<File>, Failure> {
    let root = TEMPLATES.get_dir(folder).ok_or_else(|| broken(folder, "it is not there"))?;
    let mut files = Vec::new();
    let mut folders = vec![root];
    while let Some(open) = folders.pop() {
        folders.extend(open.dirs());
        for file in open.files() {
            let from = file.path().strip_prefix(root.path()).unwrap_or(file.path());
            let text = file.contents_utf8().ok_or_else(|| broken(folder, "a file of it is no text"))?;
            files.push(File { path: target(from, values)?, text: put_in(text, values)? });
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// `dot-gitignore` is `.gitignore`, `Cargo.toml.template` is `Cargo.toml`.
fn target(path: &Path, values: &Values<'_>) -> Result<PathBuf, Failure> {
    let parts = path.iter().map(|part| {
        let part = put_in(&part.to_string_lossy(), values)?;
        let part = part.strip_suffix(".template").unwrap_or(&part);
        Ok(part.strip_prefix("dot-").map_or_else(|| part.to_owned(), |rest| format!(".{rest}")))
    });
    parts.collect()
}

/// Replaces each `{{name}}`; braces around anything else (`${{ github.ref }}`) stay.
fn put_in(template: &str, values: &Values<'_>) -> Result<String, Failure> {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        text.push_str(before);
        match after.split_once("}}").filter(|(name, _)| is_name(name)) {
            Some((name, after)) => {
                let known = values.iter().find(|(known, _)| *known == name);
                let (_, value) = known.ok_or_else(|| broken(name, "the template needs this value"))?;
                text.push_str(value);
                rest = after;
            }
            None => {
                text.push_str("{{");
                rest = after;
            }
        }
    }
    text.push_str(rest);
    Ok(text)
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// A mistake of this program; tests fill every template.
fn broken(what: &str, why: &str) -> Failure {
    Failure::work(format!("the template `{what}` is broken: {why}"), "this is a mistake of AppOS; please report it")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{PROJECTS, TEMPLATES, put_in, target};

    #[test]
    fn names_are_put_in_and_other_braces_stay() {
        let values = [("app", "crm"), ("name", "acme")];
        let filled = put_in("a {{app}} of {{name}}{{name}}, ${{ github.ref }} {{", &values).unwrap();
        assert_eq!(filled, "a crm of acmeacme, ${{ github.ref }} {{");
        assert!(put_in("{{unknown}}", &values).is_err());
    }

    #[test]
    fn names_of_files_are_those_of_the_project() {
        let path = |path: &str| target(Path::new(path), &[("app", "crm")]).unwrap();
        assert_eq!(path("dot-github/workflows/ci.yml"), Path::new(".github/workflows/ci.yml"));
        assert_eq!(path("apps/{{app}}/Cargo.toml.template"), Path::new("apps/crm/Cargo.toml"));
    }

    #[test]
    fn every_project_has_its_folder_and_every_folder_its_project() {
        let folders = TEMPLATES.get_dir("projects").expect("a folder").dirs();
        let mut found: Vec<String> = folders.map(|folder| folder.path().display().to_string()).collect();
        found.sort();
        let mut known: Vec<String> = PROJECTS.iter().map(|project| format!("projects/{}", project.name)).collect();
        known.sort();
        assert_eq!(found, known);
    }
}

//! What adding an object of an app has in common, whatever its kind.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use appos_codegen::ObjectKind;
use appos_codegen::naming::{object_name, types_beside};

use super::report::{Addition, Manner, finish};
use crate::project::format::formatted;
use crate::project::locate::{self, Platform};
use crate::scaffold::app::App;
use crate::scaffold::expansion::mistakes;
use crate::scaffold::plan::{Edit, is_free};
use crate::scaffold::problem::{Problem, refuse};
use crate::scaffold::templates::{Values, fill};
use crate::scaffold::{words, yaml};
use crate::terminal::{Failure, Terminal, nearest};

/// The project, and the app in it that gets the object.
pub(super) struct Place {
    pub(super) platform: Platform,
    pub(super) apps: Vec<App>,
    at: usize,
    /// The groups that the app has, and those that it gets.
    groups: Vec<String>,
    new_groups: Vec<String>,
}

/// Groups that every app has.
const BUILT_IN: [&str; 2] = ["system_admin", "public_access"];

impl Place {
    /// Finds them.
    ///
    /// # Errors
    /// There is no project, no such app, or its files cannot be read.
    pub(super) fn find(manner: &Manner, app: &str) -> Result<Self, Failure> {
        let platform = locate::platform(Path::new("."), manner.package.as_deref())?;
        let apps = App::all(&platform)?;
        let found = App::of(&apps, app)?;
        let at = apps.iter().position(|other| other.name == found.name).unwrap_or_default();
        let groups = found.groups.clone();
        Ok(Self { platform, apps, at, groups, new_groups: Vec::new() })
    }

    pub(super) fn app(&self) -> &App {
        &self.apps[self.at]
    }

    /// Notes groups that are to be added, unless the app has them.
    pub(super) fn add_groups(&mut self, groups: &[String], problems: &mut Vec<Problem>) {
        for group in groups {
            if BUILT_IN.contains(&group.as_str()) || self.groups.contains(group) {
                continue;
            }
            match words::group_name(group) {
                Ok(()) => {
                    self.groups.push(group.clone());
                    self.new_groups.push(group.clone());
                }
                Err(problem) => problems.push(problem.of(format!("--group {group}").trim_end())),
            }
        }
    }

    /// Refuses groups that the app does not have, and does not get.
    pub(super) fn check_groups(&self, option: &str, groups: &[String], problems: &mut Vec<Problem>) {
        for group in groups {
            if BUILT_IN.contains(&group.as_str()) || self.groups.contains(group) {
                continue;
            }
            if group.is_empty() {
                let help = match self.users() {
                    Some(users) => format!("write `{option} {users}`, or leave it out"),
                    None => "leave it out".to_owned(),
                };
                problems.push(Problem::new("the name of a group is empty", help).of(option));
                continue;
            }
            let near = nearest(group, self.groups.iter().map(String::as_str));
            let help = match near {
                Some(near) => format!("write `{near}`, or add the group with `--group {group}`"),
                None => format!("add it with `--group {group}`"),
            };
            let message = format!("the app `{}` has no group `{group}`", self.app().name);
            problems.push(Problem::new(message, help).of(&format!("{option} {group}")));
        }
    }

    /// The group that works with the app, if it has any.
    pub(super) fn users(&self) -> Option<&str> {
        self.groups.first().map(String::as_str)
    }

    /// The group that looks after the app, by its name.
    pub(super) fn admins(&self) -> Option<&str> {
        self.groups.iter().map(String::as_str).find(|group| group.ends_with("_admins"))
    }

    /// Refuses an object that is there already.
    pub(super) fn check_object(&self, kind: ObjectKind, name: &str, problems: &mut Vec<Problem>) {
        let stem = object_name(name);
        if let Some(other) = self.app().objects.iter().find(|other| other.kind == kind && other.name == stem) {
            let message = format!("there is a {} `{name}` already: {}:{}", kind.as_str(), other.shown_file, other.line);
            problems.push(Problem::new(message, "choose another name, or change that one"));
        }
    }

    /// Refuses types that are there already, under the name of an object or beside another.
    pub(super) fn check_types(&self, names: &[String], problems: &mut Vec<Problem>) {
        for name in names {
            let of_record = self.app().records().find(|record| types_beside(record).contains(name));
            let message = match (self.app().types.iter().find(|named| named.name == *name), of_record) {
                (Some(other), _) => format!("there is a type `{name}` already: {}", other.file),
                (None, Some(record)) => format!("the record `{record}` makes a type `{name}`"),
                (None, None) => continue,
            };
            problems.push(Problem::new(message, "choose another name"));
        }
    }

    /// The new file, formatted, with the groups that go with it, all of it checked.
    ///
    /// # Errors
    /// The file is there, would not be found, or AppOS would refuse what is in it.
    pub(super) fn edits(
        &self,
        template: &str,
        namespace: &str,
        name: &str,
        values: &Values<'_>,
    ) -> Result<Vec<Edit>, Failure> {
        let app = self.app();
        let stem = object_name(name);
        let source = app.folder.join("src");
        let shown = |path: &Path| crate::scaffold::app::shown(&self.platform, path);
        for own in [source.join(namespace).join("mod.rs"), source.join(format!("{namespace}.rs"))] {
            if own.exists() {
                let message = format!("{} says by itself which files there are", shown(&own));
                return Err(Failure::usage(message, "add the object to it by hand, or remove that file"));
            }
        }
        let path = source.join(namespace).join(format!("{stem}.rs"));
        is_free(&path, &shown(&path))?;
        // A folder beside a file of the same name would not be found any more.
        let folder = source.join(namespace).join(&stem);
        is_free(&folder, &format!("the folder {}", shown(&folder)))?;

        let text = fill(template, values)?.pop().map(|file| file.text).unwrap_or_default();
        let text = formatted(text, &app.folder);
        refuse(mistakes(app, &self.groups, &text))?;
        let mut edits = vec![Edit::create(path, text)];
        if !self.new_groups.is_empty() {
            let mut after = app.yaml.clone();
            for group in &self.new_groups {
                after = yaml::add_to_list(&after, "groups", group).ok_or_else(|| {
                    let message = format!("{}/app.yaml lists its groups in a form that is not understood", app.shown);
                    Failure::usage(message, format!("add `{group}` to `groups` by hand"))
                })?;
            }
            edits.push(Edit::change(app.folder.join("app.yaml"), app.yaml.clone(), after));
        }
        Ok(edits)
    }

    /// Writes or shows it.
    pub(super) fn finish(
        &self,
        terminal: Terminal,
        manner: &Manner,
        kind: &'static str,
        reference: Option<&str>,
        edits: Vec<Edit>,
    ) -> Result<(), Failure> {
        let has_rights = kind != "choices" && self.platform.folder().join("permissions.lock").is_file();
        let next = [
            (kind == "record").then(|| "cargo appos migrate".to_owned()),
            has_rights.then(|| "cargo appos permissions --lock".to_owned()),
            (kind == "process").then(|| "cargo appos process lock".to_owned()),
            (kind == "connected_system").then(|| "cargo appos connection test".to_owned()),
        ];
        let next = next.into_iter().flatten().collect();
        finish(terminal, &self.platform, manner, &Addition { kind, reference, edits, next })?;
        let app = self.app();
        if !manner.dry_run && !app.folder.join("build.rs").is_file() {
            // Nothing else tells cargo to look for new files in this app.
            let root = fs::File::options().append(true).open(app.folder.join("src/lib.rs"));
            let _ = root.and_then(|root| root.set_modified(SystemTime::now()));
        }
        Ok(())
    }
}

/// `use = ["a", "b"]`; nothing of no groups.
pub(super) fn list(permission: &str, groups: &[String]) -> Option<String> {
    let names: Vec<String> = groups.iter().map(|group| format!("{group:?}")).collect();
    (!names.is_empty()).then(|| format!("{permission} = [{}]", names.join(", ")))
}

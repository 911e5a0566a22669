//! Crates that the code of an app names beside `std`, AppOS and other apps.

use std::collections::{BTreeSet, HashSet};
use std::fs;

use crate::check::codes::{FOREIGN_CRATE, IDLE_CRATE};
use crate::check::finding::{Finding, Place};
use crate::check::source::SourceFile;
use crate::check::subject::Subject;
use crate::check::walls::{declared, named_crates};
use crate::impact::Position;
use crate::project::dump::ManifestApp;
use crate::project::locate::{Member, NamedCrate};
use crate::terminal::Failure;

pub(super) fn foreign_crates(subject: &Subject<'_>) -> Result<Vec<Finding>, Failure> {
    let mut findings = Vec::new();
    for (app, files) in subject.files_by_app() {
        let Some(member) = subject.platform.members.iter().find(|member| member.name == app) else { continue };
        let allowed = subject.app(app).map(ManifestApp::allowed_crates).unwrap_or_default();
        findings.extend(of_app(subject, member, &files, &allowed)?);
    }
    Ok(findings)
}

fn of_app(
    subject: &Subject<'_>,
    member: &Member,
    files: &[&SourceFile],
    allowed: &[String],
) -> Result<Vec<Finding>, Failure> {
    let crates: HashSet<&str> =
        member.crates.iter().filter(|one| is_foreign(subject, one)).map(|one| one.name.as_str()).collect();
    let of_root = root(member, files);
    let yaml = subject.app_yaml(&member.name).unwrap_or_default();
    let mut used = BTreeSet::new();
    let mut findings = Vec::new();
    for file in files {
        for (name, at) in named_crates(&file.syntax, &crates, &of_root) {
            let package = member.crates.iter().find(|one| one.name == name).map_or(&name, |one| &one.package);
            let by = allowed.iter().find(|allowed| is_same(allowed, &name) || is_same(allowed, package));
            used.extend(by);
            if by.is_some() || file.is_test(at) {
                continue;
            }
            let message = format!("the crate `{package}` is none of AppOS, and `{}` does not allow it", member.name);
            let help = format!("do without it, or write `allowed_crates: [{package}]` in {yaml}");
            let place = Some(Place::new(&file.name, at));
            findings.push(Finding::new(FOREIGN_CRATE, message, help).at(place).of_app(&member.name));
        }
    }
    let idle: Vec<&String> = allowed.iter().filter(|name| !used.contains(name)).collect();
    if !idle.is_empty() {
        let file = member.folder.join("app.yaml");
        let text =
            fs::read_to_string(&file).map_err(|error| Failure::work(format!("{}: {error}", file.display()), ""))?;
        findings.extend(idle.into_iter().map(|name| {
            let message = format!("the crate `{name}` is allowed, and no code of `{}` names it", member.name);
            let place = Place { file: yaml.clone(), at: place_in_list(&text, name) };
            Finding::new(IDLE_CRATE, message, "take it out of `allowed_crates`").at(Some(place)).of_app(&member.name)
        }));
    }
    Ok(findings)
}

/// AppOS and other apps belong to the world of an app.
fn is_foreign(subject: &Subject<'_>, other: &NamedCrate) -> bool {
    let package = other.package.replace('-', "_");
    package != "appos" && subject.app(&package).is_none()
}

/// Names of packages may have `-` where code has `_`.
fn is_same(one: &str, other: &str) -> bool {
    one.replace('-', "_") == other.replace('-', "_")
}

/// What stands at the root of an app, and so in the scope of each of its files.
fn root(member: &Member, files: &[&SourceFile]) -> HashSet<String> {
    let source = member.folder.join("src");
    let mut names = HashSet::new();
    for entry in fs::read_dir(&source).into_iter().flatten().flatten() {
        names.extend(entry.path().file_stem().and_then(|name| name.to_str()).map(str::to_owned));
    }
    for file in files.iter().filter(|file| file.name.ends_with("src/lib.rs")) {
        names.extend(declared(&file.syntax.items));
    }
    names
}

/// Where a name stands behind the key `allowed_crates`.
fn place_in_list(text: &str, name: &str) -> Option<Position> {
    let after = text.lines().enumerate().skip_while(|(_, line)| !line.starts_with("allowed_crates"));
    after.into_iter().find_map(|(index, line)| {
        let begin = line.find(name)?;
        Some(Position { line: index + 1, column: line[..begin].chars().count() + 1 })
    })
}

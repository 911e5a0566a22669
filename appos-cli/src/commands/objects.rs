//! `cargo appos objects`: what a project consists of.

use std::path::Path;

use clap::{Args, ValueEnum};

use crate::project::built::built;
use crate::project::dump::{Manifest, ManifestObject};
use crate::project::locate;
use crate::terminal::{Failure, Terminal, nearest};

/// Arguments of `cargo appos objects`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos objects
  cargo appos objects --app crm --kind record
  cargo appos objects --json | jq '.objects[].reference'

The project is built first; its progress is shown on the error stream.")]
pub struct Objects {
    /// Only objects of this kind
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// Only objects of this app
    #[arg(long, value_name = "NAME")]
    app: Option<String>,
    /// Package of the platform, if the workspace has several
    #[arg(long, short, value_name = "NAME")]
    package: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// The kinds of objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Data models
    Record,
    /// Business logic
    Rule,
    /// Values that may differ per environment
    Constant,
    /// Work in steps that goes on after an interruption
    Process,
    /// Pieces of the work of processes
    Step,
    /// Components of screens
    Interface,
    /// Screens with an address
    Page,
    /// What apps show first, and how one gets about in them
    Site,
    /// Texts in several languages
    TranslationSet,
    /// Routes of apps, for programs of others
    WebApi,
    /// Systems outside
    #[value(name = "connected_system", alias = "connected-system")]
    ConnectedSystem,
    /// Requests to systems outside
    Integration,
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Rule => "rule",
            Self::Constant => "constant",
            Self::Process => "process",
            Self::Step => "step",
            Self::Interface => "interface",
            Self::Page => "page",
            Self::Site => "site",
            Self::TranslationSet => "translation_set",
            Self::WebApi => "web_api",
            Self::ConnectedSystem => "connected_system",
            Self::Integration => "integration",
        }
    }
}

impl Objects {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let platform = locate::platform(Path::new("."), self.package.as_deref())?;
        let manifest = select(built(&platform)?.manifest, self.kind, self.app.as_deref())?;
        if self.json {
            return terminal.json(&manifest);
        }
        terminal.table(
            ["Reference", "Kind", "Tier", "Permissions", "Source"],
            manifest.objects.iter().map(|object| {
                let source = format!("{}:{}", object.file, object.line);
                [object.reference.clone(), object.kind.clone(), object.tier.to_string(), permissions(object), source]
            }),
        )
    }
}

/// The part of a manifest that is asked for.
///
/// # Errors
/// The project has no such app.
pub fn select(mut manifest: Manifest, kind: Option<Kind>, app: Option<&str>) -> Result<Manifest, Failure> {
    if let Some(app) = app {
        // The platform's own objects belong to an app without a crate.
        let known = |name: &str| manifest.objects.iter().any(|object| object.app == name);
        let declared = manifest.apps.iter().any(|declared| declared.name == app);
        if !declared && !known(app) {
            let mut names: Vec<&str> = manifest.apps.iter().map(|app| app.name.as_str()).collect();
            names.extend(manifest.objects.iter().map(|object| object.app.as_str()));
            names.sort_unstable();
            names.dedup();
            let help = match nearest(app, names.iter().copied()) {
                Some(near) => format!("write `--app {near}`"),
                None => format!("apps of this project are {}", names.join(", ")),
            };
            return Err(Failure::usage(format!("there is no app `{app}`"), help));
        }
        manifest.apps.retain(|declared| declared.name == app);
        manifest.objects.retain(|object| object.app == app);
    }
    if let Some(kind) = kind {
        manifest.objects.retain(|object| object.kind == kind.as_str());
    }
    Ok(manifest)
}

/// Who may do what, in one line.
pub fn permissions(object: &ManifestObject) -> String {
    let mut parts: Vec<String> = Vec::new();
    if object.public_access {
        parts.push("public".to_owned());
    }
    for (permission, groups) in object.permissions.iter() {
        let groups = if groups.is_empty() { "nobody".to_owned() } else { groups.join(",") };
        parts.push(format!("{permission}={groups}"));
    }
    if object.permissions.is_empty() {
        match object.tier {
            2 => parts.push("defaults of the app (logic)".to_owned()),
            3 => parts.push("defaults of the app (ui)".to_owned()),
            _ if object.kind == "step" => parts.push("those of its process".to_owned()),
            _ => {}
        }
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Kind, permissions, select};
    use crate::project::dump::Manifest;

    fn manifest() -> Manifest {
        let text = include_str!("../../tests/manifest.json");
        Manifest::parse(text).unwrap_or_else(|failure| panic!("{failure}"))
    }

    fn references(manifest: &Manifest) -> Vec<&str> {
        manifest.objects.iter().map(|object| object.reference.as_str()).collect()
    }

    #[test]
    fn an_app_and_a_kind_select_their_objects() {
        let selected = select(manifest(), Some(Kind::Rule), Some("crm")).unwrap();
        assert_eq!(references(&selected), ["crm.rules.customer_ltv"]);
        assert_eq!(selected.apps.len(), 1);
    }

    #[test]
    fn the_platforms_own_app_can_be_asked_for() {
        let selected = select(manifest(), None, Some("platform")).unwrap();
        assert_eq!(references(&selected), ["platform.records.user"]);
    }

    #[test]
    fn a_mistyped_app_is_answered_with_the_nearest() {
        let failure = select(manifest(), None, Some("biling")).unwrap_err();
        assert_eq!(failure.to_string(), "there is no app `biling`\n  help: write `--app billing`");
        assert_eq!(failure.exit_code(), 2);
    }

    #[test]
    fn an_unlikely_app_is_answered_with_all() {
        let failure = select(manifest(), None, Some("warehouse")).unwrap_err();
        assert!(failure.to_string().ends_with("help: apps of this project are billing, crm, platform"), "{failure}");
    }

    #[test]
    fn a_step_has_the_permissions_of_its_process() {
        let step = serde_json::json!({
            "reference": "crm.steps.a", "kind": "step", "app": "crm", "tier": 1, "public_access": false,
            "permissions": {}, "file": "a.rs", "line": 1,
        });
        let step = serde_json::from_value(step).expect("an object");
        assert_eq!(permissions(&step), "those of its process");
    }

    #[test]
    fn permissions_are_one_line() {
        let lines: Vec<String> = manifest().objects.iter().map(permissions).collect();
        assert_eq!(
            lines,
            [
                "defaults of the app (logic)",
                "view=crm_users,finance create=crm_users delete=nobody",
                "public use=crm_users",
                "view=system_admin",
            ]
        );
    }
}

//! `cargo appos permissions`: which group may do what, as the code says it.

use std::fs;
use std::path::Path;

use clap::Args;
use serde::Serialize;
use serde_json::Value as Json;
use serde_json::json;

use super::objects::select;
use crate::check::{FILE, lock_in_words};
use crate::project::built::built;
use crate::project::dump::{Manifest, ManifestApp, ManifestObject};
use crate::project::locate::{self, Platform};
use crate::terminal::{Failure, Terminal, nearest};

/// Arguments of `cargo appos permissions`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos permissions
  cargo appos permissions crm.records.customer
  cargo appos permissions --group finance
  cargo appos permissions --lock        write permissions.lock, to be committed
  cargo appos permissions --json | jq -r '.[] | select(.groups == [\"finance\"]) | .object'

What administrators grant stands in the database; `cargo appos why` heeds it. `admin` implies all
other permissions, and the group system_admin has them all.")]
pub struct Permissions {
    /// Only this object
    #[arg(value_name = "OBJECT", conflicts_with = "app")]
    object: Option<String>,
    /// Only objects of this app
    #[arg(long, value_name = "NAME")]
    app: Option<String>,
    /// Only what this group may do
    #[arg(long, value_name = "NAME")]
    group: Option<String>,
    /// Package of the platform, if the workspace has several
    #[arg(long, short, value_name = "NAME")]
    package: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Write permissions.lock, the file in which changes of rights are reviewed
    #[arg(long, conflicts_with_all = ["object", "app", "group"])]
    lock: bool,
}

/// Who may do one thing with one object.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Line {
    pub(crate) object: String,
    pub(crate) permission: String,
    pub(crate) groups: Vec<String>,
    /// `object`, `app`, `public` or `field`: where it is written.
    from: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) field: Option<String>,
}

impl Permissions {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let platform = locate::platform(Path::new("."), self.package.as_deref())?;
        if self.lock {
            return lock(terminal, &platform, self.json);
        }
        let mut manifest = select(built(&platform)?.manifest, None, self.app.as_deref())?;
        if let Some(wanted) = &self.object {
            with_rights(&manifest, wanted)?;
            manifest.objects.retain(|object| object.reference == *wanted);
        }
        let mut lines: Vec<Line> = manifest.objects.iter().flat_map(|object| lines(&manifest, object)).collect();
        if let Some(group) = &self.group {
            known_group(&manifest, &lines, group)?;
            lines.retain(|line| line.groups.contains(group));
        }
        if self.json {
            return terminal.json(&lines);
        }
        let rows = lines.into_iter().map(|line| {
            let object = line.field.map_or_else(|| line.object.clone(), |field| format!("{}.{field}", line.object));
            let groups = if line.groups.is_empty() { "nobody".to_owned() } else { line.groups.join(", ") };
            let from = match line.from {
                "app" => "default of the app",
                "public" => "public access",
                "field" => "list of the field",
                _ => "list of the object",
            };
            [object, line.permission, groups, from.to_owned()]
        });
        terminal.table(["Object", "Permission", "Groups", "From"], rows)
    }
}

/// Writes what `cargo appos check` compares.
fn lock(terminal: Terminal, platform: &Platform, as_json: bool) -> Result<(), Failure> {
    let text = lock_in_words(&built(platform)?.manifest);
    let file = platform.folder().join(FILE);
    let shown = file.strip_prefix(&platform.workspace).unwrap_or(&file).display().to_string();
    let is_new = fs::read_to_string(&file).map_or(true, |written| written != text);
    if is_new {
        fs::write(&file, text).map_err(|error| Failure::work(format!("{shown} cannot be written: {error}"), ""))?;
    }
    if as_json {
        return terminal.json(&json!({ "file": shown, "wrote": is_new }));
    }
    terminal.line(&if is_new { format!("wrote {shown}") } else { format!("{shown} says so already") })
}

/// Refuses a group that neither a list nor an app names.
fn known_group(manifest: &Manifest, lines: &[Line], wanted: &str) -> Result<(), Failure> {
    let mut names: Vec<String> = manifest.apps.iter().flat_map(ManifestApp::groups).collect();
    names.extend(lines.iter().flat_map(|line| line.groups.iter().cloned()));
    names.extend(["public_access", "system_admin"].map(str::to_owned));
    names.sort();
    names.dedup();
    if names.iter().any(|name| name == wanted) {
        return Ok(());
    }
    let help = nearest(wanted, names.iter().map(String::as_str))
        .map_or_else(|| format!("groups are {}", names.join(", ")), |near| format!("write `--group {near}`"));
    Err(Failure::usage(format!("the code names no group `{wanted}`"), help))
}

/// Refuses a name that is no object.
pub(crate) fn known<'a>(manifest: &'a Manifest, wanted: &str) -> Result<&'a ManifestObject, Failure> {
    manifest.objects.iter().find(|object| object.reference == wanted).ok_or_else(|| {
        let near = nearest(wanted, manifest.objects.iter().map(|object| object.reference.as_str()));
        let help =
            near.map_or_else(|| "`cargo appos objects` lists all objects".to_owned(), |near| format!("write `{near}`"));
        Failure::usage(format!("there is no object `{wanted}`"), help)
    })
}

/// Refuses a name that is no object, and one of an object without rights of its own.
pub(super) fn with_rights(manifest: &Manifest, wanted: &str) -> Result<(), Failure> {
    if known(manifest, wanted)?.kind == "step" {
        let message = format!("{wanted} has no permissions of its own: it is run with those of its process");
        let help = format!("ask for the process; `cargo appos impact {wanted}` tells which run it");
        return Err(Failure::usage(message, help));
    }
    Ok(())
}

/// Everybody who may do something with an object, as its code and its app say it.
pub(crate) fn lines(manifest: &Manifest, object: &ManifestObject) -> Vec<Line> {
    let line = |permission: &str, groups: Vec<String>, from: &'static str, field: Option<String>| Line {
        object: object.reference.clone(),
        permission: permission.to_owned(),
        groups,
        from,
        field,
    };
    let mut lines = Vec::new();
    if object.public_access {
        let opened: &[&str] =
            if ["rule", "constant"].contains(&object.kind.as_str()) { &["view", "use"] } else { &["view"] };
        lines
            .extend(opened.iter().map(|permission| line(permission, vec!["public_access".to_owned()], "public", None)));
    }
    lines.extend(object.permissions.iter().map(|(name, groups)| line(name, groups.to_vec(), "object", None)));
    if object.permissions.is_empty() && object.tier > 1 {
        let app = manifest.apps.iter().find(|app| app.name == object.app);
        let defaults = app.map(|app| app.defaults(object.tier)).unwrap_or_default();
        // A site is not used.
        let defaults = defaults.iter().filter(|(name, _)| object.kind != "site" || *name != "use");
        lines.extend(defaults.map(|(name, groups)| line(name, groups.to_vec(), "app", None)));
    }
    // The one elevation there is.
    let process = object.rest.get("process").and_then(|process| process.get("run_as"));
    let run_as = process.or_else(|| object.rest.get("run_as")).and_then(Json::as_str);
    lines.extend(run_as.map(|account| line("run_as", vec![account.to_owned()], "object", None)));
    for field in object.fields() {
        for (permission, groups) in [("view", field.view), ("update", field.update)] {
            lines.extend(groups.map(|groups| line(permission, groups, "field", Some(field.name.clone()))));
        }
    }
    lines
}

//! `cargo appos permissions`: which group may do what, as the code says it.

use std::fs;
use std::path::Path;

use clap::Args;
use serde::Serialize;

use super::objects::select;
use crate::check::{FILE, lock_in_words};
use crate::project::built::built;
use crate::project::dump::{Manifest, ManifestObject};
use crate::project::locate::{self, Platform};
use crate::terminal::{Failure, Terminal, nearest};

/// Arguments of `cargo appos permissions`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos permissions
  cargo appos permissions crm.records.customer
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
    /// Package of the platform, if the workspace has several
    #[arg(long, short, value_name = "NAME")]
    package: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Write permissions.lock, the file in which changes of rights are reviewed
    #[arg(long, conflicts_with_all = ["object", "app", "json"])]
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
            return lock(terminal, &platform);
        }
        let mut manifest = select(built(&platform)?.manifest, None, self.app.as_deref())?;
        if let Some(wanted) = &self.object {
            known(&manifest, wanted)?;
            manifest.objects.retain(|object| object.reference == *wanted);
        }
        let lines: Vec<Line> = manifest.objects.iter().flat_map(|object| lines(&manifest, object)).collect();
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
fn lock(terminal: Terminal, platform: &Platform) -> Result<(), Failure> {
    let text = lock_in_words(&built(platform)?.manifest);
    let file = platform.folder().join(FILE);
    let shown = file.strip_prefix(&platform.workspace).unwrap_or(&file).display().to_string();
    if fs::read_to_string(&file).is_ok_and(|written| written == text) {
        return terminal.line(&format!("{shown} says so already"));
    }
    fs::write(&file, text).map_err(|error| Failure::work(format!("{shown} cannot be written: {error}"), ""))?;
    terminal.line(&format!("wrote {shown}"))
}

/// Refuses a name that is no object.
pub(super) fn known<'a>(manifest: &'a Manifest, wanted: &str) -> Result<&'a ManifestObject, Failure> {
    manifest.objects.iter().find(|object| object.reference == wanted).ok_or_else(|| {
        let near = nearest(wanted, manifest.objects.iter().map(|object| object.reference.as_str()));
        let help =
            near.map_or_else(|| "`cargo appos objects` lists all objects".to_owned(), |near| format!("write `{near}`"));
        Failure::usage(format!("there is no object `{wanted}`"), help)
    })
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
        let opened: &[&str] = if object.kind == "record" { &["view"] } else { &["view", "use"] };
        lines
            .extend(opened.iter().map(|permission| line(permission, vec!["public_access".to_owned()], "public", None)));
    }
    lines.extend(object.permissions.iter().map(|(name, groups)| line(name, groups.to_vec(), "object", None)));
    if object.permissions.is_empty() && object.tier > 1 {
        let app = manifest.apps.iter().find(|app| app.name == object.app);
        let defaults = app.map(|app| app.defaults(object.tier)).unwrap_or_default();
        lines.extend(defaults.iter().map(|(name, groups)| line(name, groups.to_vec(), "app", None)));
    }
    for field in object.fields() {
        for (permission, groups) in [("view", field.view), ("update", field.update)] {
            lines.extend(groups.map(|groups| line(permission, groups, "field", Some(field.name.clone()))));
        }
    }
    lines
}

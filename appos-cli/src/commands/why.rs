//! `cargo appos why`: whether somebody may do something, and why.

use std::path::Path;
use std::process::{Command, Stdio};

use clap::Args;
use serde::Deserialize;
use serde_json::Value as Json;

use super::permissions::with_rights;
use crate::project::built::built;
use crate::project::locate;
use crate::terminal::{Failure, Terminal, nearest};

/// Arguments of `cargo appos why`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos why ann@example.com update crm.records.customer
  cargo appos why ann use crm.rules.customer_ltv
  cargo appos why public_access view crm.records.notice --json

The database that `appos.yaml` names is asked, and only read. The answer heeds what administrators
have granted.")]
pub struct Why {
    /// E-mail address of a user, the part before its `@`, name or number; `public_access` is whoever is not signed in
    user: String,
    /// view, use, create, update, delete or admin
    permission: String,
    /// Reference of an object
    object: String,
    /// Package of the platform, if the workspace has several
    #[arg(long, short, value_name = "NAME")]
    package: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

const PERMISSIONS: [&str; 6] = ["view", "use", "create", "update", "delete", "admin"];

#[derive(Deserialize)]
struct Explanation {
    user: User,
    permission: String,
    object: String,
    allowed: bool,
    reason: Reason,
    givers: Vec<String>,
    app_groups: Vec<String>,
    rows: bool,
    fields: Vec<String>,
    #[serde(default)]
    run_as: Option<String>,
}

#[derive(Deserialize)]
struct User {
    email: String,
    name: String,
    groups: Vec<String>,
    #[serde(default)]
    starts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(tag = "because", rename_all = "snake_case")]
enum Reason {
    SystemAdmin,
    PublicAccess,
    Listed {
        group: String,
        list: String,
    },
    TierDefault {
        group: String,
        list: String,
    },
    Granted {
        group: String,
        pattern: String,
        permission: String,
    },
    Inactive,
    OutsideApp {
        app: String,
    },
    Missing,
    /// A reason of a later AppOS.
    #[serde(other)]
    Other,
}

impl Why {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let explained = explained(self.package.as_deref(), &self.user, &self.permission, &self.object)?;
        if self.json {
            return terminal.json(&explained);
        }
        terminal.text(&text(&Explanation::deserialize(&explained).map_err(|error| unreadable(&error))?))
    }
}

/// Whether somebody may do something, and why, as the program says it.
///
/// # Errors
/// There is no such permission, object or user, or the project does not build.
pub(crate) fn explained(package: Option<&str>, user: &str, permission: &str, object: &str) -> Result<Json, Failure> {
    if !PERMISSIONS.contains(&permission) {
        let help = nearest(permission, PERMISSIONS.into_iter())
            .map_or_else(|| format!("permissions are {}", PERMISSIONS.join(", ")), |near| format!("write `{near}`"));
        let permission = crate::escape::escaped(permission);
        return Err(Failure::usage(format!("there is no permission `{permission}`"), help));
    }
    let platform = locate::platform(Path::new("."), package)?;
    let built = built(&platform)?;
    with_rights(&built.manifest, object)?;
    let failed = |message: String| Failure::work(message, "");
    let mut command = Command::new(&built.program);
    // The e-mail address or name may begin with anything.
    command.arg("__why").args(["--project".as_ref(), platform.folder().as_os_str()]);
    command.args(["--", user, permission, object]);
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| failed(format!("{} cannot be started: {error}", built.program.display())))?;
    if !output.status.success() {
        return Err(failed(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| unreadable(&error))
}

fn unreadable(error: &serde_json::Error) -> Failure {
    Failure::work(format!("the program's answer cannot be read: {error}"), "")
}

fn text(explanation: &Explanation) -> String {
    let Explanation { user, permission, object, allowed, givers, app_groups, .. } = explanation;
    let who = if user.email.is_empty() { &user.name } else { &user.email };
    let may = if *allowed { "may" } else { "may not" };
    let list = |groups: &[String]| if groups.is_empty() { "none".to_owned() } else { groups.join(", ") };
    let because = match &explanation.reason {
        Reason::SystemAdmin => "the user is a system administrator".to_owned(),
        Reason::PublicAccess => "the object is open to the public".to_owned(),
        Reason::Listed { group, list } => format!("the group {group} is in the `{list}` list of the object"),
        Reason::TierDefault { group, list } => format!("the group {group} is in the `{list}` defaults of the app"),
        Reason::Granted { group, pattern, permission } => {
            format!("an administrator granted `{permission}` on {pattern} to the group {group}")
        }
        Reason::Inactive => "the account is switched off".to_owned(),
        Reason::OutsideApp { app } => {
            format!("no group of the user reaches the app {app}; these do: {}", list(app_groups))
        }
        Reason::Missing => "no group of the user has it".to_owned(),
        Reason::Other => "of a reason that this command does not know; `--json` shows it".to_owned(),
    };
    let mut lines = vec![
        format!("{who} {may} {permission} {object}"),
        format!("  because {because}"),
        format!("  groups of the user: {}", list(&user.groups)),
        format!("  groups that may: {}", list(givers)),
    ];
    if *allowed && explanation.rows {
        lines.push("  of the rows, those that its rule `rows` answers".to_owned());
    }
    if *allowed && !explanation.fields.is_empty() {
        lines.push(format!("  fields with lists of their own: {}", explanation.fields.join(", ")));
    }
    lines.extend(explanation.run_as.as_ref().map(|account| {
        if explanation.object.contains(".web_apis.") {
            format!("  it runs as {account}, whoever calls it")
        } else {
            format!("  it starts by itself as {account}")
        }
    }));
    if !user.starts.is_empty() {
        lines.push(format!("  what starts or runs as this account: {}", user.starts.join(", ")));
    }
    lines.join("\n") + "\n"
}

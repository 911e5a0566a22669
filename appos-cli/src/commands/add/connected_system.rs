//! `cargo appos add connected_system`.

use appos_codegen::ObjectKind;
use appos_codegen::naming::label;
use clap::Args;

use super::object::{Place, list};
use super::report::Manner;
use super::screen::quoted;
use crate::scaffold::problem::{Problem, kept, refuse};
use crate::scaffold::words;
use crate::terminal::{Failure, Terminal};

/// Arguments of `cargo appos add connected_system`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos add connected_system billing payments https://api.example.com/v1
  cargo appos add connected_system crm weather https://weather.example.com --no-auth --group crm_users

Without lists of groups, the app's first group may use it. It is of kind `http`, and shows a token (`bearer`), whose secret is
entered with `cargo appos secrets set`; other ways to show who we are are written in the file.")]
pub(super) struct ConnectedSystem {
    /// The app that gets it
    app: String,
    /// Its name: `payments`
    name: String,
    /// Where the paths of its integrations begin
    address: String,
    /// The name of its secret; else its own and `_KEY`
    #[arg(long, value_name = "NAME", conflicts_with = "no_auth")]
    secret: Option<String>,
    /// It does not ask who we are
    #[arg(long)]
    no_auth: bool,
    /// What it is for, in a line
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Groups that may use it; those that the app lacks are added to it
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    group: Vec<String>,
    #[command(flatten)]
    manner: Manner,
}

impl ConnectedSystem {
    pub(super) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let mut place = Place::find(&self.manner, &self.app)?;
        let mut problems = Vec::new();
        if let Some(()) = kept(words::function_name("system", &self.name), &mut problems) {
            place.check_object(ObjectKind::ConnectedSystem, &self.name, &mut problems);
        }
        place.add_groups(&self.group, &mut problems);
        let description = self.description.clone().unwrap_or_else(|| label(&self.name));
        let description = kept(words::description(&description), &mut problems).unwrap_or_default();
        let secret = self.secret.clone().unwrap_or_else(|| format!("{}_KEY", self.name.to_uppercase()));
        if !self.no_auth && !is_secret_name(&secret) {
            let help = "it has capital letters, digits and underscores: `--secret PAYMENTS_KEY`";
            problems.push(Problem::new("this is no name of a secret", help));
        }
        let keys = users(&place, &self.app, &self.group, "use it", &mut problems);
        refuse(problems)?;
        let auth = if self.no_auth { "no_auth()".to_owned() } else { format!("bearer(secret({secret:?}))") };
        let values = [
            ("name", self.name.as_str()),
            ("description", &description),
            ("address", &quoted(&self.address)),
            ("keys", &keys),
            ("auth", &auth),
        ];
        let edits = place.edits("objects/connected_system", "connected_systems", &self.name, &values)?;
        let reference = format!("{}.connected_systems.{}", self.app, self.name);
        place.finish(terminal, &self.manner, "connected_system", Some(&reference), edits)
    }
}

fn is_secret_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

/// The list of groups that may use something of tier 1: somebody must.
pub(super) fn users(place: &Place, app: &str, groups: &[String], what: &str, problems: &mut Vec<Problem>) -> String {
    let mut groups = groups.to_vec();
    if groups.is_empty() {
        groups.extend(place.users().map(str::to_owned));
    }
    list("use", &groups).unwrap_or_else(|| {
        let message = format!("the app `{app}` has no group that could {what}");
        problems.push(Problem::new(message, format!("add one: `--group {app}_users`")));
        String::new()
    })
}

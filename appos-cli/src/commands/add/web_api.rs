//! `cargo appos add web_api`.

use appos_codegen::ObjectKind;
use appos_codegen::naming::label;
use clap::{Args, ValueEnum};

use super::object::{Place, list};
use super::report::Manner;
use super::rule::{names, parameters, unused};
use crate::scaffold::problem::{Problem, kept, refuse};
use crate::scaffold::types::Scope;
use crate::scaffold::words;
use crate::terminal::{Failure, Terminal};

/// Arguments of `cargo appos add web_api`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos add web_api crm ping
  cargo appos add web_api crm add_note 'order:Id<Order>' --path '/orders/{order}/notes' --method POST --group partners

Parameters are written NAME:TYPE; those that the path does not name are put at its end:
  'order:Id<Order>'     above:Decimal     'day:Date'

Without lists of groups, the app's first group may use it. What a body, a query or a file is read as is written in the file.")]
pub(super) struct WebApi {
    /// The app that gets it
    app: String,
    /// Its name: `add_note`
    name: String,
    /// The parameters of its path
    #[arg(value_name = "PARAMETER")]
    parameters: Vec<String>,
    /// Where it is, below the app and its version; else its name and its parameters
    #[arg(long, value_name = "PATH")]
    path: Option<String>,
    /// Its method
    #[arg(long, value_name = "METHOD", default_value = "POST", ignore_case = true)]
    method: Method,
    /// As whom it is called
    #[arg(long, value_name = "WHO", default_value = "service_account")]
    auth: Auth,
    /// What it is for, in a line
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Groups that may use it; those that the app lacks are added to it
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    group: Vec<String>,
    /// Groups that may use it
    #[arg(long = "use", value_name = "GROUP", value_delimiter = ',')]
    use_: Vec<String>,
    /// Groups that may change its rights
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    admin: Vec<String>,
    #[command(flatten)]
    manner: Manner,
}

/// How it is called.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Method {
    #[value(name = "GET")]
    Get,
    #[value(name = "POST")]
    Post,
    #[value(name = "PUT")]
    Put,
    #[value(name = "PATCH")]
    Patch,
    #[value(name = "DELETE")]
    Delete,
}

/// As whom it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Auth {
    /// A service account, by its API key
    #[value(name = "service_account")]
    ServiceAccount,
    /// Somebody who is signed in
    #[value(name = "session")]
    Session,
    /// The public account
    #[value(name = "public")]
    Public,
}

impl Method {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

impl Auth {
    const fn as_str(self) -> &'static str {
        match self {
            Self::ServiceAccount => "service_account",
            Self::Session => "session",
            Self::Public => "public",
        }
    }
}

impl WebApi {
    pub(super) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let mut place = Place::find(&self.manner, &self.app)?;
        let mut problems = Vec::new();
        if let Some(()) = kept(words::function_name("web API", &self.name), &mut problems) {
            place.check_object(ObjectKind::WebApi, &self.name, &mut problems);
        }
        place.add_groups(&self.group, &mut problems);
        for (option, groups) in [("--use", &self.use_), ("--admin", &self.admin)] {
            place.check_groups(option, groups, &mut problems);
        }
        let scope = Scope { app: place.app(), apps: &place.apps, new: None };
        let parameters = parameters(&scope, &self.parameters, &mut problems);
        let description = self.description.clone().unwrap_or_else(|| label(&self.name));
        let description = kept(words::description(&description), &mut problems).unwrap_or_default();
        let path = self.path(parameters.iter().map(|(name, _)| name.as_str()), &mut problems);
        let keys = self.keys(&place, &mut problems);
        refuse(problems)?;

        let values = [
            ("name", self.name.as_str()),
            ("method", self.method.as_str()),
            ("path", &path),
            ("auth", self.auth.as_str()),
            ("description", &description),
            ("keys", &keys),
            ("parameters", &names(&parameters)),
            ("unused", &unused(&parameters)),
        ];
        let edits = place.edits("objects/web_api", "web_apis", &self.name, &values)?;
        let reference = format!("{}.web_apis.{}", self.app, self.name);
        place.finish(terminal, &self.manner, "web_api", Some(&reference), edits)
    }

    /// The path as it is written in the file. Whether it is right is told by what the compiler would say of the file.
    fn path<'a>(&self, parameters: impl Iterator<Item = &'a str>, problems: &mut Vec<Problem>) -> String {
        let mut path = self.path.clone().unwrap_or_else(|| format!("/{}", self.name.replace('_', "-")));
        for name in parameters {
            let part = format!("{{{name}}}");
            if !path.split('/').any(|known| known == part) {
                path = format!("{}/{part}", path.trim_end_matches('/'));
            }
        }
        if path.contains(['"', '\\']) {
            let problem = Problem::new("a path has no quotes and no backslashes", "write `/orders/{order}/notes`");
            problems.push(problem.of("--path"));
        }
        path
    }

    /// The lists of groups; somebody must be able to use it.
    fn keys(&self, place: &Place, problems: &mut Vec<Problem>) -> String {
        let admin = list("admin", &self.admin);
        if self.auth == Auth::Public {
            return ["public_access".to_owned()].into_iter().chain(admin).collect::<Vec<_>>().join(", ");
        }
        let mut users: Vec<String> = self.group.iter().chain(&self.use_).cloned().collect();
        if users.is_empty() {
            users.extend(place.users().map(str::to_owned));
        }
        let use_ = list("use", &users);
        if use_.is_none() {
            let message = format!("the app `{}` has no group that could use it", self.app);
            problems.push(Problem::new(message, format!("add one: `--group {}_users`", self.app)));
        }
        use_.into_iter().chain(admin).collect::<Vec<_>>().join(", ")
    }
}

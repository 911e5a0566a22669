//! `cargo appos add integration`.

use std::fmt::Write as _;

use appos_codegen::ObjectKind;
use appos_codegen::naming::label;
use clap::{Args, ValueEnum};

use super::connected_system::users;
use super::object::Place;
use super::report::Manner;
use super::rule::{names, parameters, unused};
use super::screen::quoted;
use crate::scaffold::problem::{Problem, kept, refuse};
use crate::scaffold::types::Scope;
use crate::scaffold::words;
use crate::terminal::{Failure, Terminal, nearest};

/// Arguments of `cargo appos add integration`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos add integration billing find_charge id:String --path '/charges/{id}'
  cargo appos add integration billing create_charge order:i64 amount:Decimal --method post --path /charges --group billing_users

Parameters are written NAME:TYPE, and NAME:TYPE:sensitive if logs must not show them. Those that the path names stand in it;
`post`, `put` and `patch` send the others as JSON. Without lists of groups, the app's first group may call it.")]
pub(super) struct Integration {
    /// The app that gets it
    app: String,
    /// Its name: `create_charge`
    name: String,
    /// Its parameters
    #[arg(value_name = "PARAMETER")]
    parameters: Vec<String>,
    /// The connected system that it calls; else the only one that the app has
    #[arg(long, value_name = "NAME")]
    system: Option<String>,
    /// What is done
    #[arg(long, value_enum, default_value_t = Method::Get)]
    method: Method,
    /// The path below the system's address; else its own name
    #[arg(long, value_name = "PATH")]
    path: Option<String>,
    /// The type of its answer
    #[arg(long, value_name = "TYPE", default_value = "Json")]
    returns: String,
    /// What it is for, in a line
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Groups that may call it; those that the app lacks are added to it
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    group: Vec<String>,
    #[command(flatten)]
    manner: Manner,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    /// The word that begins a request.
    fn word(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
            Self::Put => "put",
            Self::Patch => "patch",
            Self::Delete => "delete",
        }
    }
}

impl Integration {
    pub(super) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let mut place = Place::find(&self.manner, &self.app)?;
        let mut problems = Vec::new();
        if let Some(()) = kept(words::function_name("call", &self.name), &mut problems) {
            place.check_object(ObjectKind::Integration, &self.name, &mut problems);
        }
        place.add_groups(&self.group, &mut problems);
        let system = kept(self.system(&place), &mut problems).unwrap_or_default();
        let scope = Scope { app: place.app(), apps: &place.apps, new: None };
        let parameters = parameters(&scope, &self.parameters, &mut problems);
        let returns = scope.value(&self.returns).map_err(|problem| problem.of(&format!("--returns {}", self.returns)));
        let returns = kept(returns, &mut problems).map(|known| known.text).unwrap_or_default();
        let description = self.description.clone().unwrap_or_else(|| label(&self.name));
        let description = kept(words::description(&description), &mut problems).unwrap_or_default();
        let keys = users(&place, &self.app, &self.group, "call it", &mut problems);
        let (request, left) = self.request(&parameters, &mut problems);
        refuse(problems)?;
        let values = [
            ("name", self.name.as_str()),
            ("description", &description),
            ("system", &system),
            ("keys", &keys),
            ("parameters", &names(&parameters)),
            ("returns", &returns),
            ("unused", &unused(&left)),
            ("request", &request),
        ];
        let edits = place.edits("objects/integration", "integrations", &self.name, &values)?;
        let reference = format!("{}.integrations.{}", self.app, self.name);
        place.finish(terminal, &self.manner, "integration", Some(&reference), edits)
    }

    /// The system as it is written in the attribute.
    fn system(&self, place: &Place) -> Result<String, Problem> {
        let own = place.app().objects.iter().filter(|object| object.kind == ObjectKind::ConnectedSystem);
        let own: Vec<&str> = own.map(|object| object.name.as_str()).collect();
        match (&self.system, own.as_slice()) {
            (Some(named), _) if own.contains(&named.as_str()) => Ok(named.clone()),
            (Some(named), _) => {
                let help = match nearest(named, own.iter().copied()) {
                    Some(near) => format!("write `--system {near}`"),
                    None => format!("add it: `cargo appos add connected_system {} {named} https://..`", self.app),
                };
                Err(Problem::new(format!("the app `{}` has no connected system `{named}`", self.app), help))
            }
            (None, [only]) => Ok((*only).to_owned()),
            (None, []) => {
                let help = format!("add one: `cargo appos add connected_system {} payments https://..`", self.app);
                Err(Problem::new(format!("the app `{}` has no connected system that could be called", self.app), help))
            }
            (None, several) => {
                let help = format!("write `--system` and one of {}", several.join(", "));
                Err(Problem::new(format!("the app `{}` has several connected systems", self.app), help))
            }
        }
    }

    /// The request, and the parameters that are in no part of it.
    fn request(&self, parameters: &[(String, String)], problems: &mut Vec<Problem>) -> (String, Vec<(String, String)>) {
        let path = self.path.clone().unwrap_or_else(|| format!("/{}", self.name));
        if !path.starts_with('/') || path.contains(['?', '#']) {
            let help = "write `--path '/charges/{id}'`";
            problems.push(Problem::new("a path begins with a slash, and has no query", help).of(&path));
        }
        let named: Vec<&str> = path.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        for name in &named {
            if !parameters.iter().any(|(parameter, _)| parameter == name) {
                let help = format!("add one: `{name}:String`");
                problems.push(Problem::new(format!("no parameter is called `{name}`"), help).of(&path));
            }
        }
        let is_in_path = |(name, _): &&(String, String)| named.contains(&name.as_str());
        for (name, written) in parameters.iter().filter(is_in_path) {
            let ty = written.rsplit(": ").next().unwrap_or_default();
            if ["Option<", "Vec<", "Json", "Restricted<", "Rows<"].iter().any(|no| ty.starts_with(no)) {
                let help = format!("write `{name}:String`, or leave `{{{name}}}` out of the path");
                problems.push(Problem::new(format!("`{ty}` is no part of a path"), help).of(name));
            }
        }
        let mut request = format!("{}({})", self.method.word(), quoted(&path));
        for (name, _) in parameters.iter().filter(is_in_path) {
            // Writing to a text cannot fail.
            let _ = write!(request, ".path({name:?}, {name})");
        }
        let left: Vec<_> = parameters.iter().filter(|parameter| !is_in_path(parameter)).cloned().collect();
        if left.is_empty() || !matches!(self.method, Method::Post | Method::Put | Method::Patch) {
            return (request, left);
        }
        let fields: Vec<String> = left.iter().map(|(name, _)| format!("{name:?}: {name}")).collect();
        let _ = write!(request, ".json(&json!({{ {} }}))", fields.join(", "));
        (request, Vec::new())
    }
}

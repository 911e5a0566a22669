//! `cargo appos add process`.

use appos_codegen::ObjectKind;
use appos_codegen::naming::label;
use clap::Args;

use super::object::{Place, list};
use super::report::Manner;
use super::rule::{names, parameters, unused};
use crate::scaffold::problem::{Problem, kept, refuse};
use crate::scaffold::types::Scope;
use crate::scaffold::words;
use crate::terminal::{Failure, Terminal};

/// Arguments of `cargo appos add process`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos add process crm onboard_customer
  cargo appos add process crm onboard_customer 'customer_id:Id<Customer>' --step create_account --group crm_users

Parameters are written NAME:TYPE, and NAME:TYPE:sensitive if nobody is to see them:
  'customer_id:Id<Customer>'     above:Decimal     'since:Date?'     'tiers:Vec<Tier>'

Without lists of groups, the app's first group may start it. The process begins with one step, which fails until it is written.")]
pub(super) struct Process {
    /// The app that gets it
    app: String,
    /// Its name: `onboard_customer`
    name: String,
    /// Its parameters
    #[arg(value_name = "PARAMETER")]
    parameters: Vec<String>,
    /// The name of its first step; else `begin_` and its own
    #[arg(long, value_name = "NAME")]
    step: Option<String>,
    /// What it is for, in a line
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Groups that may start it; those that the app lacks are added to it
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    group: Vec<String>,
    /// Groups that may start it
    #[arg(long = "use", value_name = "GROUP", value_delimiter = ',')]
    use_: Vec<String>,
    /// Groups that may see its instances
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    view: Vec<String>,
    /// Groups that may steer its instances
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    admin: Vec<String>,
    #[command(flatten)]
    manner: Manner,
}

impl Process {
    pub(super) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let mut place = Place::find(&self.manner, &self.app)?;
        let mut problems = Vec::new();
        if let Some(()) = kept(words::function_name("process", &self.name), &mut problems) {
            place.check_object(ObjectKind::Process, &self.name, &mut problems);
        }
        let step = self.step.clone().unwrap_or_else(|| format!("begin_{}", self.name));
        if step == self.name {
            let message = format!("process and step cannot both be `{step}`: they stand in one file");
            problems.push(Problem::new(message, "give the step another name"));
        } else if let Some(()) = kept(words::function_name("step", &step), &mut problems) {
            place.check_object(ObjectKind::Step, &step, &mut problems);
        }
        place.add_groups(&self.group, &mut problems);
        let lists = [("--use", &self.use_), ("--view", &self.view), ("--admin", &self.admin)];
        for (option, groups) in lists {
            place.check_groups(option, groups, &mut problems);
        }
        let scope = Scope { app: place.app(), apps: &place.apps, new: None };
        let parameters = parameters(&scope, &self.parameters, &mut problems);
        let description = self.description.clone().unwrap_or_else(|| label(&self.name));
        let description = kept(words::description(&description), &mut problems).unwrap_or_default();
        let keys = self.keys(&place, &mut problems);
        refuse(problems)?;

        let arguments: Vec<&str> = parameters.iter().map(|(name, _)| name.as_str()).collect();
        let values = [
            ("name", self.name.as_str()),
            ("step", &step),
            ("description", &description),
            ("keys", &keys),
            ("parameters", &names(&parameters)),
            ("arguments", &arguments.join(", ")),
            ("unused", &unused(&parameters)),
        ];
        let edits = place.edits("objects/process", "processes", &self.name, &values)?;
        let reference = format!("{}.processes.{}", self.app, self.name);
        place.finish(terminal, &self.manner, "process", Some(&reference), edits)
    }

    /// The lists of groups; somebody must be able to start it.
    fn keys(&self, place: &Place, problems: &mut Vec<Problem>) -> String {
        let mut starters: Vec<String> = self.group.iter().chain(&self.use_).cloned().collect();
        if starters.is_empty() {
            starters.extend(place.users().map(str::to_owned));
        }
        let use_ = list("use", &starters);
        if use_.is_none() {
            let message = format!("the app `{}` has no group that could start it", self.app);
            problems.push(Problem::new(message, format!("add one: `--group {}_users`", self.app)));
        }
        let lists = [list("view", &self.view), use_, list("admin", &self.admin)];
        lists.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

//! `cargo appos add step`.

use appos_codegen::ObjectKind;
use appos_codegen::naming::label;
use clap::Args;

use super::object::Place;
use super::report::Manner;
use super::rule::{names, parameters, unused};
use crate::scaffold::problem::{kept, refuse};
use crate::scaffold::types::Scope;
use crate::scaffold::words;
use crate::terminal::{Failure, Terminal};

/// Arguments of `cargo appos add step`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos add step crm create_account 'customer_id:Id<Customer>' --returns i64
  cargo appos add step crm send_welcome address:String --description 'Sends the first mail'

Parameters are written NAME:TYPE, and NAME:TYPE:sensitive if nobody is to see them:
  'customer_id:Id<Customer>'     above:Decimal     'since:Date?'     'tiers:Vec<Tier>'

The step compiles, and fails until its body is written. A process runs it: `step(steps::create_account(id)).await?`.")]
pub(super) struct Step {
    /// The app that gets it
    app: String,
    /// Its name: `create_account`
    name: String,
    /// Its parameters
    #[arg(value_name = "PARAMETER")]
    parameters: Vec<String>,
    /// The type of its answer
    #[arg(long, value_name = "TYPE", default_value = "()")]
    returns: String,
    /// What it does, in a line
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    #[command(flatten)]
    manner: Manner,
}

impl Step {
    pub(super) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let place = Place::find(&self.manner, &self.app)?;
        let mut problems = Vec::new();
        if let Some(()) = kept(words::function_name("step", &self.name), &mut problems) {
            place.check_object(ObjectKind::Step, &self.name, &mut problems);
        }
        let scope = Scope { app: place.app(), apps: &place.apps, new: None };
        let parameters = parameters(&scope, &self.parameters, &mut problems);
        let returns = scope.value(&self.returns).map_err(|problem| problem.of(&format!("--returns {}", self.returns)));
        let returns = kept(returns, &mut problems).map(|known| known.text).unwrap_or_default();
        let description = self.description.clone().unwrap_or_else(|| label(&self.name));
        let description = kept(words::description(&description), &mut problems).unwrap_or_default();
        refuse(problems)?;

        let values = [
            ("name", self.name.as_str()),
            ("description", &description),
            ("parameters", &names(&parameters)),
            ("returns", &returns),
            ("unused", &unused(&parameters)),
        ];
        let edits = place.edits("objects/step", "steps", &self.name, &values)?;
        let reference = format!("{}.steps.{}", self.app, self.name);
        place.finish(terminal, &self.manner, "step", Some(&reference), edits)
    }
}

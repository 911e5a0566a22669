//! `cargo appos add choices`.

use appos_codegen::naming::{label, object_name};
use clap::Args;

use super::object::Place;
use super::report::Manner;
use crate::scaffold::problem::{Problem, kept, refuse};
use crate::scaffold::words;
use crate::terminal::{Failure, Terminal};

/// Arguments of `cargo appos add choices`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos add choices crm Tier Bronze Silver Gold
  cargo appos add choices crm Mood Good Bad --description \"How a call went\"

Each choice is stored by its name in snake case. A field has them as its type, as in
`cargo appos add record crm Customer name:String tier:Tier:default=Bronze`.")]
pub(super) struct Choices {
    /// The app that gets them
    app: String,
    /// Their name: `Tier`
    name: String,
    /// The choices, the first of them the default
    #[arg(value_name = "CHOICE", required = true)]
    variants: Vec<String>,
    /// What is chosen, in a line
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    #[command(flatten)]
    manner: Manner,
}

impl Choices {
    pub(super) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let place = Place::find(&self.manner, &self.app)?;
        let mut problems = Vec::new();
        if let Some(()) = kept(words::type_name("type", &self.name), &mut problems) {
            place.check_types(std::slice::from_ref(&self.name), &mut problems);
        }
        for (index, choice) in self.variants.iter().enumerate() {
            kept(words::choice_name(choice).map_err(|problem| problem.of(choice)), &mut problems);
            if self.variants.iter().take(index).any(|other| object_name(other) == object_name(choice)) {
                problems.push(Problem::new("this choice is there already", "leave it out").of(choice));
            }
        }
        let description = self.description.clone().unwrap_or_else(|| label(&self.name));
        let description = kept(words::description(&description), &mut problems).unwrap_or_default();
        refuse(problems)?;

        let choices = format!("    {},\n", self.variants.join(",\n    "));
        let values = [("name", self.name.as_str()), ("description", &description), ("choices", &choices)];
        let edits = place.edits("objects/choices", "records", &self.name, &values)?;
        place.finish(terminal, &self.manner, "choices", None, edits)
    }
}

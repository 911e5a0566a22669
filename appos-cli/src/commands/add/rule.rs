//! `cargo appos add rule`.

use appos_codegen::ObjectKind;
use appos_codegen::naming::label;
use clap::Args;

use super::object::{Place, list};
use super::report::Manner;
use crate::scaffold::field::parts;
use crate::scaffold::problem::{Problem, kept, refuse};
use crate::scaffold::types::Scope;
use crate::scaffold::words;
use crate::terminal::{Failure, Terminal};

/// Arguments of `cargo appos add rule`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos add rule crm customer_ltv 'customer_id:Id<Customer>' --returns Decimal
  cargo appos add rule crm late_orders 'since:Date?' --returns 'Vec<Order>' --group crm_users

Parameters are written NAME:TYPE, and NAME:TYPE:sensitive if logs must not show them:
  'customer_id:Id<Customer>'     above:Decimal     'since:Date?'     'tiers:Vec<Tier>'

The rule compiles, and answers an error until its body is written.")]
pub(super) struct Rule {
    /// The app that gets it
    app: String,
    /// Its name: `customer_ltv`
    name: String,
    /// Its parameters
    #[arg(value_name = "PARAMETER")]
    parameters: Vec<String>,
    /// The type of its answer
    #[arg(long, value_name = "TYPE", default_value = "()")]
    returns: String,
    /// What it is for, in a line
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Groups that may call it; those that the app lacks are added to it
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    group: Vec<String>,
    /// Groups that may call it; else those of the app's defaults
    #[arg(long = "use", value_name = "GROUP", value_delimiter = ',')]
    use_: Vec<String>,
    #[command(flatten)]
    manner: Manner,
}

impl Rule {
    pub(super) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let mut place = Place::find(&self.manner, &self.app)?;
        let mut problems = Vec::new();
        if let Some(()) = kept(words::function_name("rule", &self.name), &mut problems) {
            place.check_object(ObjectKind::Rule, &self.name, &mut problems);
        }
        place.add_groups(&self.group, &mut problems);
        place.check_groups("--use", &self.use_, &mut problems);
        let scope = Scope { app: place.app(), apps: &place.apps, new: None };
        let parameters = parameters(&scope, &self.parameters, &mut problems);
        let returns = scope.value(&self.returns).map_err(|problem| problem.of(&format!("--returns {}", self.returns)));
        let returns = kept(returns, &mut problems).map(|known| known.text).unwrap_or_default();
        let description = self.description.clone().unwrap_or_else(|| label(&self.name));
        let description = kept(words::description(&description), &mut problems).unwrap_or_default();
        refuse(problems)?;

        let groups: Vec<String> = self.group.iter().chain(&self.use_).cloned().collect();
        let keys = list("use", &groups).map(|list| format!("({list})")).unwrap_or_default();
        let values = [
            ("name", self.name.as_str()),
            ("description", &description),
            ("keys", &keys),
            ("parameters", &names(&parameters)),
            ("returns", &returns),
            ("unused", &unused(&parameters)),
        ];
        let edits = place.edits("objects/rule", "rules", &self.name, &values)?;
        let reference = format!("{}.rules.{}", self.app, self.name);
        place.finish(terminal, &self.manner, "rule", Some(&reference), edits)
    }
}

/// Names of parameters, and what is written for them.
pub(super) fn parameters(
    scope: &Scope<'_>,
    arguments: &[String],
    problems: &mut Vec<Problem>,
) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for argument in arguments {
        let Some((name, written)) = kept(parameter(scope, argument), problems) else { continue };
        if found.iter().any(|(other, _)| *other == name) {
            let message = format!("there is a parameter `{name}` already");
            problems.push(Problem::new(message, "give one of them another name").of(argument));
        } else {
            found.push((name, written));
        }
    }
    found
}

/// What stands between the parentheses of a function.
pub(super) fn names(parameters: &[(String, String)]) -> String {
    parameters.iter().map(|(_, written)| written.as_str()).collect::<Vec<_>>().join(", ")
}

/// A parameter that nothing reads would be a warning.
pub(super) fn unused(parameters: &[(String, String)]) -> String {
    let names: Vec<&str> = parameters.iter().map(|(name, _)| name.as_str()).collect();
    match names.as_slice() {
        [] => String::new(),
        [only] => format!("    let _ = {only};\n"),
        several => format!("    let _ = ({});\n", several.join(", ")),
    }
}

fn parameter(scope: &Scope<'_>, argument: &str) -> Result<(String, String), Problem> {
    let parts = parts(argument);
    let (name, ty, attribute) = match parts.as_slice() {
        [name, ty] => (*name, *ty, ""),
        [name, ty, "sensitive"] => (*name, *ty, "#[sensitive] "),
        _ => {
            let help = "write `customer_id:Id<Customer>`, or `birthday:Date:sensitive`";
            return Err(Problem::new("a parameter has a name and a type", help).of(argument));
        }
    };
    words::parameter_name(name).map_err(|problem| problem.of(argument))?;
    let ty = scope.value(ty).map_err(|problem| problem.of(argument))?;
    Ok((name.to_owned(), format!("{attribute}{name}: {}", ty.text)))
}

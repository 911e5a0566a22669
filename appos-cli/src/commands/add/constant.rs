//! `cargo appos add constant`.

use appos_codegen::ObjectKind;
use appos_codegen::naming::label;
use clap::Args;

use super::object::{Place, list};
use super::report::Manner;
use crate::scaffold::literal;
use crate::scaffold::problem::{Problem, kept, refuse};
use crate::scaffold::types::{Kind, Known, Scope};
use crate::scaffold::words;
use crate::terminal::{Failure, Terminal};

/// Arguments of `cargo appos add constant`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos add constant crm tax_rate Decimal 0.18
  cargo appos add constant crm greeting String \"Good morning\" --group crm_users

Values:
  tax_rate Decimal 0.18     retries u8 3       greeting String \"Good morning\"
  open bool true            since Date 2026-01-01       entry_tier Tier Bronze")]
pub(super) struct Constant {
    /// The app that gets it
    app: String,
    /// Its name: `tax_rate`
    name: String,
    /// The type of its value
    #[arg(value_name = "TYPE")]
    ty: String,
    /// Its value
    #[arg(allow_hyphen_values = true)]
    value: String,
    /// What it is for, in a line
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Groups that may read it; those that the app lacks are added to it
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    group: Vec<String>,
    /// Groups that may read it; else those of the app's defaults
    #[arg(long = "use", value_name = "GROUP", value_delimiter = ',')]
    use_: Vec<String>,
    #[command(flatten)]
    manner: Manner,
}

impl Constant {
    pub(super) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let mut place = Place::find(&self.manner, &self.app)?;
        let mut problems = Vec::new();
        if let Some(()) = kept(words::function_name("constant", &self.name), &mut problems) {
            place.check_object(ObjectKind::Constant, &self.name, &mut problems);
        }
        place.add_groups(&self.group, &mut problems);
        place.check_groups("--use", &self.use_, &mut problems);
        let scope = Scope { app: place.app(), apps: &place.apps, new: None };
        let known = scope.field(&self.ty).map_err(|problem| problem.of(&self.ty));
        let body = kept(known, &mut problems).and_then(|known| {
            kept(self.body(&scope, &known).map_err(|problem| problem.of(&self.value)), &mut problems)
        });
        let (ty, value) = body.unwrap_or_default();
        let description = self.description.clone().unwrap_or_else(|| label(&self.name));
        let description = kept(words::description(&description), &mut problems).unwrap_or_default();
        refuse(problems)?;

        let groups: Vec<String> = self.group.iter().chain(&self.use_).cloned().collect();
        let keys = list("use", &groups).map(|list| format!("({list})")).unwrap_or_default();
        let values = [
            ("name", self.name.as_str()),
            ("description", &description),
            ("keys", &keys),
            ("type", &ty),
            ("value", &value),
        ];
        let edits = place.edits("objects/constant", "constants", &self.name, &values)?;
        let reference = format!("{}.constants.{}", self.app, self.name);
        place.finish(terminal, &self.manner, "constant", Some(&reference), edits)
    }

    /// Type and body of the function.
    fn body(&self, scope: &Scope<'_>, known: &Known) -> Result<(String, String), Problem> {
        if known.optional {
            return Err(Problem::new("a constant has a value", format!("write `{}`", known.inner)));
        }
        let value = literal::expression(scope, known, &self.value)?;
        Ok(match known.kind {
            Kind::Text => (known.text.clone(), format!("{value}.to_owned()")),
            // A text becomes a day when it is read.
            Kind::Date => (format!("Result<{}>", known.text), format!("Ok({value}.parse()?)")),
            _ => (known.text.clone(), value),
        })
    }
}

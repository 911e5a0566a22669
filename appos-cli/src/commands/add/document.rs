//! `cargo appos add document`.

use appos_codegen::ObjectKind;
use appos_codegen::naming::{label, object_name, types_beside};
use clap::Args;

use super::object::Place;
use super::record::read_fields;
use super::report::Manner;
use crate::scaffold::field::Field;
use crate::scaffold::problem::{kept, refuse};
use crate::scaffold::types::Scope;
use crate::scaffold::words;
use crate::terminal::{Failure, Terminal};

/// Longest line that is not broken.
const WIDTH: usize = 100;

/// Arguments of `cargo appos add document`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos add document crm Contract --of Customer --accept 'application/pdf,image/*' --max-size '20 MB'
  cargo appos add document crm Receipt 'note:String?' paid_on:Date --of Order --versions 5 --audit-log

It is a record, each row of which is a file that belongs to a row of another record: whoever may view, create,
change or delete that one may do so with its files. The screens upload and show them.

Fields are written as for `cargo appos add record`; the name, the type and the size of the file are fields anyway.")]
pub(super) struct Document {
    /// The app that gets it
    app: String,
    /// Its name: `Contract`
    name: String,
    /// Its fields beside those of the file
    #[arg(value_name = "FIELD")]
    fields: Vec<String>,
    /// The record that it belongs to
    #[arg(long, value_name = "RECORD")]
    of: String,
    /// Types of files that are taken; else all
    #[arg(long, value_name = "TYPE", value_delimiter = ',')]
    accept: Vec<String>,
    /// The largest file: `20 MB`; else as the settings say
    #[arg(long, value_name = "SIZE")]
    max_size: Option<String>,
    /// How many versions of a file are kept; else all
    #[arg(long, value_name = "NUMBER")]
    versions: Option<u32>,
    /// What a file of it is, in a line
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Keep who changed what
    #[arg(long)]
    audit_log: bool,
    #[command(flatten)]
    manner: Manner,
}

impl Document {
    pub(super) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let place = Place::find(&self.manner, &self.app)?;
        let mut problems = Vec::new();
        if let Some(()) = kept(words::type_name("document", &self.name), &mut problems) {
            place.check_object(ObjectKind::Record, &self.name, &mut problems);
            if problems.is_empty() {
                let types: Vec<String> = [self.name.clone()].into_iter().chain(types_beside(&self.name)).collect();
                place.check_types(&types, &mut problems);
            }
        }
        let scope = Scope { app: place.app(), apps: &place.apps, new: Some(&self.name) };
        if let Err(problem) = scope.field(&format!("Ref<{}>", self.of)) {
            problems.push(problem.of(&format!("--of {}", self.of)));
        }
        let fields = read_fields(&place, &self.name, &self.fields, &mut problems);
        let description = self.description.clone().unwrap_or_else(|| label(&self.name));
        let description = kept(words::description(&description), &mut problems).unwrap_or_default();
        refuse(problems)?;

        let lines: String = fields.iter().map(Field::lines).collect();
        let keys = self.keys();
        let values = [("name", self.name.as_str()), ("description", &description), ("keys", &keys), ("fields", &lines)];
        let edits = place.edits("objects/record", "records", &self.name, &values)?;
        let reference = format!("{}.records.{}", self.app, object_name(&self.name));
        place.finish(terminal, &self.manner, "record", Some(&reference), edits)
    }

    /// What stands in the attribute. rustfmt leaves it as it is written.
    fn keys(&self) -> String {
        let accept: Vec<String> = self.accept.iter().map(|kind| format!("{kind:?}")).collect();
        let own = [
            Some(format!("of = {}", self.of)),
            (!accept.is_empty()).then(|| format!("accept = [{}]", accept.join(", "))),
            self.max_size.as_ref().map(|size| format!("max_size = {size:?}")),
            self.versions.map(|versions| format!("versions = {versions}")),
        ];
        let own: Vec<String> = own.into_iter().flatten().collect();
        let audit_log = if self.audit_log { ", audit_log" } else { "" };
        let short = format!("document({}){audit_log}", own.join(", "));
        if short.len() + "#[record()]".len() <= WIDTH {
            return short;
        }
        let audit_log = if self.audit_log { "    audit_log,\n" } else { "" };
        format!("\n    document(\n        {},\n    ),\n{audit_log}", own.join(",\n        "))
    }
}

//! `cargo appos add record`.

use appos_codegen::ObjectKind;
use appos_codegen::naming::{label, object_name, types_beside};
use clap::Args;

use super::object::{Place, list};
use super::report::Manner;
use crate::scaffold::field::Field;
use crate::scaffold::problem::{Problem, kept, refuse};
use crate::scaffold::types::{Kind, Scope};
use crate::scaffold::words;
use crate::terminal::{Failure, Terminal};

/// Arguments of `cargo appos add record`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos add record crm Customer name:String:search email:String:unique:email 'credit_limit:Decimal?'
  cargo appos add record crm Order 'customer:Ref<Customer>' total:Decimal:scale=2 --group crm_users

Fields are written NAME:TYPE[:OPTION]..
  name:String:search           email:String:unique:email       'due_on:Date?'     (`?`: may be empty)
  total:Decimal:scale=2        state:OrderState:default=Draft  'tags:Vec<String>'
  'customer:Ref<Customer>'     'owner:Ref<platform::records::User>?:on_delete=set_null'

Types: String, bool, i64 and smaller integers, f64, Decimal, Date, DateTime, Uuid, Json, Vec of these, choices
of the app, Ref of a record.
Options: unique, search, index, sensitive, email, url, default=.., scale=.., on_delete=..

Without lists of groups, the app's first group may view, create and update rows, and its group that
ends with `_admins` may do everything.")]
pub(super) struct Record {
    /// The app that gets it
    app: String,
    /// Its name: `Customer`
    name: String,
    /// Its fields
    #[arg(value_name = "FIELD")]
    fields: Vec<String>,
    /// What a row of it is, in a line
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// The field that stands for a row; else the first text
    #[arg(long, value_name = "FIELD")]
    display: Option<String>,
    /// Keep who changed what
    #[arg(long)]
    audit_log: bool,
    /// Keep deleted rows
    #[arg(long)]
    soft_delete: bool,
    /// Groups that may view, create and update rows; those that the app lacks are added to it
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    group: Vec<String>,
    /// Groups that may view rows
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    view: Vec<String>,
    /// Groups that may create rows
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    create: Vec<String>,
    /// Groups that may change rows
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    update: Vec<String>,
    /// Groups that may delete rows
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    delete: Vec<String>,
    /// Groups that may do everything
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    admin: Vec<String>,
    #[command(flatten)]
    manner: Manner,
}

impl Record {
    pub(super) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let mut place = Place::find(&self.manner, &self.app)?;
        let mut problems = Vec::new();
        if let Some(()) = kept(words::type_name("record", &self.name), &mut problems) {
            place.check_object(ObjectKind::Record, &self.name, &mut problems);
            if problems.is_empty() {
                let types: Vec<String> = [self.name.clone()].into_iter().chain(types_beside(&self.name)).collect();
                place.check_types(&types, &mut problems);
            }
        }
        place.add_groups(&self.group, &mut problems);
        let permissions = self.permissions(&place, &mut problems);
        let fields = read_fields(&place, &self.name, &self.fields, &mut problems);
        if self.fields.is_empty() {
            problems.push(Problem::new("a record has fields", "write them behind its name: `name:String`"));
        }
        let display = self.display_field(&fields, &mut problems);
        let description = self.description.clone().unwrap_or_else(|| label(&self.name));
        let description = kept(words::description(&description), &mut problems).unwrap_or_default();
        refuse(problems)?;

        let display = display.map(|field| format!("display = {field:?}"));
        let flag = |set: bool, key: &str| set.then(|| key.to_owned());
        let keys: Vec<String> = [display, flag(self.audit_log, "audit_log"), flag(self.soft_delete, "soft_delete")]
            .into_iter()
            .flatten()
            .chain(permissions)
            .collect();
        let lines: String = fields.iter().map(Field::lines).collect();
        // A list of its own each: rustfmt leaves the arguments of attributes as they are written.
        let keys = format!("\n    {},\n", keys.join(",\n    "));
        let values = [("name", self.name.as_str()), ("description", &description), ("keys", &keys), ("fields", &lines)];
        let edits = place.edits("objects/record", "records", &self.name, &values)?;
        let reference = format!("{}.records.{}", self.app, object_name(&self.name));
        place.finish(terminal, &self.manner, "record", Some(&reference), edits)
    }

    /// The field that stands for a row.
    fn display_field<'a>(&'a self, fields: &'a [Field], problems: &mut Vec<Problem>) -> Option<&'a str> {
        let Some(wanted) = &self.display else {
            return fields.iter().find(|field| field.names_rows()).map(|field| field.name.as_str());
        };
        let stored = || fields.iter().filter(|field| field.ty.kind != Kind::Back).map(|field| field.name.as_str());
        if !stored().any(|name| name == wanted) && !fields.is_empty() {
            let message = format!("`{wanted}` is no field of the record");
            let help = format!("fields are {}", stored().collect::<Vec<_>>().join(", "));
            problems.push(Problem::new(message, help).of(&format!("--display {wanted}")));
        }
        Some(wanted)
    }

    /// The lists of groups, as they are written in the attribute.
    fn permissions(&self, place: &Place, problems: &mut Vec<Problem>) -> Vec<String> {
        let lists = [
            ("view", &self.view),
            ("create", &self.create),
            ("update", &self.update),
            ("delete", &self.delete),
            ("admin", &self.admin),
        ];
        for (name, groups) in lists {
            place.check_groups(&format!("--{name}"), groups, problems);
        }
        let default: Vec<String> = match place.users() {
            _ if !self.group.is_empty() => self.group.clone(),
            Some(group) => vec![group.to_owned()],
            None if self.view.is_empty() => {
                let message = format!("the app `{}` has no groups, and nobody could view the record", self.app);
                problems.push(Problem::new(message, format!("add one: `--group {}_users`", self.app)));
                Vec::new()
            }
            None => Vec::new(),
        };
        // One list that is given says that the others are meant as they are.
        let all_default = lists.iter().all(|(_, groups)| groups.is_empty());
        let admins: Vec<String> = place.admins().filter(|_| all_default).map(str::to_owned).into_iter().collect();
        let chosen = lists.iter().map(|(name, groups)| {
            let of_default = match *name {
                "view" => groups.is_empty(),
                "create" | "update" => groups.is_empty() && (all_default || !self.group.is_empty()),
                _ => false,
            };
            let groups = if of_default {
                &default
            } else if *name == "admin" && all_default {
                &admins
            } else {
                groups
            };
            list(name, groups)
        });
        chosen.flatten().collect()
    }
}

/// The fields of a record of this name, as they are written in arguments.
pub(super) fn read_fields(place: &Place, name: &str, arguments: &[String], problems: &mut Vec<Problem>) -> Vec<Field> {
    let scope = Scope { app: place.app(), apps: &place.apps, new: Some(name) };
    let mut fields: Vec<Field> = Vec::new();
    for argument in arguments {
        let Some(field) = kept(Field::read(&scope, argument), problems) else { continue };
        if fields.iter().any(|other| other.name == field.name) {
            let message = format!("there is a field `{}` already", field.name);
            problems.push(Problem::new(message, "give one of them another name").of(argument));
        } else {
            fields.push(field);
        }
    }
    let refers_to_itself = fields.iter().any(|field| field.ty.kind == Kind::Reference && field.ty.inner.contains(name));
    for field in fields.iter().filter(|field| field.ty.kind == Kind::Back && !refers_to_itself) {
        let message = format!("no field of `{name}` refers to `{name}`");
        let help = format!("add one, such as `parent:Ref<{name}>?`");
        problems.push(Problem::new(message, help).of(&field.name));
    }
    fields
}

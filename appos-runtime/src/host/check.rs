//! What must be true of the compiled-in objects before a platform starts.

use std::collections::HashMap;
use std::fmt;

use serde::Serialize;

use crate::config::{ConfigMistake, PlatformConfig};
use crate::model::record_of;
use crate::registry::{ObjectDescriptor, ObjectDetail, ObjectKind, RecordDescriptor, Registry, RowEvent, SystemKind};
use crate::value::FieldType;

/// Names under `/api/{app}/v1/` that are no record's.
const RESERVED_ROUTES: [&str; 2] = ["processes", "rules"];

/// Something that keeps a platform from starting.
#[derive(Debug, Serialize)]
pub(super) struct Problem {
    /// `route`, `table`, `relation` or `piece`.
    about: &'static str,
    /// Whose mistake it is.
    object: &'static str,
    /// The field, if one is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    message: String,
    /// The correct form.
    help: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.object)?;
        if let Some(field) = self.field {
            write!(f, ".{field}")?;
        }
        write!(f, ": {}; {}", self.message, self.help)
    }
}

/// What a start would refuse, as `cargo appos check` reads it.
#[derive(Serialize)]
pub(super) struct Refusals<'a> {
    /// Version of this form.
    format: u32,
    mistakes: Vec<Mistake<'a>>,
    problems: Vec<Problem>,
    server: Listening<'a>,
}

/// Where the program would listen, if nothing is refused.
#[derive(Serialize)]
struct Listening<'a> {
    host: &'a str,
    port: u16,
    public_url: Option<&'a str>,
}

#[derive(Serialize)]
struct Mistake<'a> {
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    message: &'a str,
    help: Option<&'a str>,
}

impl<'a> Refusals<'a> {
    /// All mistakes of settings and objects.
    pub(super) fn of(config: &'a PlatformConfig, mistakes: &'a [ConfigMistake], registry: &'static Registry) -> Self {
        let mistakes = mistakes.iter().map(|ConfigMistake { file, line, column, message, help }| Mistake {
            file,
            line: *line,
            column: *column,
            message,
            help: help.as_deref(),
        });
        let server = &config.server;
        let server = Listening { host: &server.host, port: server.port, public_url: server.public_url.as_deref() };
        Self { format: 1, mistakes: mistakes.collect(), problems: problems(registry), server }
    }
}

/// Everything that is wrong with the objects, in words; "" if nothing is.
pub(super) fn in_words(registry: &'static Registry) -> String {
    problems(registry).iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn problems(registry: &'static Registry) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut routes: HashMap<(&str, &str), &str> = HashMap::new();
    let mut tables: HashMap<(Option<&str>, &str), &str> = HashMap::new();
    for (object, record) in registry.records() {
        let problem = |about, message, help: &str| Problem {
            about,
            object: object.reference,
            field: None,
            message,
            help: help.to_owned(),
        };
        if RESERVED_ROUTES.contains(&record.plural.as_str()) {
            let message = format!("the plural `{}` is a route of the platform", record.plural.as_str());
            problems.push(problem("route", message, "write `plural = \"..\"`"));
        }
        if let Some(other) = routes.insert((object.app, record.plural.as_str()), object.reference) {
            let message = format!("{other} has the same plural `{}`", record.plural.as_str());
            problems.push(problem("route", message, "write `plural = \"..\"`"));
        }
        if let Some(other) = tables.insert((record.connected_system, record.table), object.reference) {
            let message = format!("{other} has the same table `{}`", record.table);
            problems.push(problem("table", message, "write `table = \"..\"`"));
        }
        if lies_in_itself(object) {
            let message = "what it belongs to belongs to it, so nobody could say who may see it".to_owned();
            problems.push(problem("relation", message, "name another record in `of`"));
        }
        for (message, help) in databases_apart(registry, object, record) {
            problems.push(problem("relation", message, help));
        }
        for field in record.fields {
            let FieldType::Many(target) = field.field_type else { continue };
            let target = target();
            let refers =
                registry.records().filter(|(other, _)| other.reference == target.reference).any(|(_, other)| {
                    other.fields.iter().any(|to| {
                        let refers =
                            matches!(to.field_type, FieldType::Reference(to) if to().reference == object.reference);
                        refers && (to.unique || !field.unique)
                    })
                });
            if !refers {
                let unique = if field.unique { "unique " } else { "" };
                let message = format!("{} has no {unique}`Ref` to {}", target.reference, object.reference);
                problems.push(Problem { field: Some(field.name), ..problem("relation", message, "add one") });
            }
        }
    }
    problems.extend(registry.objects().iter().filter_map(|object| {
        let ObjectDetail::Integration(integration) = object.detail else { return None };
        let system = (integration.system)();
        let speaks = matches!(system.detail, ObjectDetail::ConnectedSystem(found) if found.kind == SystemKind::Http);
        (!speaks).then(|| Problem {
            about: "relation",
            object: object.reference,
            field: None,
            message: format!("{} does not speak HTTP", system.reference),
            help: "name a connected system with `kind = \"http\"`".to_owned(),
        })
    }));
    problems.extend(crate::ui::objects::problems(registry).into_iter().map(|(object, message, help)| Problem {
        about: "route",
        object,
        field: None,
        message,
        help,
    }));
    problems.extend(crate::ui::pieces::problems(registry).into_iter().map(|(object, message, help)| Problem {
        about: "piece",
        object,
        field: None,
        message,
        help,
    }));
    problems.extend(crate::web::web_api_problems(registry).into_iter().map(|(object, message, help)| Problem {
        about: "route",
        object,
        field: None,
        message,
        help,
    }));
    debug_assert!(registry.objects().iter().all(|object| ObjectKind::ALL.contains(&object.kind)));
    problems
}

/// True of a document or folder that lies in itself, or deeper than the rights of rows are followed.
fn lies_in_itself(object: &'static ObjectDescriptor) -> bool {
    object.lineage().last().is_some_and(|last| last.inherits().is_some())
}

/// What a record asks of two databases at once, which can neither keep references whole nor commit together.
fn databases_apart(
    registry: &'static Registry,
    object: &'static ObjectDescriptor,
    record: &'static RecordDescriptor,
) -> Vec<(String, &'static str)> {
    let place = |system: Option<&str>| system.map_or("the platform's own database".to_owned(), str::to_owned);
    let mut all = Vec::new();
    for field in record.fields {
        let FieldType::Reference(target) = field.field_type else { continue };
        let there = record_of(target()).connected_system;
        if there != record.connected_system {
            let message = format!(
                "`{}` refers to {}, which is in {}, and this record in {}",
                field.name,
                target().reference,
                place(there),
                place(record.connected_system)
            );
            all.push((message, "keep its id as an `i64`, and read the row by `get`"));
        }
    }
    if let Some(system) = record.connected_system {
        let is_database = registry.find(system).is_some_and(
            |object| matches!(object.detail, ObjectDetail::ConnectedSystem(found) if found.kind == SystemKind::Database),
        );
        if !is_database {
            let message = format!("{system} is no connected system of this app that is a database");
            all.push((message, "name one with `kind = \"database\"`"));
        }
        for event in [RowEvent::Created, RowEvent::Updated, RowEvent::Deleted] {
            for hook in registry.hooks(object, event).iter().filter(|hook| hook.after_commit) {
                let message = format!(
                    "{} is to start with its rows, but these are in the database of a connected system, which the \
                     outbox is not in",
                    (hook.rule)().reference
                );
                all.push((message, "start it where the rows are written, after they are"));
            }
        }
    }
    all
}

//! The routes of a process: its start, and the instances that are there.

use utoipa::openapi::path::{HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{RefOr, Required, ResponseBuilder, Schema};

use super::document::{Parts, View};
use super::operation::{JSON, Outline, body, schema_ref, security};
use super::parameters::{IDEMPOTENCY_KEY, shared_ref};
use super::responses::{closed, header, json, response, uuid};
use super::rules::arguments;
use super::schemas::{moment, text};
use crate::process::LONGEST_KEY;
use crate::registry::{ObjectDescriptor, ProcessDescriptor};
use crate::security::Permission;

/// Names of the schemas that all processes share.
const LISTED: &str = "process.listed";
const LIST: &str = "process.list";
const INSTANCE: &str = "process.instance";
const SIGNAL: &str = "process.signal";

const STATES: [&str; 5] = ["running", "completed", "failed", "cancelled", "parked"];

/// Adds the routes of a process, as far as the reader may use them.
pub(super) fn add(
    parts: &mut Parts,
    view: &View<'_>,
    object: &'static ObjectDescriptor,
    process: &'static ProcessDescriptor,
) -> bool {
    let (may_use, may_view) =
        (view.rights.allows(object, Permission::Use), view.rights.allows(object, Permission::View));
    if process.earlier_of.is_some() || !(may_use || may_view) {
        return false;
    }
    shared(parts);
    let path = format!("/api/{}/v1/processes/{}", object.app, object.name);
    let mut paths = std::mem::take(&mut parts.paths);
    if may_use {
        let name = format!("{}.arguments", object.reference);
        parts.components = std::mem::take(&mut parts.components).schema(name.clone(), arguments(process.parameters));
        paths = paths.path(&path, PathItem::new(HttpMethod::Post, start(view, object, &name).build()));
    }
    let outline = |operation: &str, summary: String, success: (u16, ResponseBuilder), problems| Outline {
        id: format!("{}.{operation}", object.reference),
        tag: object.app,
        summary,
        description: "Of those that the caller may see.",
        security: security(view, object, if may_view { Permission::View } else { Permission::Use }),
        success,
        problems,
    };
    let listed = (200, json("Instances, the newest first.", schema_ref(LIST)));
    let list = outline("instances", format!("List instances of {}", object.name), listed, READ);
    let list = asked(list.builder(), process);
    paths = paths.path(format!("{path}/instances"), PathItem::new(HttpMethod::Get, list.build()));
    let shown = (200, json("The instance with its history.", schema_ref(INSTANCE)));
    let show = outline("instance", format!("Show an instance of {}", object.name), shown, READ).builder();
    let show = show.parameter(id());
    paths = paths.path(format!("{path}/instances/{{id}}"), PathItem::new(HttpMethod::Get, show.build()));
    let summaries = [
        ("signal", "Tell an instance something", Permission::Use),
        // For whoever has started it, and who administers the process.
        ("cancel", "End an instance, and undo what it has done", Permission::Use),
        ("retry", "Have an instance go on from what has failed", Permission::Admin),
        ("resume", "Have an instance go on that was put aside", Permission::Admin),
    ];
    for (name, summary, permission) in summaries {
        if !view.rights.allows(object, permission) {
            continue;
        }
        let problems = if name == "signal" { SENT } else { DONE };
        let done = (204, response("It is asked for."));
        let outline =
            Outline { description: "", ..outline(&format!("instance_{name}"), summary.to_owned(), done, problems) };
        let mut operation = outline.builder().parameter(id());
        if name == "signal" {
            operation = operation.request_body(Some(body(JSON, schema_ref(SIGNAL))));
        }
        let item = PathItem::new(HttpMethod::Post, operation.build());
        paths = paths.path(format!("{path}/instances/{{id}}/{name}"), item);
    }
    parts.paths = paths;
    true
}

const READ: &[u16] = &[400, 401, 403, 404, 500, 503, 504];
const DONE: &[u16] = &[400, 401, 403, 404, 409, 413, 500, 503, 504];
const SENT: &[u16] = &[400, 401, 403, 404, 409, 413, 415, 422, 500, 503, 504];

fn start(view: &View<'_>, object: &'static ObjectDescriptor, arguments: &str) -> OperationBuilder {
    let started = closed([("id", uuid().description(Some("Names the instance.")))]);
    let place = header("Where the instance can be seen.", ObjectBuilder::new().schema_type(Type::String));
    Outline {
        id: object.reference.to_owned(),
        tag: object.app,
        summary: format!("Start the process {}", object.name),
        description: object.description,
        security: security(view, object, Permission::Use),
        success: (202, json("It is certain to run.", started).header("Location", place)),
        problems: &[400, 401, 403, 404, 409, 413, 415, 422, 500, 503, 504, 507],
    }
    .builder()
    .parameter(key())
    .request_body(Some(body(JSON, schema_ref(arguments))))
}

fn id() -> ParameterBuilder {
    ParameterBuilder::new()
        .name("id")
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .schema(Some(uuid()))
        .description(Some("Names the instance."))
}

fn key() -> ParameterBuilder {
    let key = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(LONGEST_KEY));
    ParameterBuilder::new()
        .name(IDEMPOTENCY_KEY)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .schema(Some(key.pattern(Some("^[!#-\\[\\]-~]+$"))))
        .description(Some(
            "The key of the start: the process is started once for it, and whoever sends it again with the same \
             arguments is told the first instance.",
        ))
}

/// The parameters of a list.
fn asked(operation: OperationBuilder, process: &ProcessDescriptor) -> OperationBuilder {
    let query = |name: &str, schema: RefOr<Schema>, about: &str| {
        let parameter = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Query);
        parameter.required(Required::False).schema(Some(schema)).description(Some(about.to_owned()))
    };
    let states = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(STATES));
    let yes = || ObjectBuilder::new().schema_type(Type::Boolean);
    let by =
        |name: &&str| query(&format!("filter[{name}]"), text().into(), "With which value of it they were started.");
    let operation = process.search.iter().map(by).fold(operation, OperationBuilder::parameter);
    operation
        .parameter(query("state", states.into(), "In which state they are."))
        .parameter(query("search", text().into(), "A part of the name, or the id."))
        .parameter(query("own", yes().into(), "Only those that the caller has started."))
        .parameter(query("archived", yes().into(), "Those in the archive, and no others."))
        .parameter(query("cursor", uuid().into(), "The `next` of an answer to the same question: those after them."))
        .parameter_ref(shared_ref("limit"))
}

fn any() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::AnyValue)
}

fn or_null(kind: Type) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::from_iter([kind, Type::Null]))
}

fn whole() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Integer)
}

fn moment_or_null() -> ObjectBuilder {
    or_null(Type::String)
}

const IN_ARCHIVE: &str = "It is in the archive: it can be looked at, and no longer be changed.";

/// What is known of an instance wherever it is listed.
fn listed() -> ObjectBuilder {
    let string = || ObjectBuilder::new().schema_type(Type::String);
    let waits = closed([
        ("place", string()),
        ("kind", string()),
        ("name", string()),
        ("state", string()),
        ("due_at", moment_or_null()),
    ]);
    closed([
        ("id", uuid()),
        ("process", string().description(Some("Reference of the process, or of a step that runs by itself."))),
        ("version", whole()),
        ("name", string()),
        ("state", string().enum_values(Some(STATES))),
        ("user", whole().description(Some("Who has started it; a negative number: the platform."))),
        ("ended_at", moment_or_null()),
        ("due_at", moment_or_null().description(Some("When it goes on, if that is known and it does not run."))),
        ("worker", or_null(Type::String).description(Some("What runs it."))),
        ("error", error()),
        ("archived", ObjectBuilder::new().schema_type(Type::Boolean).description(Some(IN_ARCHIVE))),
    ])
    .property("started_at", moment())
    .required("started_at")
    .property("waits", ArrayBuilder::new().items(waits).description(Some("What it waits for, and what of it runs.")))
    .required("waits")
}

fn error() -> ObjectBuilder {
    or_null(Type::Object).description(Some("Why it has failed: `code`, `message`, and the `execution_id` of the log."))
}

/// The schemas that all processes share.
fn shared(parts: &mut Parts) {
    let string = || ObjectBuilder::new().schema_type(Type::String);
    let variable = closed([("name", string()), ("visibility", string()), ("value", any())]);
    let entry = closed([
        ("place", string().description(Some("Where it stands in the program: `3`, or `2.1.4` in a branch."))),
        ("kind", string()),
        ("name", string()),
        ("state", string()),
        ("attempts", whole()),
        ("arguments", any()),
        ("result", any()),
        ("error", error()),
        ("execution_id", or_null(Type::String)),
        ("worker", string()),
        ("started_at", moment_or_null()),
        ("ended_at", moment_or_null()),
        ("due_at", moment_or_null()),
    ]);
    let whole_instance = listed()
        .property("arguments", any())
        .required("arguments")
        .property("result", any())
        .required("result")
        .property("parent", or_null(Type::String))
        .required("parent")
        .property("deadline_at", moment_or_null())
        .required("deadline_at")
        .property("cancelled_by", or_null(Type::Integer))
        .required("cancelled_by")
        .property("variables", ArrayBuilder::new().items(variable))
        .required("variables")
        .property("history", ArrayBuilder::new().items(entry))
        .required("history");
    let list = closed([("next", or_null(Type::String).description(Some("The `cursor` of the next page.")))])
        .property("instances", ArrayBuilder::new().items(schema_ref(LISTED)))
        .required("instances");
    let signal = closed([("name", string().min_length(Some(1)).max_length(Some(100)))]).property("payload", any());
    parts.components = std::mem::take(&mut parts.components)
        .schema(LISTED, listed())
        .schema(LIST, list)
        .schema(INSTANCE, whole_instance)
        .schema(SIGNAL, signal);
}

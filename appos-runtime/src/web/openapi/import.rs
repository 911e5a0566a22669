//! The import of a file, as an operation, and those that tell how far it is.

use utoipa::openapi::link::LinkBuilder;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn, ParameterStyle};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ArrayBuilder, KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{Content, RefOr, Required, ResponseBuilder, Schema};

use super::document::View;
use super::operation::{Outline, schema_ref, security, signed_in};
use super::parameters::format;
use super::responses::{PROBLEM, closed, header, json, response, uuid};
use super::rows::{Names, Seen};
use crate::model::record_of;
use crate::record::Readable;
use crate::registry::SystemField;
use crate::security::Permission;
use crate::value::FieldType;
use crate::web::records::{MODES, RESPOND_ASYNC, STATES};

const ABOUT: &str = "The first line of CSV names the columns; each line of JSON Lines is an object. A column fills the \
    field of its name, or what `map` says of it: a field, `reference.field` for a reference by a value of the row it \
    leads to, or nothing. Columns that the system sets are left out. With `match` a row that has the same value is \
    changed, else one is made.";

fn number(about: &str) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0)).description(Some(about))
}

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

/// How far an import is, and what it has done.
pub(super) fn answer() -> ObjectBuilder {
    let error = closed([
        ("line", number("Line of the file; the head of CSV is line 1.")),
        ("code", text().description(Some("Stable name of what is wrong."))),
        ("message", text()),
    ]);
    let error = error.property("field", text());
    closed([
        ("received", number("Bytes of the file that have arrived.")),
        ("lines", number("Rows of the file that were read.")),
        ("created", number("Rows that were made.")),
        ("updated", number("Rows that were changed.")),
        ("failed", number("Rows that are wrong.")),
    ])
    .property("id", uuid().description(Some("Names the import, and the execution that it is.")))
    .required("id")
    .property("state", text().enum_values(Some(STATES)))
    .required("state")
    .property("dry_run", ObjectBuilder::new().schema_type(Type::Boolean))
    .required("dry_run")
    .property("problem", schema_ref(PROBLEM))
    .property("errors", ArrayBuilder::new().items(error).description(Some("The first 1000 mistakes.")))
}

/// Imports, the latest first.
pub(super) fn answers(names: &Names) -> ObjectBuilder {
    closed([("imports", ArrayBuilder::new().items(schema_ref(&names.imported)))])
}

/// The operations that tell how far imports are, by the ends of their paths.
pub(super) fn watching(seen: &Seen<'_>, names: &Names) -> [(&'static str, Operation); 3] {
    let outline = |operation: &str, summary: String, success: ResponseBuilder, problems| Outline {
        id: format!("{}.{operation}", seen.object.reference),
        tag: seen.object.app,
        summary,
        description: "Of those that you have begun on this server, and that were asked for lately.",
        // Nobody can be told who is nobody in particular.
        security: signed_in(),
        success: (200, success),
        problems,
    };
    let plural = seen.record.plural;
    let all = json("The imports, the latest first.", schema_ref(&names.imports));
    let one = json("How far it is.", schema_ref(&names.imported));
    let lines = response("The mistakes, an object in each line.")
        .content("application/jsonl", Content::new(Some(text())))
        .header("Content-Disposition", header("The name of the file.", text()));
    let of_id = |outline: Outline<'_>| {
        let id = ParameterBuilder::new().name("id").parameter_in(ParameterIn::Path).required(Required::True);
        outline.builder().parameter(id.schema(Some(uuid()))).build()
    };
    let problems: &[u16] = &[400, 401, 404, 500, 503];
    [
        ("", outline("imports", format!("List imports of {plural}"), all, problems).build()),
        ("/{id}", of_id(outline("import_get", format!("Tell how far an import of {plural} is"), one, problems))),
        (
            "/{id}/errors",
            of_id(outline("import_errors", format!("Read all mistakes of an import of {plural}"), lines, problems)),
        ),
    ]
}

/// What a column can be said to fill: a field, a reference by a value that only one row has, or
/// nothing.
fn filled(view: &View<'_>, seen: &Seen<'_>) -> String {
    let mut names: Vec<String> = SystemField::ALL.into_iter().map(|field| field.name().to_owned()).collect();
    names.extend(seen.shown().filter(|field| !field.is_named()).map(|field| field.name.to_owned()));
    for field in seen.written(None) {
        names.push(field.name.to_owned());
        let FieldType::Reference(target) = field.field_type else { continue };
        let Some(target) = Some(target()).filter(|target| view.rights.allows(target, Permission::View)) else {
            continue;
        };
        let readable = Readable::of(target, view.rights);
        let telling = record_of(target).fields.iter().filter(|own| own.unique && readable.column(own.name).is_some());
        names.extend(telling.map(|own| format!("{}\\.{}", field.name, own.name)));
    }
    format!("^({})?$", names.join("|"))
}

/// The operation.
pub(super) fn operation(view: &View<'_>, seen: &Seen<'_>, names: &Names, updates: bool) -> Operation {
    let query = |name: &str, schema: RefOr<Schema>, about: &str| {
        let parameter = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Query);
        parameter.required(Required::False).schema(Some(schema)).description(Some(about.to_owned()))
    };
    let linked = |response: ResponseBuilder| {
        let to = |operation: &str| format!("{}.{operation}", seen.object.reference);
        ["import_get", "import_errors"].into_iter().fold(response, |response, operation| {
            let link = LinkBuilder::new().operation_id(to(operation)).parameter("id", "$response.body#/id");
            response.link(operation, link.build())
        })
    };
    let outline = Outline {
        id: format!("{}.import", seen.object.reference),
        tag: seen.object.app,
        summary: format!("Import {} from a file", seen.record.plural.as_str()),
        description: ABOUT,
        security: security(view, seen.object, Permission::Create),
        success: (200, linked(json("What was done, or would be.", schema_ref(&names.imported)))),
        problems: &[400, 401, 403, 404, 409, 413, 415, 422, 500, 502, 503, 504, 507],
    };
    let mode = text().enum_values(Some(MODES)).default(Some(MODES[0].into()));
    let filled = text().pattern(Some(filled(view, seen)));
    let map = ObjectBuilder::new().schema_type(Type::Object).additional_properties(Some(filled));
    let place = header("Where to ask how far it is.", text());
    let applied = header("`respond-async`.", text());
    let later = json("The file is here, and is being imported.", schema_ref(&names.imported));
    let later = linked(later).header("Location", place).header("Preference-Applied", applied);
    let prefer = ParameterBuilder::new().name("Prefer").parameter_in(ParameterIn::Header).required(Required::False);
    let mut operation = format(outline.builder())
        .response("202", later)
        .parameter(prefer.schema(Some(text())).example(Some(RESPOND_ASYNC.into())).description(Some(
            "`respond-async` (RFC 7240): be answered as soon as the file is here and its head is right.",
        )))
        .parameter(query("mode", mode.into(), "Whether rows that are right are kept beside others that are wrong."))
        .parameter(query(
            "dry_run",
            ObjectBuilder::new().schema_type(Type::Boolean).into(),
            "Whether only to say what would be done.",
        ))
        .parameter(
            query("map", map.into(), "What columns fill, by their names: `map[Customer]=customer.email`.")
                .style(Some(ParameterStyle::DeepObject))
                .explode(Some(true)),
        );
    if updates {
        let unique = seen.read().filter(|field| field.unique).map(|field| field.name);
        let keys: Vec<&str> = std::iter::once(SystemField::Id.name()).chain(unique).collect();
        operation = operation.parameter(query(
            "match",
            text().enum_values(Some(keys)).into(),
            "The field that tells a row which exists.",
        ));
    }
    // Not said in the way of OpenAPI 3.1, but in the one that makers of clients understand.
    let file = || Content::new(Some(text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))));
    let body = RequestBodyBuilder::new().required(Some(Required::True));
    let body = body.content("text/csv", file()).content("application/jsonl", file());
    operation.request_body(Some(body.build())).build()
}

//! What all answers have: the header with the execution, and problem documents.

use utoipa::openapi::schema::{AdditionalProperties, ArrayBuilder, ObjectBuilder, Ref, Schema, SchemaFormat, Type};
use utoipa::openapi::{ComponentsBuilder, Content, Header, HeaderBuilder, RefOr, Response, ResponseBuilder};

use super::operation::schema_ref;

const EXECUTION_ID: &str = "x-execution-id";
/// The schema of problems.
pub(super) const PROBLEM: &str = "Problem";

/// Statuses of problems and what each of them means.
const PROBLEMS: [(u16, &str); 20] = [
    (400, "The request cannot be read: its query, a header, or the syntax of its body."),
    (401, "Not signed in, or what was sent to sign in does not count."),
    (403, "Not permitted, or sent by a page of another site."),
    (404, "There is no such path or row, or none that you may know of."),
    (408, "The body did not arrive in time."),
    (409, "The row was changed meanwhile, a value is taken by another row, or other rows refer to this one."),
    (413, "The body is larger than the server takes."),
    (414, "Path and query are too long."),
    (415, "The body is not sent as one of the types that are taken, in UTF-8."),
    (416, "The file is shorter than the range that is asked for."),
    (421, "The server does not answer under this host."),
    (422, "The values do not fit; `errors` names each of them."),
    (428, "The change does not name the version of the row that it is a change of."),
    (429, "Too many requests, or too many sign-ins that have failed."),
    (431, "The headers are too large."),
    (500, "The server could not complete the request."),
    (502, "Another system, which the server asked, failed."),
    (503, "The server or its database is not available right now."),
    (504, "The time limit of the call has passed."),
    (507, "There is no room left."),
];

/// A header with a text.
pub(super) fn header(description: &str, schema: ObjectBuilder) -> Header {
    HeaderBuilder::new().description(Some(description)).schema(Some(schema)).build()
}

/// A response with the header that every response has.
pub(super) fn response(description: &str) -> ResponseBuilder {
    ResponseBuilder::new()
        .description(description)
        .header_ref(EXECUTION_ID, Ref::new(format!("#/components/headers/{EXECUTION_ID}")))
}

/// A response with a JSON body.
pub(super) fn json(description: &str, schema: impl Into<RefOr<Schema>>) -> ResponseBuilder {
    response(description).content("application/json", Content::new(Some(schema)))
}

/// The header with which a browser keeps or forgets its session.
pub(super) fn set_cookie() -> Header {
    header("The session cookie.", ObjectBuilder::new().schema_type(Type::String))
}

fn problem_name(status: u16) -> String {
    format!("problem.{status}")
}

/// The response of a problem, among the components.
pub(super) fn problem_ref(status: u16) -> Ref {
    Ref::from_response_name(problem_name(status))
}

fn problem(status: u16, description: &str) -> Response {
    let mut response =
        response(description).content("application/problem+json", Content::new(Some(schema_ref(PROBLEM))));
    if matches!(status, 429 | 503) {
        let seconds = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0));
        response = response.header("Retry-After", header("Seconds to wait before another try.", seconds));
    }
    response.build()
}

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

/// An object with these properties, all required, and no others.
pub(super) fn closed<S: Into<RefOr<Schema>>>(properties: impl IntoIterator<Item = (&'static str, S)>) -> ObjectBuilder {
    let object = ObjectBuilder::new()
        .schema_type(Type::Object)
        .additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(false)));
    properties.into_iter().fold(object, |object, (name, schema)| object.property(name, schema).required(name))
}

/// A UUID.
pub(super) fn uuid() -> ObjectBuilder {
    text().format(Some(SchemaFormat::Custom("uuid".to_owned())))
}

fn problem_schema() -> ObjectBuilder {
    let error = closed([
        ("field", text().description(Some("Field, parameter or header that is wrong."))),
        ("code", text().description(Some("Stable name of what is wrong with it."))),
        ("message", text()),
    ]);
    let status = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(400)).maximum(Some(599));
    closed([
        ("type", text().pattern(Some("^urn:appos:problem:"))),
        ("title", text()),
        ("status", status),
        ("detail", text().description(Some("What went wrong, for people."))),
        ("code", text().description(Some("Stable name of what went wrong."))),
        ("execution_id", uuid().description(Some("The execution, as logs name it."))),
    ])
    .property("errors", ArrayBuilder::new().items(error).min_items(Some(1)))
    .description(Some("What went wrong (RFC 9457)."))
}

/// Problems and the header of every response.
pub(super) fn shared(components: ComponentsBuilder) -> ComponentsBuilder {
    let execution = header("The execution that answered, as logs name it.", uuid());
    let problems = PROBLEMS.map(|(status, meaning)| (problem_name(status), problem(status, meaning)));
    components.schema(PROBLEM, problem_schema()).header(EXECUTION_ID, execution).responses_from_iter(problems)
}

//! The routes of web APIs. What a parameter looks like its type tells, as far as it is known; an answer is a Rust
//! type of which only the name is.

use serde_json::Value as Json;
use utoipa::openapi::path::{HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::schema::{ArrayBuilder, KnownFormat, ObjectBuilder, Schema, SchemaFormat, SchemaType, Type};
use utoipa::openapi::{Content, RefOr, Required, ResponseBuilder, SecurityRequirement};

use super::document::{Parts, View};
use super::operation::{API_KEY, Outline, SESSION};
use super::parameters::{IDEMPOTENCY_KEY, shared_ref};
use super::responses::{header, json, response};
use super::rules::value_of;
use crate::registry::{ObjectDescriptor, Parameter, WebApiAuth, WebApiDescriptor};
use crate::security::Permission;
use crate::web_api::{AnswerForm, InputEntry, InputKind, Shape, WebApiEntry};

/// A body may use records and other systems: their refusals pass through it.
const PROBLEMS: &[u16] = &[400, 401, 403, 404, 408, 409, 413, 415, 422, 500, 502, 503, 504];

/// Adds the route of a web API, if the reader may use it.
pub(super) fn add(
    parts: &mut Parts,
    view: &View<'_>,
    object: &'static ObjectDescriptor,
    api: &'static WebApiDescriptor,
) -> bool {
    let Some(entry) = api.entry.downcast_ref::<WebApiEntry>() else { return false };
    if !view.rights.allows(object, Permission::Use) {
        return false;
    }
    let form = (entry.answer)();
    let outline = Outline {
        id: object.reference.to_owned(),
        tag: object.app,
        summary: format!("{} {}", api.method, api.path),
        description: object.description,
        security: security(api),
        success: success(api, form, entry.answer_shape),
        problems: PROBLEMS,
    };
    let mut operation = outline.builder();
    for (parameter, input) in api.parameters.iter().zip(entry.inputs) {
        operation = with_parameter(operation, api, parameter, input);
    }
    if api.auth != WebApiAuth::Public
        && api.method != "GET"
        && form != AnswerForm::File
        && !entry.inputs.iter().any(|it| it.kind == InputKind::Upload)
    {
        operation = operation.parameter_ref(shared_ref(IDEMPOTENCY_KEY));
    }
    if let Some(signature) = &api.signature {
        let about = "The sender's signature of the body: HMAC-SHA256.";
        let names = std::iter::once(signature.header).chain(signature.timestamp);
        operation = names.fold(operation, |operation, name| {
            operation.parameter(parameter(name, ParameterIn::Header, true, text()).description(Some(about)))
        });
    }
    let method = match api.method {
        "POST" => HttpMethod::Post,
        "PUT" => HttpMethod::Put,
        "PATCH" => HttpMethod::Patch,
        "DELETE" => HttpMethod::Delete,
        _ => HttpMethod::Get,
    };
    let item = PathItem::new(method, operation.build());
    parts.paths = std::mem::take(&mut parts.paths).path(api.address(object), item);
    true
}

/// The one way in that it has.
fn security(api: &WebApiDescriptor) -> Vec<SecurityRequirement> {
    match api.auth {
        WebApiAuth::Session => vec![SecurityRequirement::new(SESSION, [""; 0])],
        WebApiAuth::ServiceAccount => vec![SecurityRequirement::new(API_KEY, [""; 0])],
        WebApiAuth::Public => Vec::new(),
    }
}

fn success(api: &WebApiDescriptor, form: AnswerForm, shape: fn() -> Option<Shape>) -> (u16, ResponseBuilder) {
    let (status, mut success) = match form {
        AnswerForm::Nothing => (204, response("It is done.")),
        AnswerForm::Accepted => {
            let body = ObjectBuilder::new()
                .schema_type(Type::Object)
                .property("id", text().description(Some("The instance of the process that does it.")))
                .property("location", text().description(Some("Where its state and its answer are told.")));
            let place = header("Where its state and its answer are told.", text());
            (202, json("It will be done.", body).header("Location", place))
        }
        AnswerForm::File => (200, response("The file.").content("*/*", Content::new(Some(binary())))),
        AnswerForm::Json => {
            let body = schema(&shape().unwrap_or(Shape::Any), api.returns);
            (200, json("What the web API answered.", body))
        }
    };
    if api.rate_limit.is_some() {
        success = success
            .header("RateLimit-Policy", header("Calls (`q`) in seconds (`w`).", text()))
            .header("RateLimit", header("Calls that are left (`r`), and seconds (`t`).", text()));
    }
    (status, success)
}

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

fn binary() -> ObjectBuilder {
    text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))
}

fn with_parameter(
    operation: OperationBuilder,
    api: &WebApiDescriptor,
    of: &Parameter,
    input: &InputEntry,
) -> OperationBuilder {
    let shape = (input.shape)();
    match input.kind {
        InputKind::Path => {
            let path = parameter(input.name, ParameterIn::Path, true, schema(&shape, of.type_name));
            operation.parameter(path)
        }
        InputKind::Query => members(operation, &shape, &ParameterIn::Query),
        InputKind::Headers => members(operation, &shape, &ParameterIn::Header),
        InputKind::Json => operation.request_body(Some(body(api, "application/json", schema(&shape, of.type_name)))),
        InputKind::Form => {
            let form = schema(&shape, of.type_name);
            operation.request_body(Some(body(api, "application/x-www-form-urlencoded", form)))
        }
        InputKind::Body => operation.request_body(Some(body(api, "*/*", binary().into()))),
        InputKind::Upload => operation.request_body(Some(file(api))),
    }
}

/// A form with a file, or the file itself.
fn file(api: &WebApiDescriptor) -> RequestBody {
    let form = ObjectBuilder::new().schema_type(Type::Object).property("file", binary()).required("file");
    let mut body = RequestBodyBuilder::new().required(Some(Required::True));
    body = body.content("multipart/form-data", Content::new(Some(form)));
    let types = if api.accept.is_empty() { &["application/octet-stream"][..] } else { api.accept };
    types.iter().fold(body, |body, kind| body.content(*kind, Content::new(Some(binary())))).build()
}

fn body(api: &WebApiDescriptor, kind: &str, schema: Schema) -> RequestBody {
    let mut content = Content::new(Some(schema));
    content.example = serde_json::from_str::<Json>(api.example).ok();
    RequestBodyBuilder::new().required(Some(Required::True)).content(kind, content).build()
}

fn parameter(name: &str, place: ParameterIn, required: bool, schema: impl Into<Schema>) -> ParameterBuilder {
    let required = if required { Required::True } else { Required::False };
    ParameterBuilder::new().name(name).parameter_in(place).required(required).schema(Some(schema.into()))
}

/// A parameter for each field of a type.
fn members(operation: OperationBuilder, shape: &Shape, place: &ParameterIn) -> OperationBuilder {
    let Shape::Object(members) = shape else { return operation };
    members.iter().fold(operation, |operation, (name, shape, required)| {
        let name = if *place == ParameterIn::Header { name.replace('_', "-") } else { (*name).to_owned() };
        // What is left out is none: no text is null.
        let inner = if let Shape::Optional(inner) = shape { inner } else { shape };
        operation.parameter(parameter(&name, place.clone(), *required, schema(inner, "")))
    })
}

/// What a type looks like; `name`: its name, where nothing else is known of it.
fn schema(shape: &Shape, name: &str) -> Schema {
    let plain = |kind: Type| ObjectBuilder::new().schema_type(kind);
    match shape {
        Shape::Any if name.is_empty() => ObjectBuilder::new().schema_type(SchemaType::AnyValue).into(),
        Shape::Any => value_of(name).into(),
        Shape::Bool => plain(Type::Boolean).into(),
        Shape::Integer => plain(Type::Integer).into(),
        Shape::Number => plain(Type::Number).into(),
        Shape::Text => plain(Type::String).into(),
        Shape::Choice(names) => plain(Type::String).enum_values(Some(names.iter().copied())).into(),
        Shape::Optional(inner) => match schema(inner, "") {
            Schema::Object(mut object) => {
                if let SchemaType::Type(kind) = &object.schema_type {
                    object.schema_type = [kind.clone(), Type::Null].into_iter().collect();
                }
                if let Some(names) = &mut object.enum_values {
                    names.push(Json::Null);
                }
                Schema::Object(object)
            }
            Schema::Array(mut array) => {
                array.schema_type = [Type::Array, Type::Null].into_iter().collect();
                Schema::Array(array)
            }
            other => other,
        },
        Shape::List(inner) => ArrayBuilder::new().items(RefOr::T(schema(inner, ""))).into(),
        Shape::Object(members) => {
            let object = members.iter().fold(plain(Type::Object), |object, (name, shape, required)| {
                let object = object.property(*name, schema(shape, ""));
                if *required { object.required(*name) } else { object }
            });
            object.into()
        }
    }
}

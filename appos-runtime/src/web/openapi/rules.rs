//! The route of a rule. Its arguments and its answer are Rust types, of which only the names
//! are known here: a schema made from a name would be a guess.

use utoipa::openapi::path::{HttpMethod, PathItem};
use utoipa::openapi::schema::{ObjectBuilder, SchemaType};

use super::document::{Parts, View};
use super::operation::{JSON, Outline, body, schema_ref, security};
use super::responses::{closed, json};
use crate::registry::{ObjectDescriptor, Parameter, RuleDescriptor};
use crate::security::Permission;

/// A value of a Rust type.
pub(super) fn value_of(type_name: &str) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::AnyValue).description(Some(format!("Rust type `{type_name}`.")))
}

/// True if an argument may be left out.
fn is_optional(type_name: &str) -> bool {
    type_name.replace(' ', "").starts_with("Option<")
}

/// The arguments of a call by reference.
pub(super) fn arguments(parameters: &[Parameter]) -> ObjectBuilder {
    let (required, optional): (Vec<_>, Vec<_>) =
        parameters.iter().partition(|parameter| !is_optional(parameter.type_name));
    let arguments = closed(required.iter().map(|parameter| (parameter.name, value_of(parameter.type_name))));
    optional.iter().fold(arguments, |object, parameter| object.property(parameter.name, value_of(parameter.type_name)))
}

/// Adds the route of a rule, if the reader may use it.
pub(super) fn add(
    parts: &mut Parts,
    view: &View<'_>,
    object: &'static ObjectDescriptor,
    rule: &'static RuleDescriptor,
) -> bool {
    if !view.rights.allows(object, Permission::Use) {
        return false;
    }
    let arguments = arguments(rule.parameters);
    let name = format!("{}.arguments", object.reference);
    let operation = Outline {
        id: object.reference.to_owned(),
        tag: object.app,
        summary: format!("Run the rule {}", object.name),
        description: object.description,
        security: security(view, object, Permission::Use),
        success: (200, json("What the rule answered.", value_of(rule.returns))),
        // A rule may use records and other systems: their refusals pass through it.
        problems: &[400, 401, 403, 404, 409, 413, 415, 422, 500, 502, 503, 504],
    }
    .builder()
    .request_body(Some(body(JSON, schema_ref(&name))))
    .build();
    let path = format!("/api/{}/v1/rules/{}", object.app, object.name);
    parts.components = std::mem::take(&mut parts.components).schema(name, arguments);
    parts.paths = std::mem::take(&mut parts.paths).path(path, PathItem::new(HttpMethod::Post, operation));
    true
}

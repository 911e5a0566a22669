//! `/auth/sessions` in the document.

use utoipa::openapi::path::{HttpMethod, Operation, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{Required, SecurityRequirement};

use super::document::Parts;
use super::operation::{Outline, PLATFORM_TAG, SESSION};
use super::responses::{closed, json, response};
use super::schemas::{moment, text};

fn outline<'a>(id: &str, summary: &str, problems: &'a [u16]) -> Outline<'a> {
    Outline {
        id: id.to_owned(),
        tag: PLATFORM_TAG,
        summary: summary.to_owned(),
        description: "",
        // A program with a key has no session.
        security: vec![SecurityRequirement::new(SESSION, [""; 0])],
        success: (204, response("Done.")),
        problems,
    }
}

fn list() -> Operation {
    let string = || ObjectBuilder::new().schema_type(Type::String);
    let session = closed([("id", string()), ("created_at", moment()), ("used_at", moment()), ("expires_at", moment())])
        .property("address", ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::String, Type::Null])))
        .required("address")
        .property("current", ObjectBuilder::new().schema_type(Type::Boolean))
        .required("current");
    let rows = closed([("rows", ArrayBuilder::new().items(session))]);
    Outline {
        success: (200, json("The sessions, oldest first.", rows)),
        ..outline("auth.sessions", "List the sessions of the user", &[401, 500, 503])
    }
    .build()
}

fn end_others() -> Operation {
    outline("auth.sessions.end_others", "End all other sessions of the user", &[401, 403, 500, 503]).build()
}

fn end() -> Operation {
    let id = ParameterBuilder::new()
        .name("id")
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .schema(Some(text().min_length(Some(1))));
    outline("auth.sessions.end", "End one session of the user", &[400, 401, 403, 404, 500, 503])
        .builder()
        .parameter(id)
        .build()
}

/// Adds the paths of one's own sessions.
pub(super) fn add(mut parts: Parts) -> Parts {
    let mut all = PathItem::new(HttpMethod::Get, list());
    all.delete = Some(end_others());
    parts.paths =
        parts.paths.path("/auth/sessions", all).path("/auth/sessions/{id}", PathItem::new(HttpMethod::Delete, end()));
    parts
}

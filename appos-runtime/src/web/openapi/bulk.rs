//! Many writes in one request, as schemas.

use utoipa::openapi::RefOr;
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::{AnyOfBuilder, ArrayBuilder, ObjectBuilder, Schema, Type};

use super::operation::{JSON, Outline, body, schema_ref, security};
use super::parameters::{IDEMPOTENCY_KEY, shared_ref};
use super::responses::{PROBLEM, closed, json};
use super::rows::Names;
use super::schemas::row_id;
use crate::registry::{ObjectDescriptor, RecordDescriptor};
use crate::security::Permission;
use crate::web::openapi::document::View;
use crate::web::records::MAX_OPERATIONS;

/// The writes that the reader of a document may make.
#[derive(Clone, Copy)]
pub(super) struct Allowed {
    pub(super) create: bool,
    pub(super) update: bool,
    pub(super) delete: bool,
}

impl Allowed {
    pub(super) fn any(self) -> bool {
        self.create || self.update || self.delete
    }

    /// The request.
    pub(super) fn request(self, names: &Names, change: ObjectBuilder) -> ObjectBuilder {
        // No write is of two kinds: `anyOf` says the same as `oneOf`, and is easier on what makes values of it.
        let mut kinds = AnyOfBuilder::new();
        if self.create {
            kinds = kinds.item(closed([("create", schema_ref(&names.new))]));
        }
        if self.update {
            let change = change.property("id", row_id(false)).required("id");
            kinds = kinds.item(closed([("update", change)]));
        }
        if self.delete {
            let version = row_id(false).description(Some("The version that was read; without it, any is deleted."));
            kinds = kinds.item(closed([("delete", closed([("id", row_id(false))]).property("version", version))]));
        }
        let operations = ArrayBuilder::new()
            .items(RefOr::T(Schema::AnyOf(kinds.build())))
            .min_items(Some(1))
            .max_items(Some(MAX_OPERATIONS));
        let atomic = ObjectBuilder::new().schema_type(Type::Boolean).default(Some(true.into())).description(Some(
            "True: all operations are done, or none. False: those that fail leave nothing, the others are done.",
        ));
        closed([("operations", operations)]).property("atomic", atomic)
    }
}

/// The answer: one result for each operation, in their order.
pub(super) fn answer(names: &Names) -> ObjectBuilder {
    let status = ObjectBuilder::new()
        .schema_type(Type::Integer)
        .minimum(Some(200))
        .maximum(Some(599))
        .description(Some("The status that the operation alone would have been answered with."));
    let result =
        closed([("status", status)]).property("row", schema_ref(&names.row)).property("problem", schema_ref(PROBLEM));
    closed([("results", ArrayBuilder::new().items(result).min_items(Some(1)))])
}

/// The operation.
pub(super) fn operation(
    view: &View<'_>,
    object: &'static ObjectDescriptor,
    record: &'static RecordDescriptor,
    (names, allowed): (&Names, Allowed),
) -> Operation {
    let permission = match allowed {
        Allowed { create: true, .. } => Permission::Create,
        Allowed { update: true, .. } => Permission::Update,
        _ => Permission::Delete,
    };
    let outline = Outline {
        id: format!("{}.bulk", object.reference),
        tag: object.app,
        summary: format!("Create, change and delete many of {}", record.plural.as_str()),
        description: "In one transaction, in the order of the operations.",
        security: security(view, object, permission),
        success: (200, json("The results, in the order of the operations.", schema_ref(&names.answers))),
        problems: &[400, 401, 403, 404, 413, 415, 422, 500, 502, 503, 504],
    };
    let body = body(JSON, schema_ref(&names.bulk));
    outline.builder().parameter_ref(shared_ref(IDEMPOTENCY_KEY)).request_body(Some(body)).build()
}

//! What all operations have: an id, a tag, who may call them, and how they are refused.

use utoipa::openapi::path::{Operation, OperationBuilder};
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::schema::{Ref, Schema};
use utoipa::openapi::{Content, RefOr, ResponseBuilder, SecurityRequirement};

use super::document::View;
use super::responses::problem_ref;
use crate::registry::ObjectDescriptor;
use crate::security::Permission;

/// Name of the security scheme of the session cookie.
pub(super) const SESSION: &str = "session";
/// Name of the security scheme of API keys.
pub(super) const API_KEY: &str = "api_key";
/// Tag of what belongs to no app. No app can have this name: theirs are in snake case.
pub(super) const PLATFORM_TAG: &str = "AppOS";

/// What any request may be refused with, before it is looked at.
const EVERYWHERE: [u16; 4] = [414, 421, 429, 431];

/// The two ways to sign in.
pub(super) fn signed_in() -> Vec<SecurityRequirement> {
    [SESSION, API_KEY].map(|scheme| SecurityRequirement::new(scheme, [""; 0])).to_vec()
}

/// What a caller has to show for this; nothing, if everyone may do it.
pub(super) fn security(view: &View<'_>, object: &ObjectDescriptor, permission: Permission) -> Vec<SecurityRequirement> {
    let mut ways = signed_in();
    if view.public.allows(object, permission) {
        ways.push(SecurityRequirement::default());
    }
    ways
}

/// What is said of an operation beside its parameters and its body.
pub(super) struct Outline<'a> {
    pub(super) id: String,
    pub(super) tag: &'a str,
    pub(super) summary: String,
    pub(super) description: &'a str,
    /// Ways to sign in; none: nobody needs to.
    pub(super) security: Vec<SecurityRequirement>,
    /// Status and form of success.
    pub(super) success: (u16, ResponseBuilder),
    /// Every status of a refusal or failure.
    pub(super) problems: &'a [u16],
}

impl Outline<'_> {
    /// The operation, to which parameters and a body can still be added.
    pub(super) fn builder(self) -> OperationBuilder {
        let (status, success) = self.success;
        let operation = OperationBuilder::new()
            .operation_id(Some(self.id))
            .tag(self.tag)
            .summary(Some(self.summary))
            .description(Some(self.description).filter(|text| !text.is_empty()))
            .securities(Some(self.security).filter(|ways| !ways.is_empty()))
            .response(status.to_string(), success);
        // Whoever sends a body may do so too slowly.
        let slow = self.problems.contains(&413).then_some(408);
        let problems = self.problems.iter().copied().chain(slow);
        let others = EVERYWHERE.into_iter().filter(|status| !self.problems.contains(status));
        problems
            .chain(others)
            .fold(operation, |operation, status| operation.response(status.to_string(), problem_ref(status)))
    }

    /// The operation as it is.
    pub(super) fn build(self) -> Operation {
        self.builder().build()
    }
}

/// A JSON body that must be there.
pub(super) fn body(types: &[&str], schema: impl Into<RefOr<Schema>>) -> RequestBody {
    let content = Content::new(Some(schema));
    let required = RequestBodyBuilder::new().required(Some(utoipa::openapi::Required::True));
    types.iter().fold(required, |body, name| body.content(*name, content.clone())).build()
}

/// The one type that bodies have.
pub(super) const JSON: &[&str] = &["application/json"];

/// A schema among the components.
pub(super) fn schema_ref(name: &str) -> Ref {
    Ref::from_schema_name(name)
}

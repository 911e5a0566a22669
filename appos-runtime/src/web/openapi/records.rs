//! The routes of a record: those of its operations that the reader may use.

use utoipa::openapi::link::LinkBuilder;
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{PathItem, ResponseBuilder};

use super::document::{Parts, View};
use super::operation::{JSON, Outline, body, schema_ref, security};
use super::parameters::{IF_MATCH, of_list, shared_ref};
use super::responses::{header, json, response};
use super::rows::{Names, Seen};
use crate::record::Readable;
use crate::registry::{ObjectDescriptor, RecordDescriptor};
use crate::security::Permission;

/// Content types of a change.
const CHANGE: &[&str] = &["application/json", "application/merge-patch+json"];

/// A record, its names, and what the reader may do with it.
struct Routes<'a> {
    view: &'a View<'a>,
    seen: Seen<'a>,
    names: Names,
    may_view: bool,
    may_create: bool,
    may_update: bool,
    may_delete: bool,
}

/// Adds the routes of a record, if the reader may use any of them.
pub(super) fn add(
    parts: &mut Parts,
    view: &View<'_>,
    object: &'static ObjectDescriptor,
    record: &'static RecordDescriptor,
) -> bool {
    let readable = Readable::of(object, view.rights);
    let seen = Seen { object, record, readable: &readable };
    let may = |permission| view.rights.allows(object, permission);
    let routes = Routes {
        view,
        names: Names::of(object),
        may_view: may(Permission::View),
        may_create: may(Permission::Create) && seen.can_be_created(),
        may_update: may(Permission::Update),
        may_delete: may(Permission::Delete),
        seen,
    };
    routes.add(parts)
}

impl Routes<'_> {
    fn add(&self, parts: &mut Parts) -> bool {
        let collection = self.collection();
        let item = self.item();
        let mut components = std::mem::take(&mut parts.components);
        let mut paths = std::mem::take(&mut parts.paths);
        let used = [self.may_view, self.may_create, self.may_update, self.may_delete];
        let (seen, names) = (&self.seen, &self.names);
        for (needed, name, schema) in [
            (self.may_view || self.may_create || self.may_update, &names.row, seen.row()),
            (self.may_view, &names.list, seen.list(names)),
            (self.may_create, &names.new, seen.new_row()),
            (self.may_update, &names.change, seen.change()),
        ] {
            if needed {
                components = components.schema(name.clone(), schema);
            }
        }
        let path = format!("/api/{}/v1/{}", seen.object.app, seen.record.plural);
        if self.may_view || self.may_create {
            paths = paths.path(path.clone(), collection);
        }
        if self.may_view || self.may_update || self.may_delete {
            paths = paths.path(format!("{path}/{{id}}"), item);
        }
        parts.components = components;
        parts.paths = paths;
        used.contains(&true)
    }

    fn id(&self, operation: &str) -> String {
        format!("{}.{operation}", self.seen.object.reference)
    }

    fn outline<'b>(
        &self,
        operation: &str,
        permission: Permission,
        success: (u16, ResponseBuilder),
        problems: &'b [u16],
    ) -> Outline<'b> {
        let what = match operation {
            "list" => format!("List {}", self.seen.record.plural),
            other => format!("{}{} one of {}", other[..1].to_uppercase(), &other[1..], self.seen.record.plural),
        };
        Outline {
            id: self.id(operation),
            tag: self.seen.object.app,
            summary: what,
            description: self.seen.object.description,
            security: security(self.view, self.seen.object, permission),
            success,
            problems,
        }
    }

    fn collection(&self) -> PathItem {
        let mut item = PathItem::default();
        item.get = self.may_view.then(|| self.list());
        item.post = self.may_create.then(|| self.create());
        item
    }

    fn item(&self) -> PathItem {
        let mut item = PathItem::default();
        item.get = self.may_view.then(|| self.get());
        item.patch = self.may_update.then(|| self.update());
        item.delete = self.may_delete.then(|| self.delete());
        item
    }

    /// A response with the row and its ETag.
    fn row(&self, description: &str) -> ResponseBuilder {
        let tag = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^\"[0-9]+\"$"));
        json(description, schema_ref(&self.names.row)).header("ETag", header("Names the version of the row.", tag))
    }

    fn list(&self) -> Operation {
        let next = LinkBuilder::new()
            .operation_id(self.id("list"))
            .parameter("cursor", "$response.body#/next")
            .description("The next page, asked for with the same filters and sort.");
        let page = json("A page of rows.", schema_ref(&self.names.list)).link("next", next.build());
        let outline = self.outline("list", Permission::View, (200, page), &[400, 401, 404, 500, 503, 504]);
        of_list(outline.builder(), &self.seen).build()
    }

    fn create(&self) -> Operation {
        let place = ObjectBuilder::new().schema_type(Type::String);
        let mut made = self.row("The new row.").header("Location", header("Path of the new row.", place));
        for (may, operation) in [(self.may_view, "get"), (self.may_update, "update"), (self.may_delete, "delete")] {
            if may {
                let link = LinkBuilder::new().operation_id(self.id(operation)).parameter("id", "$response.body#/id");
                made = made.link(operation, link.build());
            }
        }
        let problems: &[u16] = if self.seen.has_unique() {
            &[400, 401, 403, 404, 409, 413, 415, 422, 500, 503, 504]
        } else {
            &[400, 401, 403, 404, 413, 415, 422, 500, 503, 504]
        };
        let outline = self.outline("create", Permission::Create, (201, made), problems);
        outline.builder().request_body(Some(body(JSON, schema_ref(&self.names.new)))).build()
    }

    fn get(&self) -> Operation {
        let problems = &[400, 401, 404, 500, 503, 504];
        let outline = self.outline("get", Permission::View, (200, self.row("The row.")), problems);
        outline.builder().parameter_ref(shared_ref("id")).build()
    }

    fn update(&self) -> Operation {
        let problems = &[400, 401, 403, 404, 409, 413, 415, 422, 428, 500, 503, 504];
        let outline = self.outline("update", Permission::Update, (200, self.row("The row as it is now.")), problems);
        outline
            .builder()
            .parameter_ref(shared_ref("id"))
            .parameter_ref(shared_ref(IF_MATCH))
            .request_body(Some(body(CHANGE, schema_ref(&self.names.change))))
            .build()
    }

    fn delete(&self) -> Operation {
        let problems = &[400, 401, 403, 404, 409, 500, 503, 504];
        let outline = self.outline("delete", Permission::Delete, (204, response("The row is gone.")), problems);
        outline.builder().parameter_ref(shared_ref("id")).parameter_ref(shared_ref(IF_MATCH)).build()
    }
}

//! The routes of a record: those of its operations that the reader may use.

use utoipa::openapi::link::LinkBuilder;
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{Content, Header, PathItem, ResponseBuilder};

use super::bulk::{self, Allowed};
use super::document::{Parts, View};
use super::operation::{JSON, Outline, body, schema_ref, security};
use super::parameters::{
    IDEMPOTENCY_KEY, IF_MATCH, IF_NONE_MATCH, format, of_fields, of_list, of_part, of_question, of_timeline, shared_ref,
};
use super::responses::{header, json, response};
use super::rows::{Names, Seen, timeline};
use super::{files, import};
use crate::record::Readable;
use crate::registry::{ObjectDescriptor, RecordDescriptor};
use crate::security::Permission;

/// Content types of a change.
const CHANGE: &[&str] = &["application/json", "application/merge-patch+json"];

/// What is said of lists.
const GROUPS: &str = "All filters must hold. Of `filter[or][0][field][op]`, `filter[or][1][field][op]` and so on (to \
    99) one must hold; what has the same number belongs together. `ne` and `not_in` hold for rows without a value, \
    too; the ends of `between` are in it; without `[op]` it is `eq`. `filter[customer.city][eq]` asks for the row that \
    the reference `customer` leads to, as far as it may be viewed.";

/// A record, its names, and who looks at it.
struct Routes<'a> {
    view: &'a View<'a>,
    seen: Seen<'a>,
    names: Names,
}

/// Adds the routes of a record, if the reader may use any of them.
pub(super) fn add(
    parts: &mut Parts,
    view: &View<'_>,
    object: &'static ObjectDescriptor,
    record: &'static RecordDescriptor,
) -> bool {
    let readable = Readable::of(object, view.rights);
    let may_delete = view.rights.allows(object, Permission::Delete);
    let seen = Seen { object, record, readable: &readable, may_delete };
    Routes { view, seen, names: Names::of(object) }.add(parts)
}

impl Routes<'_> {
    fn may(&self, permission: Permission) -> bool {
        self.view.rights.allows(self.seen.object, permission)
            && (permission != Permission::Create || self.seen.can_be_created())
    }

    fn add(&self, parts: &mut Parts) -> bool {
        let (seen, names) = (&self.seen, &self.names);
        let [view, create, update, delete] =
            [Permission::View, Permission::Create, Permission::Update, Permission::Delete]
                .map(|permission| self.may(permission));
        let allowed = Allowed { create, update, delete };
        let is_document = seen.record.document().is_some();
        let uploads = is_document && self.view.rights.allows(seen.object, Permission::Create) && seen.can_be_written();
        let schemas = [
            (allowed.any() || uploads, &names.row, seen.row()),
            (view, &names.shown, seen.part(self.view.rights)),
            (view, &names.list, names.list()),
            (create || uploads, &names.new, seen.new_row(self.view.rights)),
            (update, &names.change, seen.change(self.view.rights)),
            (view && seen.record.audit_log, &names.timeline, timeline()),
            (allowed.any(), &names.bulk, allowed.request(names, seen.change(self.view.rights))),
            (allowed.any(), &names.answers, bulk::answer(names)),
            (create, &names.imported, import::answer()),
            (create, &names.imports, import::answers(names)),
        ];
        let needed = schemas.into_iter().filter(|(needed, ..)| *needed);
        parts.components = needed
            .fold(std::mem::take(&mut parts.components), |all, (_, name, schema)| all.schema(name.clone(), schema));
        let path = format!("/api/{}/v1/{}", seen.object.app, seen.record.plural.as_str());
        let mut paths = std::mem::take(&mut parts.paths);
        if view || create {
            paths = paths.path(path.clone(), self.collection());
        }
        if view || update || delete {
            paths = paths.path(format!("{path}/{{id}}"), self.item());
        }
        if allowed.any() {
            let mut many = PathItem::default();
            many.post = Some(bulk::operation(self.view, seen.object, seen.record, (names, allowed)));
            paths = paths.path(format!("{path}/bulk"), many);
        }
        if delete && seen.record.soft_delete {
            let mut restore = PathItem::default();
            restore.post = Some(self.restore());
            paths = paths.path(format!("{path}/{{id}}/restore"), restore);
        }
        if view {
            let mut file = PathItem::default();
            file.get = Some(self.export());
            paths = paths.path(format!("{path}/export"), file);
        }
        if create {
            let mut file = PathItem::default();
            file.post = Some(import::operation(self.view, seen, names, update));
            paths = paths.path(format!("{path}/import"), file);
            for (end, operation) in import::watching(seen, names) {
                let mut watch = PathItem::default();
                watch.get = Some(operation);
                paths = paths.path(format!("{path}/imports{end}"), watch);
            }
        }
        if is_document {
            paths = files::add(paths, self.view, (seen, names), [view, uploads, update]);
        }
        if view && seen.record.audit_log {
            let mut timeline = PathItem::default();
            timeline.get = Some(self.audit());
            paths = paths.path(format!("{path}/{{id}}/audit"), timeline);
        }
        parts.paths = paths;
        view || create || uploads || update || delete
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
            "list" => "List",
            "export" => "Export all of",
            "create" => "Add to",
            "get" => "Read one of",
            "update" => "Change one of",
            "restore" => "Bring back one of",
            "audit" => "Read who changed what of one of",
            _ => "Delete one of",
        };
        Outline {
            id: self.id(operation),
            tag: self.seen.object.app,
            summary: format!("{what} {}", self.seen.record.plural.as_str()),
            description: if matches!(operation, "list" | "export") { GROUPS } else { self.seen.object.description },
            security: security(self.view, self.seen.object, permission),
            success,
            problems,
        }
    }

    fn collection(&self) -> PathItem {
        let mut item = PathItem::default();
        item.get = self.may(Permission::View).then(|| self.list());
        item.post = self.may(Permission::Create).then(|| self.create());
        item
    }

    fn item(&self) -> PathItem {
        let mut item = PathItem::default();
        item.get = self.may(Permission::View).then(|| self.get());
        item.patch = self.may(Permission::Update).then(|| self.update());
        item.delete = self.may(Permission::Delete).then(|| self.delete());
        item
    }

    /// A response with the row and its `ETag`.
    fn row(&self, description: &str) -> ResponseBuilder {
        json(description, schema_ref(&self.names.row)).header("ETag", tag())
    }

    /// Leads from a response to what can be done with its row.
    fn links(&self, response: ResponseBuilder) -> ResponseBuilder {
        let [view, update, delete] =
            [Permission::View, Permission::Update, Permission::Delete].map(|may| self.may(may));
        let record = self.seen.record;
        let known = [
            (view, "get"),
            (update, "update"),
            (delete, "delete"),
            (view && record.audit_log, "audit"),
            (delete && record.soft_delete, "restore"),
        ];
        known.into_iter().filter(|(may, _)| *may).fold(response, |response, (_, operation)| {
            let link = LinkBuilder::new().operation_id(self.id(operation)).parameter("id", "$response.body#/id");
            response.link(operation, link.build())
        })
    }

    fn list(&self) -> Operation {
        let next = LinkBuilder::new()
            .operation_id(self.id("list"))
            .parameter("cursor", "$response.body#/next")
            .description("The next page, asked for with the same filters and sort.");
        let page = json("A page of rows.", schema_ref(&self.names.list)).link("next", next.build());
        let outline = self.outline("list", Permission::View, (200, page), &[400, 401, 404, 422, 500, 503, 504]);
        of_list(of_part(outline.builder(), &self.seen), &self.seen).build()
    }

    fn export(&self) -> Operation {
        let text = || Content::new(Some(ObjectBuilder::new().schema_type(Type::String)));
        let name = ObjectBuilder::new().schema_type(Type::String);
        let file = response("All rows, as a file.")
            .content("text/csv", text())
            .content("application/jsonl", text())
            .header("Content-Disposition", header("The name of the file.", name));
        let outline = self.outline("export", Permission::View, (200, file), &[400, 401, 404, 500, 503, 504]);
        of_question(of_fields(format(outline.builder()), &self.seen), &self.seen).build()
    }

    fn create(&self) -> Operation {
        let place = ObjectBuilder::new().schema_type(Type::String);
        let mut made = self.row("The new row.").header("Location", header("Path of the new row.", place));
        made = self.links(made);
        let problems: &[u16] = if self.seen.has_unique() {
            &[400, 401, 403, 404, 409, 413, 415, 422, 500, 503, 504]
        } else {
            &[400, 401, 403, 404, 413, 415, 422, 500, 503, 504]
        };
        let outline = self.outline("create", Permission::Create, (201, made), problems);
        let body = body(JSON, schema_ref(&self.names.new));
        outline.builder().parameter_ref(shared_ref(IDEMPOTENCY_KEY)).request_body(Some(body)).build()
    }

    fn get(&self) -> Operation {
        let problems = &[400, 401, 404, 500, 503, 504];
        let row = json("The row.", schema_ref(&self.names.shown)).header("ETag", tag());
        let known = response("The row is still as it is known.").header("ETag", tag());
        let outline = self.outline("get", Permission::View, (200, row), problems);
        let builder = outline.builder().response("304", known).parameter_ref(shared_ref("id"));
        of_part(builder.parameter_ref(shared_ref(IF_NONE_MATCH)), &self.seen).build()
    }

    fn update(&self) -> Operation {
        let problems = &[400, 401, 403, 404, 409, 413, 415, 422, 428, 500, 503, 504];
        let outline = self.outline("update", Permission::Update, (200, self.row("The row as it is now.")), problems);
        outline
            .builder()
            .parameter_ref(shared_ref("id"))
            .parameter_ref(shared_ref(IF_MATCH))
            .parameter_ref(shared_ref(IDEMPOTENCY_KEY))
            .request_body(Some(body(CHANGE, schema_ref(&self.names.change))))
            .build()
    }

    fn audit(&self) -> Operation {
        let entries = json("A page of entries, newest first.", schema_ref(&self.names.timeline));
        let outline = self.outline("audit", Permission::View, (200, entries), &[400, 401, 404, 500, 503, 504]);
        let builder = outline.builder().parameter_ref(shared_ref("id"));
        of_timeline(builder).build()
    }

    fn restore(&self) -> Operation {
        let problems = &[400, 401, 403, 404, 409, 422, 500, 503, 504];
        let outline = self.outline("restore", Permission::Delete, (200, self.row("The row, which is back.")), problems);
        let builder = outline.builder().parameter_ref(shared_ref("id"));
        builder.parameter_ref(shared_ref(IDEMPOTENCY_KEY)).build()
    }

    fn delete(&self) -> Operation {
        let problems = &[400, 401, 403, 404, 409, 422, 500, 503, 504];
        let outline = self.outline("delete", Permission::Delete, (204, response("The row is gone.")), problems);
        let builder = outline.builder().parameter_ref(shared_ref("id"));
        builder.parameter_ref(shared_ref(IF_MATCH)).parameter_ref(shared_ref(IDEMPOTENCY_KEY)).build()
    }
}

/// The header with the version of a row.
fn tag() -> Header {
    let tag = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^\"[0-9]+\"$"));
    header("Names the version of the row; absent, where other rows are shown with it.", tag)
}

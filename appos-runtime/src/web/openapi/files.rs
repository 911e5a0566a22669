//! The routes of files of documents, as operations.

use utoipa::openapi::path::{Operation, OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ArrayBuilder, KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{Content, PathItem, PathsBuilder, Required, ResponseBuilder};

use super::document::View;
use super::operation::{Outline, schema_ref, security};
use super::parameters::{IF_MATCH, shared_ref};
use super::responses::{closed, header, json, problem_ref, response};
use super::rows::{Names, Seen};
use crate::security::Permission;

const ABOUT_UPLOAD: &str = "A form with the parts `record`, a JSON object with the fields, and then `file`; or the file \
    by itself, with `file_name` and `record` in the query. What is in the file must be what its name says.";
const ABOUT_DOWNLOAD: &str = "Whether it is allowed is asked at each download. One range of bytes is answered with that \
    part (`Range`, `If-Range`).";

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

fn bytes() -> Content {
    Content::new(Some(text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))))
}

/// A file as a body: in a form, or by itself.
fn upload(builder: OperationBuilder, fields: Option<&str>) -> OperationBuilder {
    let file = text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)));
    let mut form = ObjectBuilder::new().schema_type(Type::Object);
    if let Some(fields) = fields {
        form = form.property("record", schema_ref(fields));
    }
    let form = form.property("file", file).required("file");
    let body = RequestBodyBuilder::new()
        .required(Some(Required::True))
        .content("application/octet-stream", bytes())
        .content("multipart/form-data", Content::new(Some(form)))
        .build();
    let query = |name: &str, about: &str| {
        let parameter = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Query).description(Some(about));
        parameter.schema(Some(text())).build()
    };
    let builder = builder.parameter(query("file_name", "Name of a file that is sent by itself."));
    let builder = match fields {
        Some(_) => builder.parameter(query("record", "Its fields: a JSON object.")),
        None => builder,
    };
    builder.request_body(Some(body))
}

/// What can be downloaded.
fn download(builder: OperationBuilder) -> OperationBuilder {
    let inline = ParameterBuilder::new()
        .name("inline")
        .parameter_in(ParameterIn::Query)
        .description(Some("To be shown, if it is a picture or a PDF."))
        .schema(Some(text()));
    let header_of =
        |name: &str| ParameterBuilder::new().name(name).parameter_in(ParameterIn::Header).schema(Some(text())).build();
    let part = response("The part that was asked for.")
        .content("application/octet-stream", bytes())
        .header("Content-Range", header("Which part it is.", text()));
    builder
        .parameter(inline)
        .parameter(header_of("Range"))
        .parameter(header_of("If-Range"))
        .parameter(header_of("If-None-Match"))
        .response("206", part)
        .response("304", response("The file is still as it is known."))
        .response("416", problem_ref(416))
}

fn file() -> ResponseBuilder {
    response("The file.")
        .content("application/octet-stream", bytes())
        .header("Content-Disposition", header("The name of the file.", text()))
        .header("ETag", header("Names these bytes.", text()))
}

fn version() -> ObjectBuilder {
    let number = || ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0));
    closed([
        ("number", number()),
        ("name", text()),
        ("content_type", text()),
        ("size", number()),
        ("created_at", text().format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))),
        ("is_current", ObjectBuilder::new().schema_type(Type::Boolean)),
    ])
    .property(
        "created_by",
        ObjectBuilder::new().schema_type(utoipa::openapi::schema::SchemaType::from_iter([Type::Integer, Type::Null])),
    )
    .required("created_by")
}

/// Adds the routes that the reader may use.
pub(super) fn add(
    mut paths: PathsBuilder,
    view: &View<'_>,
    (seen, names): (&Seen<'_>, &Names),
    [views, creates, updates]: [bool; 3],
) -> PathsBuilder {
    let plural = seen.record.plural.as_str();
    let base = format!("/api/{}/v1/{plural}", seen.object.app);
    let outline = |operation: &str, permission, what: &str, description, success, problems| Outline {
        id: format!("{}.{operation}", seen.object.reference),
        tag: seen.object.app,
        summary: format!("{what} {plural}"),
        description,
        security: security(view, seen.object, permission),
        success,
        problems,
    };
    let row = |about: &str| json(about, schema_ref(&names.row));
    let version_in_path = || {
        ParameterBuilder::new()
            .name("version")
            .parameter_in(ParameterIn::Path)
            .required(Required::True)
            .schema(Some(ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1))))
    };
    let sending: &[u16] = &[400, 401, 403, 404, 409, 413, 415, 422, 500, 503, 504, 507];
    let reading: &[u16] = &[400, 401, 404, 500, 503, 504];
    let item = |get: Option<Operation>, put: Option<Operation>, post: Option<Operation>| {
        let mut item = PathItem::default();
        (item.get, item.put, item.post) = (get, put, post);
        item
    };
    if creates {
        let made = (201, row("The new row.").header("Location", header("Path of the new row.", text())));
        let outline = outline("upload", Permission::Create, "Add to", ABOUT_UPLOAD, made, sending);
        let post = upload(outline.builder(), Some(&names.new)).build();
        paths = paths.path(format!("{base}/upload"), item(None, None, Some(post)));
    }
    let get = |operation: &str, of_version: bool| {
        let outline = outline(operation, Permission::View, "Download one of", ABOUT_DOWNLOAD, (200, file()), reading);
        let builder = outline.builder().parameter_ref(shared_ref("id"));
        let builder = if of_version { builder.parameter(version_in_path()) } else { builder };
        views.then(|| download(builder).build())
    };
    let put = |operation: &str| {
        let success = (200, row("The row, with its next version."));
        let outline =
            outline(operation, Permission::Update, "Upload a version of one of", ABOUT_UPLOAD, success, sending);
        let builder = outline.builder().parameter_ref(shared_ref("id")).parameter_ref(shared_ref(IF_MATCH));
        updates.then(|| upload(builder, None).build())
    };
    if views || updates {
        let content = item(get("download", false), put("replace"), put("replace_by_form"));
        paths = paths.path(format!("{base}/{{id}}/content"), content);
    }
    if views {
        let all = closed([("versions", ArrayBuilder::new().items(version()))]);
        let success = (200, json("Versions that are kept, newest first.", all));
        let outline = outline("versions", Permission::View, "List versions of one of", "", success, reading);
        let list = outline.builder().parameter_ref(shared_ref("id")).build();
        paths = paths.path(format!("{base}/{{id}}/versions"), item(Some(list), None, None));
        let content = item(get("download_version", true), None, None);
        paths = paths.path(format!("{base}/{{id}}/versions/{{version}}/content"), content);
    }
    if views {
        let picture = response("A small picture of it, as JPEG.").content("image/jpeg", bytes());
        let outline = outline("thumbnail", Permission::View, "Look at one of", "", (200, picture), reading);
        let get = outline.builder().parameter_ref(shared_ref("id")).build();
        paths = paths.path(format!("{base}/{{id}}/thumbnail"), item(Some(get), None, None));
    }
    if updates {
        let success = (200, row("The row, with an earlier version as its newest."));
        let about = "Makes an earlier version the newest one, too.";
        let outline =
            outline("restore_version", Permission::Update, "Restore a version of one of", about, success, sending);
        let builder = outline.builder().parameter_ref(shared_ref("id")).parameter(version_in_path());
        let restore = builder.parameter_ref(shared_ref(IF_MATCH)).build();
        paths = paths.path(format!("{base}/{{id}}/versions/{{version}}/restore"), item(None, None, Some(restore)));
    }
    paths
}

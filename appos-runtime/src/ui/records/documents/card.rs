//! The file of a document on the screen of its row: a preview, its versions, and a form for the next one.

use std::collections::HashMap;

use dioxus::prelude::*;

use super::super::{address, names_of_users};
use super::FileField;
use crate::error::{AppOsError, Result};
use crate::model::record_of;
use crate::outside::files::{self, FileVersion, is_picture, is_shown};
use crate::registry::ObjectDescriptor;
use crate::state::Ctx;
use crate::ui::components::{
    Banner, Card, DataTable, Detail, Details, Skeleton, TableCell, TableColumn, TableRow, Tone,
};
use crate::ui::page::{Form, Visitor, use_changes, use_load, use_posted, use_visitor};
use crate::ui::shell::{ByReference, refusal};
use crate::ui::text::Format;
use crate::ui::text::own::{actions, details, documents};

type Object = &'static ObjectDescriptor;

/// The field of the form of a new version that holds its file.
pub(super) const VERSION_FILE: &str = "ao-version";
/// The field that says which version comes back.
pub(super) const NUMBER: &str = "number";

/// What is known of a document's file.
struct Found {
    versions: Vec<FileVersion>,
    /// What those are called who have uploaded them.
    names: HashMap<i64, String>,
    field: FileField,
}

/// The file of a document; `version`: that of its row, of which each change is one.
#[component]
pub(in crate::ui::records) fn DocumentFile(object: ByReference, id: i64, version: i64, may_update: bool) -> Element {
    let visitor = use_visitor();
    let load = use_load((id, version, use_changes(object.0)), move |(id, ..)| read(object.0, id));
    let refused = use_posted(&address::of_row(object.0, id, "upload"));
    let refused = refused.map(|posted| posted.wrong.field(VERSION_FILE).unwrap_or(&posted.wrong.message).to_owned());
    let kept = use_posted(&address::of_row(object.0, id, "versions"));
    let form = Sent { object: object.0, id, version, visitor: &visitor };
    load.with(|answer| match answer {
        None => rsx! {
            Card { title: documents::file(),
                Skeleton { lines: 3 }
            }
        },
        Some(Err(error)) => rsx! {
            Card { title: documents::file(), {refusal(error)} }
        },
        Some(Ok(found)) => rsx! {
            if let Some(kept) = kept {
                Banner { tone: Tone::Bad, title: documents::not_restored(&kept.wrong.message) }
            }
            if let Some(current) = found.versions.iter().find(|version| version.is_current) {
                {file((object.0, id), found, current)}
            }
            {versions(&form, found, may_update)}
            if may_update {
                Card { title: documents::new_version(), {form.upload(found, refused)} }
            }
        },
    })
}

async fn read(object: Object, id: i64) -> Result<Found> {
    let versions = files::versions(Ctx::current(), object, id).await?;
    let ctx = Ctx::current().ok_or_else(|| AppOsError::execution("a screen outside of a request"))?;
    let rights = ctx.scope().fresh_rights().await?;
    let mut names = names_of_users(&rights, versions.iter().filter_map(|version| version.entry.created_by)).await?;
    names.insert(ctx.user.id, ctx.user.name.to_string());
    Ok(Found { versions, names, field: FileField::of(&ctx, object)? })
}

impl Found {
    fn who(&self, version: &FileVersion) -> String {
        match version.entry.created_by {
            Some(user) => self.names.get(&user).cloned().unwrap_or_else(|| format!("#{user}")),
            None => details::nobody().to_owned(),
        }
    }
}

fn when(version: &FileVersion) -> Element {
    let Some(at) = version.entry.created_at else { return rsx! {} };
    rsx! {
        time { datetime: "{at.to_rfc3339()}", {Format::current().date_time(at)} }
    }
}

/// The route of a row's file, and of what belongs to it.
fn route(object: Object, id: i64, what: &str) -> String {
    format!("/api/{}/v1/{}/{id}/{what}", object.app, record_of(object).plural.as_str())
}

/// The current version.
fn file((object, id): (Object, i64), found: &Found, current: &FileVersion) -> Element {
    let entry = &current.entry;
    // The address of a version is that of no other one: what a browser shows of it is never that of before.
    let open = route(object, id, &format!("versions/{}/content?inline=true", entry.number));
    let small = route(object, id, &format!("thumbnail#{}", entry.number));
    let actions = rsx! {
        if is_shown(&entry.content_type) {
            a { class: "ao-button ao-button-quiet ao-small", href: "{open}", target: "_blank", rel: "noopener", {actions::open()} }
        }
    };
    rsx! {
        Card { title: documents::file(), actions,
            div { class: "ao-document",
                if is_picture(&entry.content_type) {
                    a { class: "ao-document-picture", href: "{open}", target: "_blank", rel: "noopener",
                        img { src: "{small}", alt: documents::preview_of(&entry.name) }
                    }
                }
                Details {
                    Detail { label: documents::uploaded(), {when(current)} }
                    Detail { label: documents::uploaded_by(), {found.who(current)} }
                }
            }
        }
    }
}

/// All versions that are kept, newest first.
fn versions(form: &Sent<'_>, found: &Found, may_update: bool) -> Element {
    let mut columns = vec![
        TableColumn::number(documents::version()),
        TableColumn::new(documents::file()),
        TableColumn::number(documents::size()),
        TableColumn::date(documents::uploaded()),
        TableColumn::new(documents::uploaded_by()),
    ];
    columns.push(TableColumn::actions(actions::actions()));
    let rows = found.versions.iter().map(|version| {
        let entry = &version.entry;
        let download = route(form.object, form.id, &format!("versions/{}/content", entry.number));
        let name = rsx! {
            a { href: "{download}", download: "", "{entry.name}" }
        };
        let last = if version.is_current {
            TableCell::badge(documents::current(), Tone::Good)
        } else if may_update {
            TableCell::Element(form.restore(entry.number))
        } else {
            TableCell::Empty
        };
        let cells = vec![
            TableCell::text(entry.number.to_string()),
            TableCell::Element(name),
            TableCell::text(Format::current().size(entry.size.unsigned_abs())),
            TableCell::Element(when(version)),
            TableCell::text(found.who(version)),
            last,
        ];
        TableRow::new(entry.number, entry.name.clone(), cells)
    });
    let title = documents::versions(u64::try_from(found.versions.len()).unwrap_or(0));
    rsx! {
        Card { title: title.clone(), flush: true,
            DataTable { label: title, columns, rows: rows.collect::<Vec<_>>() }
        }
    }
}

/// Forms of the row.
struct Sent<'a> {
    object: Object,
    id: i64,
    version: i64,
    visitor: &'a Visitor,
}

impl Sent<'_> {
    /// What each of them holds: who sends it, from where, and of which version of the row.
    fn known(&self) -> Element {
        let page = address::row(self.object, self.id);
        rsx! {
            input { r#type: "hidden", name: "csrf_token", value: "{self.visitor.csrf_token}" }
            input { r#type: "hidden", name: Form::PAGE, value: "{page}" }
            input { r#type: "hidden", name: "version", value: "{self.version}" }
        }
    }

    fn restore(&self, number: i64) -> Element {
        let label = documents::restore_version(number);
        rsx! {
            form { method: "post", action: address::of_row(self.object, self.id, "versions"),
                {self.known()}
                input { r#type: "hidden", name: NUMBER, value: "{number}" }
                button { r#type: "submit", class: "ao-button ao-small", "aria-label": "{label}", {actions::restore()} }
            }
        }
    }

    fn upload(&self, found: &Found, refused: Option<String>) -> Element {
        rsx! {
            form {
                class: "ao-form",
                method: "post",
                action: address::of_row(self.object, self.id, "upload"),
                enctype: "multipart/form-data",
                novalidate: true,
                {self.known()}
                {found.field.draw(VERSION_FILE, refused)}
                div { class: "ao-form-actions",
                    button { r#type: "submit", class: "ao-button", {documents::upload_new_version()} }
                }
            }
        }
    }
}

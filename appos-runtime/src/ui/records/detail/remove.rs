//! The end of a row, and its return.

use dioxus::prelude::*;

use super::super::{address, words};
use crate::error::{AppOsError, ErrorKind, Result};
use crate::journal::LoggedArguments;
use crate::model::{ColumnRef, Comparison, Condition, Selection, record_of};
use crate::record::{self, Readable};
use crate::registry::{ObjectDescriptor, OnDelete};
use crate::security::Permission;
use crate::state::Ctx;
use crate::ui::components::{Banner, Card, Modal, PageHeader, Skeleton, Tone};
use crate::ui::page::{Form, Note, Outcome, What, Wrong, use_changes, use_load, use_posted, use_title, use_visitor};
use crate::ui::shell::{ByReference, refusal};
use crate::ui::text::own::details;
use crate::ui::text::own::{actions, forms};
use crate::value::Value;

type Object = &'static ObjectDescriptor;

/// Ends a row, as a form asks for it.
pub(crate) async fn delete(object: Object, id: i64, form: &Form) -> Result<Outcome> {
    let version = form.get("version").and_then(|version| version.parse().ok());
    match record::delete(object, id, move || Ok(version)).await {
        Ok(()) => {
            // Only of what is kept the note can offer to bring it back.
            let id = record_of(object).soft_delete.then_some(id);
            Ok(Outcome::Done { to: address::list(object), note: Some(Note { what: What::Deleted, id }) })
        }
        Err(error) if error.kind() == ErrorKind::Validation => Ok(Outcome::Refused(Wrong::of(&error))),
        Err(error) => Err(error),
    }
}

/// Brings a row back, as a form asks for it.
pub(crate) async fn restore(object: Object, id: i64) -> Result<Outcome> {
    match record::restore(object, id, || Ok(())).await {
        Ok(_) => {
            let note = Note { what: What::Restored, id: Some(id) };
            Ok(Outcome::Done { to: address::row(object, id), note: Some(note) })
        }
        Err(error) if error.kind() == ErrorKind::Validation => Ok(Outcome::Refused(Wrong::of(&error))),
        Err(error) => Err(error),
    }
}

/// What the deletion of a row would do.
struct Consequences {
    name: String,
    version: i64,
    all: Vec<Dependents>,
}

/// Rows that refer to the row.
struct Dependents {
    object: Object,
    count: u64,
    list: String,
    then: OnDelete,
}

async fn consequences(object: Object, id: i64) -> Result<Consequences> {
    record::authorize(object, Permission::Delete).await?;
    let row = record::get(object, id).await?;
    let ctx = Ctx::current().ok_or_else(|| AppOsError::execution("a screen outside of a request"))?;
    let rights = ctx.scope().fresh_rights().await?;
    let mut all = Vec::new();
    for (other, place, field) in record::referring(object) {
        // Of rows that may not be seen nothing is told; whether they are in the way, the deletion says.
        if !rights.allows(other, Permission::View) || !Readable::of(other, &rights).can_read(place) {
            continue;
        }
        let kept = record_of(object).soft_delete;
        let stays = kept && (field.on_delete == OnDelete::SetNull || !record_of(other).soft_delete);
        if stays && field.on_delete != OnDelete::Restrict {
            continue;
        }
        let refers = Condition::Compare(ColumnRef::Field(place), Comparison::Equal, Value::Integer(id));
        let selection = Selection { conditions: vec![refers], ..Selection::default() };
        let logged = LoggedArguments::begin().argument("of", &id).finish();
        let count = record::count(other, logged, move |_| Ok(selection)).await?;
        if count > 0 {
            let list = format!("{}?filter[{}]={id}", address::list(other), field.name);
            all.push(Dependents { object: other, count, list, then: field.on_delete });
        }
    }
    Ok(Consequences { name: words::name_of(object, &row).into_owned(), version: row.system.version, all })
}

/// Asks whether a row is to be deleted.
#[component]
pub(crate) fn DeleteScreen(object: ByReference, id: i64) -> Element {
    let object = object.0;
    let posted = use_posted(&address::of_row(object, id, "delete"));
    let load = use_load((id, posted.clone()), move |(id, _)| consequences(object, id));
    use_title(details::delete(&words::singular_within(object)));
    load.with(|answer| match answer {
        None => rsx! {
            Skeleton { lines: 4 }
        },
        Some(Err(error)) => refusal(error),
        Some(Ok(consequences)) => {
            rsx! {
                PageHeader { title: forms::confirm_delete(&consequences.name), description: words::singular(object) }
                Card {
                    Question { object: ByReference(object), id, version: consequences.version, blocked: consequences.blocked(),
                        refused: posted.as_ref().map(|posted| why(&posted.wrong)),
                        {told(consequences)}
                    }
                }
            }
        }
    })
}

/// The same question above the screen of the row, where it was asked for in its address.
#[component]
pub(super) fn DeleteDialog(object: ByReference, id: i64, back: String) -> Element {
    let object = object.0;
    let posted = use_posted(&address::of_row(object, id, "delete"));
    let load = use_load((id, posted.clone(), use_changes(object)), move |(id, ..)| consequences(object, id));
    load.with(|answer| match answer {
        None => rsx! {},
        Some(Err(error)) => rsx! {
            Modal { id: "delete", title: actions::delete(), open: true, back, {refusal(error)} }
        },
        Some(Ok(consequences)) => rsx! {
            Modal { id: "delete", title: forms::confirm_delete(&consequences.name), open: true, back: back.clone(),
                Question { object: ByReference(object), id, version: consequences.version, blocked: consequences.blocked(), back,
                    refused: posted.as_ref().map(|posted| why(&posted.wrong)),
                    {told(consequences)}
                }
            }
        },
    })
}

impl Consequences {
    /// True if other rows keep it from being deleted.
    fn blocked(&self) -> bool {
        self.all.iter().any(|dependents| dependents.then == OnDelete::Restrict)
    }
}

/// Why a row was not deleted, in words.
fn why(wrong: &Wrong) -> String {
    match wrong.code.as_str() {
        "stale_version" => details::look_again().to_owned(),
        "still_referenced" => details::still_referenced().to_owned(),
        _ => wrong.message.clone(),
    }
}

fn told(consequences: &Consequences) -> Element {
    rsx! {
        if !consequences.all.is_empty() {
            ul { class: "ao-list",
                for dependents in consequences.all.iter() {
                    li { key: "{dependents.list}",
                        a { href: "{dependents.list}", "{dependents.count} {what(dependents)}" }
                        {fate(dependents.then, dependents.count)}
                    }
                }
            }
        }
    }
}

fn what(dependents: &Dependents) -> String {
    if dependents.count == 1 {
        words::singular_within(dependents.object)
    } else {
        words::plural_within(dependents.object)
    }
}

fn fate(then: OnDelete, count: u64) -> String {
    let fate = match then {
        OnDelete::Restrict => details::restricts(count),
        OnDelete::Cascade => details::goes_along(count),
        OnDelete::SetNull => details::loses_it(count),
    };
    format!(" {fate}")
}

/// What becomes of the row and of others, and the form that does it; `back`: where the page is without the
/// question, if it stands above one.
#[component]
fn Question(
    object: ByReference,
    id: i64,
    version: i64,
    blocked: bool,
    refused: Option<String>,
    back: Option<String>,
    children: Element,
) -> Element {
    let visitor = use_visitor();
    let object = object.0;
    let then = if record_of(object).soft_delete { forms::can_be_undone() } else { forms::cannot_be_undone() };
    let dialog = back.is_some();
    rsx! {
        if let Some(refused) = refused {
            Banner { tone: Tone::Bad, title: refused }
        }
        {children}
        if !blocked {
            p { "{then}" }
        }
        form { class: "ao-form", method: "post", action: address::of_row(object, id, "delete"),
            input { r#type: "hidden", name: "csrf_token", value: "{visitor.csrf_token}" }
            input { r#type: "hidden", name: "version", value: "{version}" }
            div { class: "ao-form-actions",
                if !blocked {
                    button { r#type: "submit", class: "ao-button ao-button-danger", {actions::delete()} }
                }
                a {
                    class: "ao-button ao-button-quiet",
                    href: back.unwrap_or_else(|| address::row(object, id)),
                    // The way that harms nothing has the focus first.
                    autofocus: dialog,
                    "data-stay": dialog.then_some(""),
                    {actions::cancel()}
                }
            }
        }
    }
}

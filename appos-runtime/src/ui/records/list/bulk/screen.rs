//! `/{app}/{records}/bulk`: what is about to be done with several rows, and what it could not be done with.

use dioxus::prelude::*;

use super::chosen::{Chosen, MOST, most_words};
use super::value;
use crate::error::{AppOsError, Result};
use crate::model::record_of;
use crate::record::Readable;
use crate::registry::{FieldDescriptor, ObjectDescriptor};
use crate::security::Permission;
use crate::state::Ctx;
use crate::ui::components::{
    Banner, Button, ButtonVariant, CheckboxField, Choice, InputKind, LinkButton, PageHeader, SelectField, Skeleton,
    TextField, Tone,
};
use crate::ui::page::{Form, Location, use_awake, use_load, use_location, use_posted, use_title, use_visitor};
use crate::ui::records::address::{list as list_address, row as row_address};
use crate::ui::records::list::filters::offered;
use crate::ui::records::list::toolbar::hidden;
use crate::ui::shell::{ByReference, names, refusal, unknown};
use crate::ui::text::own::{actions, lists};
use crate::value::FieldType;

/// What is about to be done.
struct Planned {
    what: What,
    count: u64,
    back: String,
    /// What the form sends along.
    kept: Vec<(String, String)>,
    fields: Vec<&'static FieldDescriptor>,
    field: Option<&'static FieldDescriptor>,
    /// Rows to which a reference can lead.
    offered: Vec<(i64, String)>,
    find: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Delete,
    Edit,
    Restore,
}

/// What is about to be done with several rows.
#[component]
pub(in crate::ui::records) fn Bulk(object: ByReference) -> Element {
    let object = object.0;
    let location = use_location();
    use_title(names::plural(object));
    use_awake();
    let load = use_load(location.read().clone(), move |location| plan(object, location));
    load.with(|answer| match answer {
        None => rsx! {
            Skeleton { lines: 6 }
        },
        Some(Err(error)) => refusal(error),
        Some(Ok(planned)) => shown(object, planned),
    })
}

async fn plan(object: &'static ObjectDescriptor, location: Location) -> Result<Planned> {
    let ctx = Ctx::current().ok_or_else(|| AppOsError::dispatch("no execution").code_is("no_context"))?;
    let rights = ctx.scope().fresh_rights().await?;
    let parameters = location.parameters();
    let text = |name: &str| parameters.get(name).unwrap_or_default().to_owned();
    let (what, permission) = match parameters.get("do") {
        Some("delete") => (What::Delete, Permission::Delete),
        Some("edit") => (What::Edit, Permission::Update),
        Some("restore") if record_of(object).soft_delete => (What::Restore, Permission::Delete),
        _ => return Err(unknown()),
    };
    if !rights.allows(object, permission) {
        return Err(unknown());
    }
    let chosen = Chosen::read(parameters.get("all"), parameters.get("rows").into_iter());
    let back = text("back");
    let count = chosen.count(object, &back).await?;
    let fields = value::fields(object, &Readable::of(object, &rights));
    let field = fields.iter().copied().find(|field| Some(field.name) == parameters.get("field"));
    let find = text("find");
    let offered = match field.map(|field| field.field_type) {
        Some(FieldType::Reference(target)) => offered(target(), &rights, &find).await?.0,
        _ => Vec::new(),
    };
    let kept = ["do", "rows", "all", "back"].into_iter();
    let kept = kept.filter_map(|name| Some((name.to_owned(), parameters.get(name)?.to_owned()))).collect();
    Ok(Planned { what, count, back, kept, fields, field, offered, find })
}

fn shown(object: &'static ObjectDescriptor, planned: &Planned) -> Element {
    let title = match planned.what {
        What::Delete => actions::delete_many(planned.count),
        What::Edit => lists::change_many(planned.count),
        What::Restore => lists::restore_many(planned.count),
    };
    let too_many = usize::try_from(planned.count).is_ok_and(|count| count > MOST);
    let address = list_address(object);
    let list = if planned.back.is_empty() { address.clone() } else { format!("{address}?{}", planned.back) };
    rsx! {
        PageHeader { title: title.clone(),
            LinkButton { to: list.clone(), {lists::back_to(&names::within(&names::plural(object)))} }
        }
        Failures { object: ByReference(object), address: "{address}/bulk" }
        if too_many {
            Banner { tone: Tone::Warning, title: most_words() }
        } else if planned.what == What::Edit {
            {choose_field(&address, planned)}
        }
        if !too_many && (planned.what != What::Edit || planned.field.is_some()) {
            Confirm { address: "{address}/bulk", kept: planned.kept.clone(), danger: planned.what == What::Delete, title, list,
                if planned.what == What::Delete && !record_of(object).soft_delete {
                    p { {lists::cannot_be_undone()} }
                }
                if let Some(field) = planned.field {
                    input { r#type: "hidden", name: "field", value: field.name }
                    {input_of(field, planned)}
                }
            }
        }
    }
}

/// Which field is to be changed: a question to the same screen.
fn choose_field(address: &str, planned: &Planned) -> Element {
    let choices: Vec<Choice> = planned.fields.iter().map(|field| Choice::new(field.name, field.label)).collect();
    let chosen = planned.field.map_or("", |field| field.name);
    let is_reference = planned.field.is_some_and(|field| matches!(field.field_type, FieldType::Reference(_)));
    rsx! {
        form { method: "get", action: "{address}/bulk", class: "ao-form ao-bulk-field",
            {hidden(&planned.kept)}
            SelectField { name: "field", label: lists::field_to_change(), choices, value: chosen.to_owned(), required: true }
            if is_reference {
                TextField { name: "find", label: actions::search(), kind: InputKind::Search, value: planned.find.clone() }
            }
            Button { submit: true, if is_reference { {lists::find()} } else { {lists::choose_field()} } }
        }
    }
}

/// The input that fits a field.
fn input_of(field: &'static FieldDescriptor, planned: &Planned) -> Element {
    let (name, label) = ("value", field.label);
    let input = match field.field_type {
        FieldType::Choice(choices) => {
            let choices: Vec<Choice> = choices.choices.iter().map(|one| Choice::new(one.value, one.label)).collect();
            rsx! {
                SelectField { name, label, choices }
            }
        }
        FieldType::Bool => {
            let choices = vec![Choice::new("true", actions::yes()), Choice::new("false", actions::no())];
            rsx! {
                SelectField { name, label, choices }
            }
        }
        FieldType::Reference(_) => {
            let choices: Vec<Choice> =
                planned.offered.iter().map(|(id, name)| Choice::new(id.to_string(), name.as_str())).collect();
            rsx! {
                SelectField { name, label, choices }
            }
        }
        FieldType::Date => rsx! {
            TextField { name, label, kind: InputKind::Date }
        },
        FieldType::DateTime => rsx! {
            TextField { name, label, kind: InputKind::DateTime }
        },
        FieldType::Integer { .. } => rsx! {
            TextField { name, label, kind: InputKind::Integer }
        },
        FieldType::Float | FieldType::Decimal { .. } => rsx! {
            TextField { name, label, kind: InputKind::Decimal }
        },
        _ => rsx! {
            TextField { name, label }
        },
    };
    rsx! {
        {input}
        if field.nullable {
            CheckboxField { name: "empty", label: lists::no_value(), value: "true" }
        }
    }
}

/// The form that does it.
#[component]
fn Confirm(
    address: String,
    kept: Vec<(String, String)>,
    danger: bool,
    title: String,
    list: String,
    children: Element,
) -> Element {
    let visitor = use_visitor();
    let location = use_location();
    let page = location.read().address();
    rsx! {
        form { method: "post", action: "{address}", class: "ao-form ao-bulk-form", aria_label: "{title}",
            input { r#type: "hidden", name: "csrf_token", value: "{visitor.csrf_token}" }
            input { r#type: "hidden", name: Form::PAGE, value: "{page}" }
            input { r#type: "hidden", name: "confirmed", value: "true" }
            {hidden(&kept)}
            {children}
            div { class: "ao-form-actions",
                Button {
                    submit: true,
                    variant: if danger { ButtonVariant::Danger } else { ButtonVariant::Primary },
                    "{title}"
                }
                LinkButton { to: list, {actions::cancel()} }
            }
        }
    }
}

/// Which rows it could not be done with, and why.
#[component]
fn Failures(object: ByReference, address: String) -> Element {
    let Some(posted) = use_posted(&address) else { return rsx! {} };
    let rows = posted.wrong.fields.iter().map(|(id, _, why)| {
        let to = id.parse::<i64>().ok().map(|id| row_address(object.0, id));
        (id.clone(), to, why.clone())
    });
    let rows: Vec<_> = rows.collect();
    rsx! {
        Banner { tone: Tone::Bad, title: posted.wrong.message.clone(),
            if !rows.is_empty() {
                ul { class: "ao-wrong",
                    for (id , to , why) in rows {
                        li { key: "{id}",
                            if let Some(to) = to {
                                a { href: "{to}", "#{id}" }
                                ": {why}"
                            } else {
                                "{id}: {why}"
                            }
                        }
                    }
                }
            }
        }
    }
}

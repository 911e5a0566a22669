//! `/{app}/processes/{name}/start`: the form by which somebody starts a process. It works without script.

mod control;
mod given;
mod post;

use std::rc::Rc;

use dioxus::prelude::*;

pub(crate) use post::post;

use super::{address, current, form_problems, words};
use crate::error::Result;
use crate::registry::{Input, ObjectDescriptor, ObjectDetail, ProcessDescriptor, Registry};
use crate::security::Permission;
use crate::state::Ctx;
use crate::ui::components::{
    Button, ButtonVariant, Card, Form as FormAround, FormErrors, LinkButton, PageHeader, Skeleton,
};
use crate::ui::page::{Form, Wrong, use_load_once, use_location, use_posted, use_title, use_visitor};
use crate::ui::records::{Offer, offer};
use crate::ui::shell::{names, refusal, unknown};
use crate::ui::text::own::{actions, processes};
use crate::value::FieldType;

/// The end of the address.
pub(crate) const START: &str = "start";
/// Beginning of the names of fields that look for rows, and the name of the button that asks; no parameter of a
/// process has such names.
const SEARCH: &str = "ao-search-";
const FIND: &str = "ao-find";

/// Where a process is started.
pub(super) fn address_of(process: &ObjectDescriptor) -> String {
    format!("{}/{}/{START}", address(process.app), process.name)
}

/// A process that the visitor may start, by its app and name.
///
/// # Errors
/// There is none that he may know of.
async fn startable(
    ctx: &Ctx,
    app: &str,
    name: &str,
) -> Result<(&'static ObjectDescriptor, &'static ProcessDescriptor)> {
    let (object, process) = find(ctx.scope().engine.registry(), app, name).ok_or_else(unknown)?;
    let rights = ctx.scope().fresh_rights().await?;
    if rights.allows(object, Permission::Use) { Ok((object, process)) } else { Err(unknown()) }
}

/// False of an earlier body: nobody starts it.
pub(super) fn is_startable(object: &ObjectDescriptor) -> bool {
    matches!(object.detail, ObjectDetail::Process(process) if process.earlier_of.is_none())
}

fn find(
    registry: &'static Registry,
    app: &str,
    name: &str,
) -> Option<(&'static ObjectDescriptor, &'static ProcessDescriptor)> {
    registry.objects().iter().copied().find_map(|object| match object.detail {
        ObjectDetail::Process(process) if object.app == app && object.name == name => {
            is_startable(object).then_some((object, process))
        }
        _ => None,
    })
}

/// One field of the form, as it is at first.
#[derive(Clone, PartialEq)]
pub(super) struct Asked {
    name: &'static str,
    label: String,
    input: Kept,
    /// What stands in it.
    typed: String,
    /// Rows to choose from, what was looked for among them, and what the chosen one is called.
    offer: Option<(Offer, String, String)>,
}

/// What a field takes, as a property of a component: that of a parameter is always the same.
#[derive(Clone, Copy)]
pub(super) struct Kept(&'static Input);

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

#[derive(Clone)]
struct Opened {
    object: &'static ObjectDescriptor,
    fields: Rc<[Asked]>,
}

/// Reads the form. `typed`: what stands in a field, by its name.
async fn open(app: String, name: String, typed: Vec<(String, String)>) -> Result<Opened> {
    let ctx = current()?;
    let (object, process) = startable(&ctx, &app, &name).await?;
    let of = |name: &str| typed.iter().rev().find(|(own, _)| own == name).map(|(_, text)| text.clone());
    let mut fields = Vec::new();
    for (parameter, input) in process.parameters.iter().zip(process.inputs) {
        // What nobody is to see is not sent back.
        let typed = if input.sensitive { String::new() } else { of(parameter.name).unwrap_or_default() };
        let mut offered = None;
        if let (Some(FieldType::Reference(target)), false) = (input.field_type, input.sensitive) {
            let search = of(&format!("{SEARCH}{}", parameter.name)).unwrap_or_default();
            let offer = offer(target(), &search).await?;
            if offer.visible {
                let chosen = offer.rows.iter().find(|(id, _)| id.to_string() == typed);
                let text = match chosen {
                    Some((_, name)) => name.clone(),
                    None if typed.is_empty() => String::new(),
                    None => format!("#{typed}"),
                };
                offered = Some((offer, search, text));
            }
        }
        let label = names::in_words(parameter.name.trim_end_matches("_id"));
        fields.push(Asked { name: parameter.name, label, input: Kept(input), typed, offer: offered });
    }
    Ok(Opened { object, fields: fields.into() })
}

/// The form of a process.
#[component]
pub(crate) fn StartScreen(app: String, name: String) -> Element {
    let action = format!("{}/{name}/{START}", address(&app));
    let posted = use_posted(&action);
    // What a link gives stands in the fields at first.
    let typed = match &posted {
        Some(posted) => posted.form.0.clone(),
        None => {
            use_location().peek().parameters().iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
        }
    };
    let load = use_load_once((app.clone(), name, typed), |(app, name, typed)| open(app, name, typed));
    load.with(|answer| match answer {
        None => rsx! {
            Skeleton { lines: 6 }
        },
        Some(Err(error)) => refusal(error),
        Some(Ok(opened)) => {
            let wrong = posted.as_ref().map(|posted| &posted.wrong).filter(|wrong| !wrong.asks_of_itself());
            rsx! {
                Titled { title: processes::start_of(&words::object(opened.object.reference)) }
                PageHeader {
                    title: processes::start_of(&words::object(opened.object.reference)),
                    description: opened.object.description.to_owned(),
                }
                Card {
                    {form(opened, wrong, &action)}
                }
            }
        }
    })
}

#[component]
fn Titled(title: String) -> Element {
    use_title(title);
    rsx! {}
}

fn form(opened: &Opened, wrong: Option<&Wrong>, action: &str) -> Element {
    rsx! {
        Fields { fields: opened.fields.to_vec(), app: opened.object.app, wrong: wrong.cloned(), action: action.to_owned() }
    }
}

#[component]
fn Fields(fields: Vec<Asked>, app: &'static str, wrong: Option<Wrong>, action: String) -> Element {
    let visitor = use_visitor();
    let told = |name: &str, text: &str| format!("{} {text}", label_of(&fields, name));
    let problems = wrong.as_ref().map(|wrong| form_problems(wrong, told)).unwrap_or_default();
    let error = |name: &str| wrong.as_ref().and_then(|wrong| wrong.field(name)).map(str::to_owned);
    rsx! {
        FormAround { action: action.clone(), token: visitor.csrf_token.to_string(), unsaved: true,
            if !problems.is_empty() {
                FormErrors { problems }
            }
            if fields.is_empty() {
                p { {processes::asks_nothing()} }
            }
            for field in &fields {
                div { key: "{field.name}", {control::control(field, app, error(field.name))} }
            }
            div { class: "ao-form-actions",
                Button { submit: true, variant: ButtonVariant::Primary, {processes::start()} }
                LinkButton { to: address(app), variant: ButtonVariant::Quiet, {actions::cancel()} }
            }
        }
    }
}

/// What people call a field.
fn label_of(fields: &[Asked], name: &str) -> String {
    fields.iter().find(|field| field.name == name).map_or_else(|| name.to_owned(), |field| field.label.clone())
}

/// True if a form asks for a search, and not to be done.
fn searches(form: &Form) -> bool {
    form.get(FIND).is_some()
}

/// What a field holds JSON for.
fn json_help() -> String {
    processes::as_json().to_owned()
}

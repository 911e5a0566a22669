//! Saved views of a list: chosen as tabs, kept and changed by forms.

use dioxus::prelude::*;

use super::address::address_of;
use super::rows::Found;
use crate::error::{AppOsError, ErrorKind, Result};
use crate::platform::saved_views::{SavedView, change_view, default_view, delete_view, save_view};
use crate::registry::ObjectDescriptor;
use crate::ui::components::{Banner, Button, ButtonVariant, Choice, Menu, SelectField, Tab, Tabs, TextField, Tone};
use crate::ui::page::{Form, Location, Outcome, Wrong, use_posted, use_visitor};
use crate::ui::records::address::list as list_address;
use crate::ui::text::own::lists;

/// The views, and what can be done with the one that is shown.
pub(super) fn tabs(found: &Found) -> Element {
    let path = &found.asked.location.path;
    let chosen = found.asked.parameter("view");
    let selected = found.views.iter().find(|view| Some(view.id.to_string()) == chosen);
    let all = Tab::link("all", lists::all_rows(), format!("{path}?view=all"));
    let views = found
        .views
        .iter()
        .map(|view| Tab::link(view.id.to_string(), view.name.as_str(), address_of(path, view).address()));
    let tabs: Vec<Tab> = std::iter::once(all).chain(views).collect();
    rsx! {
        div { class: "ao-views",
            if tabs.len() > 1 {
                Tabs {
                    label: lists::views(),
                    tabs,
                    selected: selected.map_or_else(|| "all".to_owned(), |view| view.id.to_string()),
                }
            }
            ViewMenu {
                address: "{path}/views",
                page: found.asked.location.address(),
                query: found.asked.view(),
                selected: selected.cloned(),
                groups: found.groups.clone(),
                has_default: found.views.iter().any(|view| view.is_default),
            }
        }
    }
}

/// Keeping a view, and changing the one that is shown.
#[component]
fn ViewMenu(
    address: String,
    page: String,
    query: String,
    selected: Option<SavedView>,
    groups: Vec<String>,
    has_default: bool,
) -> Element {
    let visitor = use_visitor();
    let posted = use_posted(&address);
    let own = selected.clone().filter(|view| view.is_own);
    let choices: Vec<Choice> = groups.iter().map(|group| Choice::new(group.as_str(), group.as_str())).collect();
    let typed = |name: &str| posted.as_ref().and_then(|posted| posted.form.get(name)).unwrap_or_default().to_owned();
    let wrong = |name: &str| posted.as_ref().and_then(|posted| posted.wrong.field(name)).map(str::to_owned);
    let refused = posted.as_ref().map(|posted| {
        let fields = posted.wrong.fields.iter().map(|(field, _, message)| format!("{field} {message}"));
        let fields: Vec<String> = fields.collect();
        if fields.is_empty() { posted.wrong.message.clone() } else { fields.join(", ") }
    });
    let hidden = |what: &str, view: Option<i64>| {
        rsx! {
            input { r#type: "hidden", name: "csrf_token", value: "{visitor.csrf_token}" }
            input { r#type: "hidden", name: Form::PAGE, value: "{page}" }
            input { r#type: "hidden", name: "query", value: "{query}" }
            input { r#type: "hidden", name: "do", value: "{what}" }
            if let Some(view) = view {
                input { r#type: "hidden", name: "view", value: "{view}" }
            }
        }
    };
    rsx! {
        if let Some(refused) = refused {
            Banner { tone: Tone::Bad, title: refused }
        }
        Menu { id: "view", label: lists::view(), icon: "bookmark", quiet: true,
            if let Some(view) = own {
                form { method: "post", action: "{address}", class: "ao-view-form", aria_label: lists::update_view(),
                    {hidden("change", Some(view.id))}
                    TextField { name: "name", label: lists::view_name(), value: view.name.clone(), required: true, maxlength: 80 }
                    SelectField {
                        name: "shared_with",
                        label: lists::shared_with(),
                        choices: choices.clone(),
                        value: view.shared_with.clone().unwrap_or_default(),
                        empty: lists::nobody(),
                    }
                    Button { submit: true, {lists::update_view()} }
                }
                form { method: "post", action: "{address}", aria_label: lists::delete_view(),
                    {hidden("delete", Some(view.id))}
                    Button { submit: true, variant: ButtonVariant::Danger, {lists::delete_view()} }
                }
            }
            if let Some(view) = selected.as_ref().filter(|view| !view.is_default) {
                form { method: "post", action: "{address}", aria_label: lists::default_view(),
                    {hidden("default", Some(view.id))}
                    Button { submit: true, {lists::default_view()} }
                }
            }
            if has_default {
                form { method: "post", action: "{address}", aria_label: lists::no_default_view(),
                    {hidden("no_default", None)}
                    Button { submit: true, {lists::no_default_view()} }
                }
            }
            form { method: "post", action: "{address}", class: "ao-view-form", aria_label: lists::save_as_view(),
                {hidden("save", None)}
                TextField {
                    name: "name",
                    label: lists::save_as_view(),
                    value: typed("name"),
                    error: wrong("name"),
                    required: true,
                    maxlength: 80,
                }
                SelectField {
                    name: "shared_with",
                    label: lists::shared_with(),
                    choices,
                    value: typed("shared_with"),
                    error: wrong("shared_with"),
                    empty: lists::nobody(),
                }
                Button { submit: true, variant: ButtonVariant::Primary, {lists::save_view()} }
            }
        }
    }
}

/// Does what a form of views asks for.
///
/// # Errors
/// The view is not the user's, or it cannot be done now.
pub(in crate::ui::records) async fn post(object: &'static ObjectDescriptor, form: &Form) -> Result<Outcome> {
    match done(object, form).await {
        Ok(to) => Ok(Outcome::Done { to, note: None }),
        Err(error) if error.kind() == ErrorKind::Validation => Ok(Outcome::Refused(Wrong::of(&error))),
        Err(error) => Err(error),
    }
}

async fn done(object: &'static ObjectDescriptor, form: &Form) -> Result<String> {
    let path = list_address(object);
    let text = |name: &str| form.get(name).unwrap_or_default().to_owned();
    let shared_with = form.get("shared_with").filter(|group| !group.is_empty()).map(str::to_owned);
    let view = form.get("view").and_then(|id| id.parse::<i64>().ok()).unwrap_or(0);
    let record = object.reference.to_owned();
    let shown = |id: i64, query: &str| {
        let id = id.to_string();
        let location = Location { path: path.clone(), query: query.to_owned() };
        location.with(&[("view", Some(&id))])
    };
    match form.get("do") {
        Some("save") => {
            let query = text("query");
            let id = save_view(record, text("name"), query.clone(), shared_with).await?;
            Ok(shown(id, &query))
        }
        Some("change") => {
            let query = text("query");
            change_view(view, text("name"), query.clone(), shared_with).await?;
            Ok(shown(view, &query))
        }
        Some("delete") => {
            delete_view(view).await?;
            Ok(format!("{path}?view=all"))
        }
        Some("default") => {
            default_view(record, Some(view)).await?;
            Ok(shown(view, &text("query")))
        }
        Some("no_default") => {
            default_view(record, None).await?;
            let location = Location { path, query: text("query") };
            Ok(location.address())
        }
        _ => Err(AppOsError::validation("the form says nothing that can be done").code_is("invalid_fields")),
    }
}

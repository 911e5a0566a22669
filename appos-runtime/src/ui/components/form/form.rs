//! The form around fields.

use dioxus::prelude::*;

use super::super::events::on_submit;
use super::super::icon::icon;
use super::field::field_id;
use crate::icon;
use crate::ui::text::own::{components as words, forms};

/// What is wrong with a form, or with a field of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormProblem {
    /// The name of the field; none if it is the form as a whole.
    pub field: Option<String>,
    /// The field as people call it, and what is wrong.
    pub text: String,
}

/// A form. It is sent to `action` without script, and as one message with it. What is wrong with it stands
/// above its fields, with links to them.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Form { action: "/crm/customers/new", token: "…", unsaved: true,
///         actions: rsx! { Button { variant: ButtonVariant::Primary, submit: true, "Save" } },
///         TextField { name: "name", label: "Name", required: true }
///     }
/// }
/// # }
/// ```
#[component]
pub fn Form(
    /// Where it is sent; else to the page it stands on.
    action: Option<String>,
    /// Its values become part of the address: for filters and searches, which change nothing.
    #[props(default)]
    get: bool,
    /// The id of the element, for buttons outside of it.
    id: Option<String>,
    /// The token of the session (CSRF), which every form that changes something sends.
    token: Option<String>,
    /// It holds files.
    #[props(default)]
    files: bool,
    /// Who leaves the page with changes in it is asked first.
    #[props(default)]
    unsaved: bool,
    /// Fields in two columns, where there is room.
    #[props(default)]
    wide: bool,
    /// What is wrong with it.
    #[props(default)]
    problems: Vec<FormProblem>,
    /// It is sent.
    onsubmit: Option<EventHandler<FormEvent>>,
    /// Something in it has changed.
    oninput: Option<EventHandler<FormEvent>>,
    /// The buttons at its end.
    actions: Option<Element>,
    /// The fields.
    children: Element,
) -> Element {
    let mut listeners = on_submit(onsubmit);
    listeners.extend(super::super::events::on_input(oninput));
    rsx! {
        form {
            class: if wide { "ao-form ao-form-wide" } else { "ao-form" },
            id,
            action,
            method: if get { "get" } else { "post" },
            enctype: files.then_some("multipart/form-data"),
            "data-unsaved": unsaved.then(forms::leave_anyway),
            // The server tells what is wrong, in one place and in the user's language.
            novalidate: true,
            ..listeners,
            if let Some(token) = token {
                input { r#type: "hidden", name: "csrf_token", value: "{token}" }
            }
            if !problems.is_empty() {
                FormErrors { problems }
            }
            div { class: "ao-form-fields", {children} }
            if let Some(actions) = actions {
                div { class: "ao-form-actions", {actions} }
            }
        }
    }
}

/// What is wrong with a form, as a list of links to the fields. It takes the focus when it appears.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     FormErrors { problems: vec![
///         FormProblem { field: Some("email".to_owned()), text: "E-mail: is no e-mail address".to_owned() },
///     ] }
/// }
/// # }
/// ```
#[component]
pub fn FormErrors(
    /// What is wrong.
    problems: Vec<FormProblem>,
) -> Element {
    let title = words::look_again(problems.len());
    rsx! {
        div { class: "ao-form-errors", role: "alert", tabindex: "-1", "data-focus": "",
            {icon(icon!("circle-alert"))}
            div {
                p { class: "ao-banner-title", "{title}" }
                ul {
                    for (index , problem) in problems.iter().enumerate() {
                        li { key: "{index}",
                            if let Some(field) = &problem.field {
                                a { href: "#{field_id(field)}", "{problem.text}" }
                            } else {
                                "{problem.text}"
                            }
                        }
                    }
                }
            }
        }
    }
}

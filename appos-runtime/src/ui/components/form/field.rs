//! The frame of a field: its name, its help, what is wrong with it.

use dioxus::prelude::*;

use super::super::icon::icon;
use crate::icon;
use crate::ui::text::own::forms;

/// The id of the field with this name, for links that lead to it.
pub fn field_id(name: &str) -> String {
    format!("field-{name}")
}

/// What the frame of a field needs to know.
pub(super) struct Frame {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) help: Option<String>,
    pub(super) error: Option<String>,
    pub(super) required: bool,
}

impl Frame {
    pub(super) fn id(&self) -> String {
        field_id(&self.name)
    }

    /// The ids of the texts that say more; nothing where there are none.
    pub(super) fn described_by(&self) -> Option<String> {
        let id = self.id();
        let ids: Vec<String> = [(self.help.is_some(), "help"), (self.error.is_some(), "error")]
            .iter()
            .filter(|(is_there, _)| *is_there)
            .map(|(_, part)| format!("{id}-{part}"))
            .collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    pub(super) fn invalid(&self) -> Option<&'static str> {
        self.error.is_some().then_some("true")
    }

    /// A control below its label.
    pub(super) fn around(&self, control: Element) -> Element {
        let id = self.id();
        rsx! {
            div { class: "ao-field",
                label { class: "ao-label", r#for: "{id}", "{self.label}" {mark(self.required)} }
                {self.help_line()}
                {control}
                {self.error_line()}
            }
        }
    }

    /// Several controls with a label of their own each.
    pub(super) fn group(&self, controls: Element) -> Element {
        let described = self.described_by();
        rsx! {
            fieldset { class: "ao-field ao-fieldset", id: self.id(), "aria-describedby": described,
                legend { class: "ao-label", "{self.label}" {mark(self.required)} }
                {self.help_line()}
                {controls}
                {self.error_line()}
            }
        }
    }

    pub(super) fn help_line(&self) -> Element {
        rsx! {
            if let Some(help) = &self.help {
                p { class: "ao-help", id: "{self.id()}-help", "{help}" }
            }
        }
    }

    pub(super) fn error_line(&self) -> Element {
        rsx! {
            if let Some(error) = &self.error {
                p { class: "ao-field-error", id: "{self.id()}-error", {icon(icon!("circle-alert"))} "{error}" }
            }
        }
    }
}

fn mark(required: bool) -> Element {
    rsx! {
        if required {
            // The control itself says that it is required.
            span { class: "ao-required", "aria-hidden": "true", title: forms::required(), "*" }
        }
    }
}

/// The frame of a field around a control of one's own: its label, help and error. The control carries the id
/// that [`field_id`] makes of `name`.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     Field { name: "volume", label: "Volume",
///         input { id: field_id("volume"), name: "volume", r#type: "range" }
///     }
/// }
/// # }
/// ```
#[component]
pub fn Field(
    /// The name under which the value is sent.
    name: String,
    /// What it is called.
    label: String,
    /// A sentence about what to write.
    help: Option<String>,
    /// What is wrong with it.
    error: Option<String>,
    /// It must not be empty.
    #[props(default)]
    required: bool,
    /// The control.
    children: Element,
) -> Element {
    Frame { name, label, help, error, required }.around(children)
}

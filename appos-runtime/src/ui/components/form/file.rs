//! Files.

use dioxus::prelude::*;

use super::super::events::on_change;
use super::super::icon::icon;
use super::field::Frame;
use crate::icon;
use crate::ui::text::own::components as words;

/// A place for files: to be dropped on, or pressed. The field in it is an ordinary one.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     FileDrop { name: "file", label: "Customers", accept: ".csv", note: "CSV, at most 50 MB", required: true }
/// }
/// # }
/// ```
#[component]
pub fn FileDrop(
    /// The name under which it is sent.
    name: String,
    /// What it is called.
    label: String,
    /// Kinds of files, as browsers want them: `.csv,image/*`.
    accept: Option<String>,
    /// Which kinds and sizes, in words.
    note: Option<String>,
    /// The file that is there already.
    current: Option<String>,
    /// More than one.
    #[props(default)]
    multiple: bool,
    /// A sentence about it.
    help: Option<String>,
    /// What is wrong with it.
    error: Option<String>,
    /// There must be one.
    #[props(default)]
    required: bool,
    /// Files were chosen.
    onchange: Option<EventHandler<FormEvent>>,
) -> Element {
    let frame = Frame { name, label, help, error, required };
    let choose = if multiple { words::choose_files() } else { words::choose_file() };
    frame.around(rsx! {
        div { class: "ao-filedrop", "data-drop": "",
            {icon(icon!("upload"))}
            div { class: "ao-filedrop-text",
                p {
                    strong { {choose} }
                    span { class: "ao-script-only", " " {words::or_drop()} }
                }
                if let Some(current) = current {
                    p { class: "ao-dim", {words::file_now(&current)} }
                }
                if let Some(note) = note {
                    p { class: "ao-dim", "{note}" }
                }
                p { class: "ao-filedrop-chosen", role: "status", "data-drop-names": "" }
            }
            input {
                class: "ao-filedrop-input",
                id: frame.id(),
                name: "{frame.name}",
                r#type: "file",
                accept,
                multiple,
                required: frame.required,
                "aria-invalid": frame.invalid(),
                "aria-describedby": frame.described_by(),
                ..on_change(onchange),
            }
        }
    })
}

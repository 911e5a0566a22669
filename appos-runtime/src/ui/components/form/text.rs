//! Fields for text, numbers, dates: one line, or several.

use dioxus::prelude::*;

use super::super::events::{on_change, on_input};
use super::field::Frame;

/// What a [`TextField`] takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputKind {
    /// Any text.
    #[default]
    Text,
    /// An e-mail address.
    Email,
    /// An address of the web.
    Url,
    /// A number of a telephone.
    Phone,
    /// A password.
    Password,
    /// Something to look for.
    Search,
    /// A whole number.
    Integer,
    /// A number with decimals, written out: nothing of it is rounded.
    Decimal,
    /// A day: `2026-11-29`.
    Date,
    /// A time of day: `13:05`.
    Time,
    /// A day and a time: `2026-11-29T13:05`.
    DateTime,
    /// A month: `2026-11`.
    Month,
}

impl InputKind {
    /// The type of the element, and the keys that a phone shows.
    fn element(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Text => ("text", None),
            Self::Email => ("email", None),
            Self::Url => ("url", None),
            Self::Phone => ("tel", None),
            Self::Password => ("password", None),
            Self::Search => ("search", None),
            // Not `number`: it swallows what it does not understand, scrolls, and rounds.
            Self::Integer => ("text", Some("numeric")),
            Self::Decimal => ("text", Some("decimal")),
            Self::Date => ("date", None),
            Self::Time => ("time", None),
            Self::DateTime => ("datetime-local", None),
            Self::Month => ("month", None),
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Integer | Self::Decimal => "ao-input ao-input-number",
            Self::Date | Self::Time | Self::DateTime | Self::Month => "ao-input ao-input-date",
            _ => "ao-input",
        }
    }
}

/// A field of one line.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     TextField { name: "email", label: "E-mail", kind: InputKind::Email, required: true, value: "ada@acme" ,
///         error: "This is no e-mail address.", autocomplete: "email" }
///     TextField { name: "credit_limit", label: "Credit limit", kind: InputKind::Decimal, suffix: "EUR" }
///     TextField { name: "signed_on", label: "Signed on", kind: InputKind::Date }
/// }
/// # }
/// ```
#[component]
pub fn TextField(
    /// The name under which the value is sent.
    name: String,
    /// What it is called.
    label: String,
    /// What it takes.
    #[props(default)]
    kind: InputKind,
    /// What is in it.
    #[props(default)]
    value: String,
    /// A sentence about what to write.
    help: Option<String>,
    /// What is wrong with it.
    error: Option<String>,
    /// It must not be empty.
    #[props(default)]
    required: bool,
    /// It can be read, and copied, but not changed.
    #[props(default)]
    readonly: bool,
    /// It can neither be changed nor is it sent.
    #[props(default)]
    disabled: bool,
    /// An example; never instead of a label.
    placeholder: Option<String>,
    /// What a browser may fill in.
    autocomplete: Option<String>,
    /// Most characters.
    maxlength: Option<u32>,
    /// The first day or time that may be chosen.
    min: Option<String>,
    /// The last one.
    max: Option<String>,
    /// Before it, inside its frame: a currency.
    prefix: Option<String>,
    /// After it, inside its frame: a unit.
    suffix: Option<String>,
    /// The cursor stands here when the page opens.
    #[props(default)]
    autofocus: bool,
    /// Its value changes with every key.
    oninput: Option<EventHandler<FormEvent>>,
    /// It was left with another value.
    onchange: Option<EventHandler<FormEvent>>,
) -> Element {
    let frame = Frame { name, label, help, error, required };
    let (element, inputmode) = kind.element();
    let mut listeners = on_input(oninput);
    listeners.extend(on_change(onchange));
    let input = rsx! {
        input {
            class: kind.class(),
            id: frame.id(),
            name: "{frame.name}",
            r#type: element,
            inputmode,
            value: "{value}",
            required: frame.required,
            readonly,
            disabled,
            placeholder,
            autocomplete,
            maxlength: maxlength.map(i64::from),
            min,
            max,
            autofocus,
            "aria-invalid": frame.invalid(),
            "aria-describedby": frame.described_by(),
            ..listeners,
        }
    };
    if prefix.is_none() && suffix.is_none() {
        return frame.around(input);
    }
    frame.around(rsx! {
        div { class: "ao-affixed",
            if let Some(prefix) = prefix {
                span { class: "ao-affix", "{prefix}" }
            }
            {input}
            if let Some(suffix) = suffix {
                span { class: "ao-affix", "{suffix}" }
            }
        }
    })
}

/// A field of several lines: a text, or JSON.
///
/// ```
/// # use appos_runtime::ui::components::*;
/// # use dioxus::prelude::*;
/// # fn shown() -> Element {
/// rsx! {
///     TextArea { name: "notes", label: "Notes", rows: 4 }
///     TextArea { name: "payload", label: "Payload", json: true, value: "{{}}" }
/// }
/// # }
/// ```
#[component]
pub fn TextArea(
    /// The name under which the value is sent.
    name: String,
    /// What it is called.
    label: String,
    /// What is in it.
    #[props(default)]
    value: String,
    /// How many lines it shows.
    #[props(default = 3)]
    rows: u8,
    /// JSON: letters of one width, nothing corrected.
    #[props(default)]
    json: bool,
    /// A sentence about what to write.
    help: Option<String>,
    /// What is wrong with it.
    error: Option<String>,
    /// It must not be empty.
    #[props(default)]
    required: bool,
    /// It can be read, and copied, but not changed.
    #[props(default)]
    readonly: bool,
    /// It can neither be changed nor is it sent.
    #[props(default)]
    disabled: bool,
    /// An example; never instead of a label.
    placeholder: Option<String>,
    /// Most characters.
    maxlength: Option<u32>,
    /// Its value changes with every key.
    oninput: Option<EventHandler<FormEvent>>,
    /// It was left with another value.
    onchange: Option<EventHandler<FormEvent>>,
) -> Element {
    let frame = Frame { name, label, help, error, required };
    let mut listeners = on_input(oninput);
    listeners.extend(on_change(onchange));
    frame.around(rsx! {
        textarea {
            class: if json { "ao-input ao-textarea ao-code" } else { "ao-input ao-textarea" },
            id: frame.id(),
            name: "{frame.name}",
            rows: i64::from(rows.max(1)),
            value: "{value}",
            required: frame.required,
            readonly,
            disabled,
            placeholder,
            maxlength: maxlength.map(i64::from),
            spellcheck: json.then_some("false"),
            autocapitalize: json.then_some("off"),
            "aria-invalid": frame.invalid(),
            "aria-describedby": frame.described_by(),
            ..listeners,
        }
    })
}

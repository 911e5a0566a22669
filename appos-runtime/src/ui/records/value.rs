//! How the value of a field is shown to people: one answer for lists and for details.

use std::borrow::Cow;

use dioxus::prelude::*;

use crate::model::{Row, record_of};
use crate::registry::{FieldDescriptor, ObjectDescriptor, SystemField, Validation};
use crate::ui::markup::Markup;
use crate::ui::text::{Format, names, own};
use crate::value::{DateTime, FieldType, Value};

/// A value as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shown<'a> {
    /// There is none.
    Nothing,
    /// A text; also what a list or JSON holds.
    Text(Cow<'a, str>),
    /// A number, to stand at the right.
    Number(String),
    /// True or false.
    Truth(bool),
    /// A choice: its stored name, and its name for people.
    Choice(&'a str, Cow<'a, str>),
    /// A text that leads somewhere.
    Link {
        /// An address of this server, `mailto:` or `http(s):`.
        href: String,
        text: Cow<'a, str>,
        /// True if it leads away from this server.
        away: bool,
    },
    /// A date or a moment: for machines, and for people.
    Time(String, String),
}

impl<'a> Shown<'a> {
    /// A value of an author's field; `beside`: the row that it refers to, if that may be seen.
    pub(crate) fn of(
        field: &FieldDescriptor,
        value: &'a Value,
        beside: Option<(&'static ObjectDescriptor, &'a Row)>,
    ) -> Self {
        Self::for_reader(&Format::current(), field, value, beside)
    }

    /// The same for a reader who is known already.
    pub(crate) fn for_reader(
        format: &Format,
        field: &FieldDescriptor,
        value: &'a Value,
        beside: Option<(&'static ObjectDescriptor, &'a Row)>,
    ) -> Self {
        match (value, field.field_type) {
            (Value::Integer(_), FieldType::Reference(_)) if beside.is_some() => beside.map_or(Self::Nothing, row_link),
            (Value::Integer(id), FieldType::Reference(_)) => Self::Text(format!("#{id}").into()),
            (Value::Text(name), FieldType::Choice(choices)) => {
                let choice = choices.choices.iter().find(|choice| choice.value == name.as_str());
                Self::Choice(name, choice.map_or(name.as_str(), |choice| names::choice(field, choice)).into())
            }
            (Value::Decimal(number), FieldType::Decimal { scale }) => {
                let mut number = *number;
                // What is stored without its zeros is shown with them.
                number.rescale(scale);
                Self::Number(format.decimal(number))
            }
            (Value::Integer(size), _) if field.of_file && field.name == "size" => {
                Self::Number(format.size(size.unsigned_abs()))
            }
            (Value::Text(text), _) => linked(field, text),
            (value, _) => Self::plain(format, value),
        }
    }

    /// A value of which nothing but its type is known.
    fn plain(format: &Format, value: &'a Value) -> Self {
        match value {
            Value::Null | Value::Hidden => Self::Nothing,
            Value::Bool(truth) => Self::Truth(*truth),
            Value::Integer(number) => Self::Number(format.integer(*number)),
            Value::Float(number) => Self::Number(format.float(*number)),
            Value::Decimal(number) => Self::Number(format.decimal(*number)),
            Value::Text(text) => Self::Text(text.into()),
            Value::Uuid(uuid) => Self::Text(uuid.to_string().into()),
            Value::Date(date) => Self::Time(date.to_string(), format.date(*date)),
            Value::DateTime(moment) => {
                Self::Time(moment.to_rfc3339_opts(chrono::SecondsFormat::Secs, true), format.date_time(*moment))
            }
            Value::Json(serde_json::Value::Array(items)) => {
                let items = items.iter().map(|item| match item {
                    serde_json::Value::String(text) => text.clone(),
                    other => other.to_string(),
                });
                Self::Text(items.collect::<Vec<_>>().join(", ").into())
            }
            Value::Json(json) => Self::Text(json.to_string().into()),
        }
    }

    /// A value that every row has.
    pub(crate) fn system(field: SystemField, row: &Row) -> Shown<'static> {
        let user = |id: Option<i64>| id.map_or(Shown::Nothing, |id| Shown::Text(format!("#{id}").into()));
        let format = Format::current();
        let moment = |moment: DateTime| {
            Shown::Time(moment.to_rfc3339_opts(chrono::SecondsFormat::Secs, true), format.date_time(moment))
        };
        match field {
            SystemField::Id => Shown::Number(row.system.id.to_string()),
            SystemField::CreatedAt => moment(row.system.created_at),
            SystemField::CreatedBy => user(row.system.created_by),
            SystemField::UpdatedAt => moment(row.system.updated_at),
            SystemField::UpdatedBy => user(row.system.updated_by),
            SystemField::Version => Shown::Number(row.system.version.to_string()),
        }
    }

    /// Writes it as HTML; of a text at most `longest` characters.
    pub(crate) fn write(&self, html: &mut Markup, longest: usize) {
        match self {
            Self::Nothing => html.own("<span class=\"ao-dim\">\u{2013}</span>"),
            Self::Text(text) => match cut(text, longest) {
                None => html.text(text),
                Some(beginning) => {
                    // The whole stands in the tip.
                    let tip = cut(text, MAX_TIP).unwrap_or(text);
                    html.own("<span title=\"").text(tip).own("\">").text(beginning).own("\u{2026}</span>")
                }
            },
            Self::Number(number) => html.text(number),
            Self::Truth(truth) => {
                html.own(if *truth { "<span class=\"ao-flag ao-good\">" } else { "<span class=\"ao-flag\">" });
                html.text(yes_or_no(*truth)).own("</span>")
            }
            Self::Choice(name, label) => {
                html.own("<span class=\"ao-badge\" data-choice=\"").text(name).own("\">").text(label).own("</span>")
            }
            Self::Link { href, text, away } => {
                html.own("<a href=\"").text(href);
                html.own(if *away { AWAY } else { "\">" });
                html.text(cut(text, longest).unwrap_or(text));
                html.own(if cut(text, longest).is_some() { "\u{2026}</a>" } else { "</a>" })
            }
            Self::Time(machine, text) => {
                html.own("<time datetime=\"").text(machine).own("\">").text(text).own("</time>")
            }
        };
    }

    /// It as an element, whole.
    pub(crate) fn element(&self) -> Element {
        match self {
            Self::Nothing => rsx! {
                span { class: "ao-dim", "\u{2013}" }
            },
            Self::Text(text) => rsx! { "{text}" },
            Self::Number(text) => rsx! { "{text}" },
            Self::Truth(truth) => rsx! {
                span { class: if *truth { "ao-flag ao-good" } else { "ao-flag" }, {yes_or_no(*truth)} }
            },
            Self::Choice(name, label) => rsx! {
                span { class: "ao-badge", "data-choice": "{name}", "{label}" }
            },
            Self::Link { href, text, away: true } => rsx! {
                a { href: "{href}", rel: "noopener noreferrer", target: "_blank", "{text}" }
            },
            Self::Link { href, text, away: false } => rsx! {
                a { href: "{href}", "{text}" }
            },
            Self::Time(machine, text) => rsx! {
                time { datetime: "{machine}", "{text}" }
            },
        }
    }

    /// It as a text without form.
    pub(crate) fn into_text(self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) | Self::Choice(_, text) | Self::Link { text, .. } => text.into_owned(),
            Self::Number(text) | Self::Time(_, text) => text,
            Self::Truth(truth) => yes_or_no(truth).to_owned(),
        }
    }
}

fn yes_or_no(truth: bool) -> &'static str {
    if truth { own::actions::yes() } else { own::actions::no() }
}

/// Longest tip of a text that is cut.
const MAX_TIP: usize = 500;
/// The rest of a link that leads to another server, which learns nothing of ours.
const AWAY: &str = "\" rel=\"noopener noreferrer\" target=\"_blank\">";

/// The beginning of a text that is longer than this.
fn cut(text: &str, longest: usize) -> Option<&str> {
    // As many bytes cannot be more characters.
    if text.len() <= longest {
        return None;
    }
    text.char_indices().nth(longest).and_then(|(end, _)| text.get(..end))
}

/// A text that is an address is a link; nothing but the web and mail is opened.
fn linked<'a>(field: &FieldDescriptor, text: &'a str) -> Shown<'a> {
    let is_url = || text.starts_with("https://") || text.starts_with("http://");
    if field.validations.contains(&Validation::Email) {
        return Shown::Link { href: format!("mailto:{text}"), text: text.into(), away: false };
    }
    if field.validations.contains(&Validation::Url) && is_url() {
        return Shown::Link { href: text.to_owned(), text: text.into(), away: true };
    }
    Shown::Text(text.into())
}

fn row_link<'a>((object, row): (&'static ObjectDescriptor, &'a Row)) -> Shown<'a> {
    Shown::Link { href: row_address(object, row.system.id), text: name_of(object, row), away: false }
}

/// Address of a row's screen.
pub(crate) fn row_address(object: &'static ObjectDescriptor, id: i64) -> String {
    format!("{}/{id}", list_address(object))
}

/// Address of a record's list.
pub(crate) fn list_address(object: &'static ObjectDescriptor) -> String {
    format!("/{}/{}", object.app, record_of(object).plural.as_str())
}

/// What a row is called: the value of its display field as far as it may be read, else its number.
pub(crate) fn name_of<'a>(object: &'static ObjectDescriptor, row: &'a Row) -> Cow<'a, str> {
    let record = record_of(object);
    let display = record.display.and_then(|place| record.fields.get(place).zip(row.values.get(place)));
    let name = match display {
        // A reference would need the row that it leads to.
        Some((field, _)) if matches!(field.field_type, FieldType::Reference(_)) => Cow::default(),
        Some((_, Value::Text(text))) => Cow::Borrowed(text.as_str()),
        Some((field, value)) => Cow::Owned(Shown::of(field, value, None).into_text()),
        None => Cow::default(),
    };
    if name.trim().is_empty() { Cow::Owned(format!("#{}", row.system.id)) } else { name }
}

/// True if values of this type are numbers, and stand at the right.
pub(crate) const fn is_number(field_type: &FieldType) -> bool {
    matches!(field_type, FieldType::Integer { .. } | FieldType::Float | FieldType::Decimal { .. })
}

#[cfg(test)]
mod tests {
    use super::{Markup, Shown, cut, linked};
    use crate::registry::{FieldDescriptor, Validation};
    use crate::value::FieldValue;

    fn html(shown: &Shown<'_>, longest: usize) -> String {
        let mut html = Markup::default();
        shown.write(&mut html, longest);
        html.into_html().to_string()
    }

    #[test]
    fn only_the_web_and_mail_are_links() {
        let url =
            FieldDescriptor { validations: &[Validation::Url], ..FieldDescriptor::plain("u", "U", String::COLUMN) };
        assert_eq!(linked(&url, "javascript:alert(1)"), Shown::Text("javascript:alert(1)".into()));
        let shown = linked(&url, "https://a.example/?\"<x>");
        assert!(matches!(shown, Shown::Link { away: true, .. }), "{shown:?}");
        let written = html(&shown, 100);
        assert!(written.starts_with("<a href=\"https://a.example/?&quot;&lt;x&gt;\" rel="), "{written}");
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(cut("äöü", 3), None);
        assert_eq!(cut("äöü", 2), Some("äö"));
        assert_eq!(html(&Shown::Text("<äöü>".into()), 3), "<span title=\"&lt;äöü&gt;\">&lt;äö…</span>");
    }
}

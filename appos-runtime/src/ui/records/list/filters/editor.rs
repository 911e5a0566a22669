//! The form by which a filter is added or changed. It sends a question to the list, and needs no script.

use dioxus::prelude::*;

use super::names::{names, offered};
use crate::error::Result;
use crate::question::PERIODS;
use crate::security::Rights;
use crate::ui::components::{
    Button, ButtonVariant, Choice, InputKind, LinkButton, MultiSelect, RadioGroup, SelectField, TextField,
};
use crate::ui::records::list::address::{Asked, is_filter_of};
use crate::ui::records::list::columns::Column;
use crate::ui::records::list::toolbar::hidden;
use crate::ui::text::Format;
use crate::ui::text::own::{actions, lists};
use crate::value::{ChoicesDescriptor, Date, FieldType};

/// What the form of a filter shows.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui::records::list) struct Editor {
    name: &'static str,
    label: &'static str,
    nullable: bool,
    kind: Kind,
    /// What the address asks of the field now: operators and values.
    now: Vec<(String, String)>,
    /// What the form keeps of the address.
    kept: Vec<(String, String)>,
    path: String,
    /// The address without the form.
    close: String,
    /// The address without this filter.
    clear: String,
}

#[derive(Clone, Copy, Debug)]
struct Choices(&'static ChoicesDescriptor);

impl PartialEq for Choices {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Text,
    Number,
    Date,
    Moment,
    Choice(Choices),
    Truth,
    Reference {
        rows: Vec<(i64, String)>,
        more: bool,
        find: String,
    },
    /// Whether there is a value is all that can be asked.
    Presence,
}

impl Editor {
    fn now(&self, operator: &str) -> &str {
        self.now.iter().find(|(own, _)| own == operator).map_or("", |(_, value)| value)
    }
}

/// The form that the address asks for.
///
/// # Errors
/// The rows that a reference can lead to cannot be read.
pub(in crate::ui::records::list) async fn editor(
    asked: &Asked,
    all: &[Column],
    rights: &Rights,
) -> Result<Option<Editor>> {
    let Some(by) = asked.parameter("by") else { return Ok(None) };
    let Some(column) = all.iter().find(|column| column.name == by && column.stored) else { return Ok(None) };
    let parameters = asked.location.parameters();
    let own = parameters.iter().filter(|(name, _)| is_filter_of(name, column.name));
    let now: Vec<(String, String)> = own
        .filter_map(|(name, value)| {
            let path = name.strip_prefix("filter[")?.strip_suffix(']')?;
            let operator = path.split_once("][").map_or("eq", |(_, operator)| operator);
            Some((operator.to_owned(), value.to_owned()))
        })
        .collect();
    let kind = match column.field_type() {
        FieldType::Text | FieldType::Uuid => Kind::Text,
        FieldType::Integer { .. } | FieldType::Float | FieldType::Decimal { .. } => Kind::Number,
        FieldType::Date => Kind::Date,
        FieldType::DateTime => Kind::Moment,
        FieldType::Choice(choices) => Kind::Choice(Choices(choices)),
        FieldType::Bool => Kind::Truth,
        FieldType::Reference(target) => {
            let find = asked.parameter("find").unwrap_or_default();
            let (mut rows, more) = offered(target(), rights, &find).await?;
            // What is chosen stays, whatever is searched for.
            let chosen = now.iter().filter(|(operator, _)| operator == "in" || operator == "eq");
            let chosen: Vec<i64> =
                chosen.flat_map(|(_, ids)| ids.split(',')).filter_map(|id| id.parse().ok()).collect();
            let missing = chosen.into_iter().filter(|id| rows.iter().all(|(other, _)| other != id)).collect();
            rows.extend(names(target(), rights, missing).await?);
            Kind::Reference { rows, more, find }
        }
        FieldType::Json | FieldType::List(_) | FieldType::Many(_) => Kind::Presence,
    };
    Ok(Some(Editor {
        name: column.name,
        label: column.label,
        nullable: column.nullable(),
        kind,
        now,
        kept: asked.kept(|name| is_filter_of(name, column.name)),
        path: asked.location.path.clone(),
        close: asked.with(&[]),
        clear: asked.without_filters_of(column.name),
    }))
}

/// The form of a filter.
#[component]
pub(in crate::ui::records::list) fn FilterEditor(editor: Editor) -> Element {
    let empty = vec![Choice::new("true", lists::is_empty()), Choice::new("false", lists::is_not_empty())];
    rsx! {
        section { class: "ao-card ao-filter-editor", aria_label: lists::filter_by(editor.label),
            form { method: "get", action: "{editor.path}", class: "ao-filter-form",
                p { class: "ao-filter-title", {lists::filter_by(editor.label)} }
                {hidden(&editor.kept)}
                input { r#type: "hidden", name: "of", value: "{editor.name}" }
                {inputs(&editor)}
                if editor.nullable {
                    SelectField {
                        name: "empty",
                        label: lists::presence(),
                        choices: empty,
                        value: editor.now("null").to_owned(),
                        empty: lists::as_above(),
                    }
                }
                div { class: "ao-form-actions",
                    Button { submit: true, variant: ButtonVariant::Primary, {actions::apply()} }
                    if !editor.now.is_empty() {
                        LinkButton { to: "{editor.clear}", {actions::remove()} }
                    }
                    LinkButton { to: "{editor.close}", variant: ButtonVariant::Quiet, {actions::cancel()} }
                }
            }
        }
    }
}

fn inputs(editor: &Editor) -> Element {
    let chosen =
        || -> Vec<String> { editor.now("in").split(',').chain([editor.now("eq")]).map(str::to_owned).collect() };
    match &editor.kind {
        Kind::Text => text_inputs(editor),
        Kind::Number => rsx! {
            TextField { name: "from", label: lists::at_least(), kind: InputKind::Decimal, value: editor.now("gte").to_owned() }
            TextField { name: "to", label: lists::at_most(), kind: InputKind::Decimal, value: editor.now("lte").to_owned() }
        },
        Kind::Date => time_inputs(editor, editor.now("gte").to_owned(), editor.now("lte").to_owned()),
        Kind::Moment => {
            let day = |moment: &str| {
                let moment = chrono::DateTime::parse_from_rfc3339(moment).ok()?;
                Some(Format::current().day_of(moment.to_utc()))
            };
            let shown = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
            let end = day(editor.now("lt")).and_then(|day| day.pred_opt());
            rsx! {
                input { r#type: "hidden", name: "as", value: "moment" }
                {time_inputs(editor, shown(day(editor.now("gte"))), shown(end))}
            }
        }
        Kind::Choice(Choices(choices)) => {
            let all = choices.choices.iter().map(|choice| Choice::new(choice.value, choice.label)).collect::<Vec<_>>();
            rsx! {
                MultiSelect { name: "value", label: lists::one_of(), choices: all, values: chosen() }
            }
        }
        Kind::Truth => {
            let now = if editor.now("eq") == "false" { "false" } else { "true" };
            let both = vec![Choice::new("true", actions::yes()), Choice::new("false", actions::no())];
            rsx! {
                input { r#type: "hidden", name: "op", value: "eq" }
                RadioGroup { name: "value", label: lists::is(), choices: both, value: now.to_owned() }
            }
        }
        Kind::Reference { rows, more, find } => {
            let all: Vec<Choice> = rows.iter().map(|(id, name)| Choice::new(id.to_string(), name.as_str())).collect();
            let help = if rows.is_empty() { Some(lists::nothing_fits()) } else { more.then(lists::more_fit) };
            rsx! {
                // What is chosen is applied, and the form stays open with other rows to choose from.
                TextField { name: "find", label: actions::search(), kind: InputKind::Search, value: find.clone() }
                Button { submit: true, name: "by", value: editor.name.to_owned(), {lists::find()} }
                MultiSelect { name: "value", label: lists::one_of(), choices: all, values: chosen(), help: help.map(str::to_owned) }
            }
        }
        Kind::Presence => rsx! {},
    }
}

fn text_inputs(editor: &Editor) -> Element {
    let operators = [
        ("contains", lists::contains()),
        ("starts_with", lists::starts_with()),
        ("ends_with", lists::ends_with()),
        ("eq", lists::is_exactly()),
    ];
    let now = operators.into_iter().find(|(operator, _)| !editor.now(operator).is_empty());
    let (operator, value) = now.map_or(("contains", ""), |(operator, _)| (operator, editor.now(operator)));
    let choices: Vec<Choice> = operators.into_iter().map(|(name, words)| Choice::new(name, words)).collect();
    rsx! {
        SelectField { name: "op", label: lists::condition(), choices, value: operator.to_owned() }
        TextField { name: "value", label: lists::text(), value: value.to_owned(), autofocus: true }
    }
}

fn time_inputs(editor: &Editor, from: String, to: String) -> Element {
    let choices: Vec<Choice> = PERIODS.into_iter().map(|name| Choice::new(name, period_name(name))).collect();
    let during = editor.now("during").to_owned();
    rsx! {
        SelectField { name: "during", label: lists::period(), choices, value: during, empty: lists::as_below() }
        TextField { name: "from", label: lists::from(), kind: InputKind::Date, value: from }
        TextField { name: "to", label: lists::until(), kind: InputKind::Date, value: to }
    }
}

/// What a period is called.
pub(super) fn period_name(period: &str) -> &'static str {
    match period {
        "today" => lists::today(),
        "yesterday" => lists::yesterday(),
        "tomorrow" => lists::tomorrow(),
        "last_7_days" => lists::last_7_days(),
        "last_30_days" => lists::last_30_days(),
        "next_7_days" => lists::next_7_days(),
        "next_30_days" => lists::next_30_days(),
        "this_week" => lists::this_week(),
        "last_week" => lists::last_week(),
        "next_week" => lists::next_week(),
        "this_month" => lists::this_month(),
        "last_month" => lists::last_month(),
        "next_month" => lists::next_month(),
        "this_quarter" => lists::this_quarter(),
        "this_year" => lists::this_year(),
        "last_year" => lists::last_year(),
        _ => "",
    }
}

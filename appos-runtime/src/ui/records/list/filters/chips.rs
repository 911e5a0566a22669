//! The filters of a list in words.

use std::collections::HashMap;

use super::editor::period_name;
use super::names::names;
use crate::error::Result;
use crate::record::Readable;
use crate::security::Rights;
use crate::ui::records::list::address::Asked;
use crate::ui::records::list::columns::{self, Column};
use crate::ui::shell::names::in_words;
use crate::ui::text::Format;
use crate::ui::text::own::{actions, lists};
use crate::value::FieldType;

/// A filter in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ui::records::list) struct Chip {
    pub(in crate::ui::records::list) words: String,
    /// The address without it.
    pub(in crate::ui::records::list) without: String,
}

/// What each filter of an address that was understood says.
///
/// # Errors
/// The rows that one refers to cannot be read.
pub(in crate::ui::records::list) async fn chips(asked: &Asked, all: &[Column], rights: &Rights) -> Result<Vec<Chip>> {
    let parameters = asked.location.parameters();
    let mut chips = Vec::new();
    let groups: Vec<&str> =
        parameters.iter().map(|(name, _)| name).filter(|name| name.starts_with("filter[or][")).collect();
    for (name, value) in parameters.iter() {
        let chip = |words: String| Chip { words, without: asked.with(&[(name, None)]) };
        if name == "q" && !value.is_empty() {
            chips.push(chip(lists::search_words(value)));
        } else if name == "deleted" && value == "true" {
            chips.push(chip(lists::deleted_rows().to_owned()));
        } else if let Some(path) = name.strip_prefix("filter[").and_then(|rest| rest.strip_suffix(']'))
            && !path.starts_with("or][")
        {
            chips.push(chip(in_words_of(path, value, all, rights).await?));
        }
    }
    if !groups.is_empty() {
        let without: Vec<(&str, Option<&str>)> = groups.iter().map(|name| (*name, None)).collect();
        let words = lists::one_condition().to_owned();
        chips.push(Chip { words, without: asked.with(&without) });
    }
    Ok(chips)
}

async fn in_words_of(path: &str, value: &str, all: &[Column], rights: &Rights) -> Result<String> {
    let (field, operator) = path.split_once("][").unwrap_or((path, "eq"));
    let (first, second) = field.split_once('.').map_or((field, None), |(first, second)| (first, Some(second)));
    let column = all.iter().find(|column| column.name == first);
    let mut label = column.map_or_else(|| in_words(first), |column| column.label.to_owned());
    let mut of = column.copied();
    if let (Some(second), Some(FieldType::Reference(target))) = (second, column.map(Column::field_type)) {
        let target = target();
        of = columns::all(target, &Readable::of(target, rights)).into_iter().find(|column| column.name == second);
        let inner = of.map_or_else(|| in_words(second), |column| column.label.to_owned());
        label = format!("{label}: {}", inner.to_lowercase());
    }
    let field_type = of.map_or(FieldType::Text, |column| column.field_type());
    let known = match field_type {
        FieldType::Reference(target) => {
            let ids = value.split(',').filter_map(|id| id.parse().ok()).collect();
            names(target(), rights, ids).await?
        }
        _ => HashMap::new(),
    };
    let is_time = matches!(field_type, FieldType::Date | FieldType::DateTime);
    let one = |text: &str| one_value(&field_type, &known, text);
    let several = || value.split(',').map(one).collect::<Vec<_>>().join(", ");
    let (says, value) = match operator {
        "eq" => (lists::is(), one(value)),
        "ne" => (lists::is_not(), one(value)),
        "lt" if is_time => (lists::before(), one(value)),
        "lte" if is_time => (lists::until(), one(value)),
        "gt" if is_time => (lists::after(), one(value)),
        "gte" if is_time => (lists::from(), one(value)),
        "lt" => (lists::less_than(), one(value)),
        "lte" => (lists::at_most(), one(value)),
        "gt" => (lists::more_than(), one(value)),
        "gte" => (lists::at_least(), one(value)),
        "in" if !value.contains(',') => (lists::is(), one(value)),
        "in" => (lists::one_of(), several()),
        "not_in" => (lists::is_none_of(), several()),
        "between" => match value.split_once(',') {
            Some((low, high)) => (lists::between(), format!("{} – {}", one(low), one(high))),
            None => (lists::between(), value.to_owned()),
        },
        "during" => (lists::during(), period_name(value).to_lowercase()),
        "contains" => (lists::contains(), quoted(value)),
        "starts_with" => (lists::starts_with(), quoted(value)),
        "ends_with" => (lists::ends_with(), quoted(value)),
        "null" if value == "true" => return Ok(format!("{label} {}", lists::is_empty())),
        "null" => return Ok(format!("{label} {}", lists::is_not_empty())),
        other => (other, value.to_owned()),
    };
    Ok(lists::filter_words(&label, says, &value))
}

fn quoted(text: &str) -> String {
    format!("\u{201c}{text}\u{201d}")
}

fn one_value(field_type: &FieldType, known: &HashMap<i64, String>, text: &str) -> String {
    match field_type {
        FieldType::Choice(choices) => {
            let choice = choices.choices.iter().find(|choice| choice.value == text);
            choice.map_or(text, |choice| choice.label).to_owned()
        }
        FieldType::Bool => if text == "true" { actions::yes() } else { actions::no() }.to_owned(),
        FieldType::Reference(_) => {
            let name = text.parse().ok().and_then(|id: i64| known.get(&id));
            name.cloned().unwrap_or_else(|| format!("#{text}"))
        }
        FieldType::Text => quoted(text),
        FieldType::Date => text.parse().map_or_else(|_| text.to_owned(), |day| Format::current().date(day)),
        FieldType::DateTime => {
            let moment = chrono::DateTime::parse_from_rfc3339(text);
            moment.map_or_else(|_| text.to_owned(), |moment| Format::current().date_time(moment.to_utc()))
        }
        _ => text.to_owned(),
    }
}

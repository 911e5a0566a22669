//! The filters of a list in words.

use std::collections::HashMap;

use super::names::names;
use crate::error::Result;
use crate::record::Readable;
use crate::security::Rights;
use crate::ui::records::list::address::Asked;
use crate::ui::records::list::columns::{self, Column};
use crate::ui::shell::names::in_words;
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
            chips.push(chip(format!("Contains \u{201c}{value}\u{201d}")));
        } else if name == "deleted" && value == "true" {
            chips.push(chip("Deleted rows".to_owned()));
        } else if let Some(path) = name.strip_prefix("filter[").and_then(|rest| rest.strip_suffix(']'))
            && !path.starts_with("or][")
        {
            chips.push(chip(in_words_of(path, value, all, rights).await?));
        }
    }
    if !groups.is_empty() {
        let without: Vec<(&str, Option<&str>)> = groups.iter().map(|name| (*name, None)).collect();
        let words = "One of several conditions".to_owned();
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
    let said = match operator {
        "eq" => format!("is {}", one(value)),
        "ne" => format!("is not {}", one(value)),
        "lt" if is_time => format!("before {}", one(value)),
        "lte" if is_time => format!("until {}", one(value)),
        "gt" if is_time => format!("after {}", one(value)),
        "gte" if is_time => format!("from {}", one(value)),
        "lt" => format!("less than {}", one(value)),
        "lte" => format!("at most {}", one(value)),
        "gt" => format!("more than {}", one(value)),
        "gte" => format!("at least {}", one(value)),
        "in" if !value.contains(',') => format!("is {}", one(value)),
        "in" => format!("is one of {}", several()),
        "not_in" => format!("is none of {}", several()),
        "between" => match value.split_once(',') {
            Some((low, high)) => format!("from {} to {}", one(low), one(high)),
            None => value.to_owned(),
        },
        "during" => in_words(value).to_lowercase(),
        "contains" => format!("contains \u{201c}{value}\u{201d}"),
        "starts_with" => format!("begins with \u{201c}{value}\u{201d}"),
        "ends_with" => format!("ends with \u{201c}{value}\u{201d}"),
        "null" if value == "true" => "is empty".to_owned(),
        "null" => "is not empty".to_owned(),
        other => format!("{other} {value}"),
    };
    Ok(format!("{label} {said}"))
}

fn one_value(field_type: &FieldType, known: &HashMap<i64, String>, text: &str) -> String {
    match field_type {
        FieldType::Choice(choices) => {
            let choice = choices.choices.iter().find(|choice| choice.value == text);
            choice.map_or(text, |choice| choice.label).to_owned()
        }
        FieldType::Bool => if text == "true" { "yes" } else { "no" }.to_owned(),
        FieldType::Reference(_) => {
            let name = text.parse().ok().and_then(|id: i64| known.get(&id));
            name.cloned().unwrap_or_else(|| format!("#{text}"))
        }
        FieldType::DateTime => text.replace('T', " ").trim_end_matches('Z').trim_end_matches(":00").to_owned(),
        FieldType::Text => format!("\u{201c}{text}\u{201d}"),
        _ => text.to_owned(),
    }
}

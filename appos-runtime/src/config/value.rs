//! Readers of single values: text, numbers, durations, sizes, lists. Files are read strictly;
//! environment variables hold text only, which is read as what the key expects.

use std::time::Duration;

use super::mistake::{Place, Wrong, shown};
use super::yaml::{Content, Node};

/// A value as a key's reader sees it.
#[derive(Clone, Copy)]
pub(super) enum Value<'a> {
    /// From a file.
    Yaml(&'a Node),
    /// From an environment variable.
    Env(&'a str),
}

impl<'a> Value<'a> {
    fn kind(self) -> &'static str {
        match self {
            Value::Yaml(node) => node.kind(),
            Value::Env(_) => "a text",
        }
    }

    /// The text of a scalar; one in quotes only if the key's values need not be bare.
    fn scalar(self, expected: &str, example: &str, quoted_too: bool) -> Result<&'a str, Wrong> {
        match self {
            Value::Env(text) => Ok(text.trim()),
            Value::Yaml(node) => match &node.content {
                Content::Scalar { text, plain } if (*plain || quoted_too) && !node.is_null() => Ok(text),
                _ => Err(self.expected(expected, example)),
            },
        }
    }

    fn expected(self, expected: &str, example: &str) -> Wrong {
        Wrong::new(format!("expected {expected}, found {}", self.kind()), format!("write `{example}`"))
    }
}

/// A text. In a file, a bare number or `true` is refused: it was meant as something else.
pub(super) fn text<'a>(value: Value<'a>, example: &str) -> Result<&'a str, Wrong> {
    if value.kind() == "a text" {
        value.scalar("a text", example, true)
    } else {
        Err(value.expected("a text", example))
    }
}

/// A whole number between two limits.
pub(super) fn number(value: Value<'_>, least: u64, most: u64, example: &str) -> Result<u64, Wrong> {
    let text = value.scalar("a number", example, false)?;
    let Ok(number) = text.parse::<i128>() else {
        let kind = if text.parse::<f64>().is_ok() { "a fraction" } else { "a text" };
        return Err(Wrong::new(format!("expected a whole number, found {kind}"), format!("write `{example}`")));
    };
    match u64::try_from(number) {
        Ok(number) if (least..=most).contains(&number) => Ok(number),
        _ => Err(Wrong::new(format!("{number} is out of range"), format!("write a number from {least} to {most}"))),
    }
}

/// A part of all: a number from 0 to 1.
pub(super) fn part(value: Value<'_>, example: &str) -> Result<f64, Wrong> {
    let text = value.scalar("a number", example, false)?;
    match text.parse() {
        Ok(part) if (0.0..=1.0).contains(&part) => Ok(part),
        _ => Err(Wrong::new(
            format!("`{}` is no number from 0 to 1", shown(text)),
            format!("write a number from 0 to 1, such as `{example}`"),
        )),
    }
}

/// A duration such as `30s`; a plain number means seconds. Never zero, at most ten years.
pub(super) fn duration(value: Value<'_>, example: &str) -> Result<Duration, Wrong> {
    const UNITS: [(&str, u64); 5] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];
    const MOST: u64 = 3650 * 86_400_000;
    let text = value.scalar("a duration", example, true)?;
    let (digits, unit) = split_unit(text);
    let factor = match unit {
        "" => Some(1000),
        _ => UNITS.iter().find(|(name, _)| *name == unit).map(|(_, factor)| *factor),
    };
    let (Some(factor), Ok(number)) = (factor, digits.parse::<u64>()) else {
        let message = format!("`{}` is not a duration", shown(text));
        return Err(Wrong::new(message, format!("write `{example}`; units are ms, s, m, h and d")));
    };
    match number.checked_mul(factor) {
        Some(millis) if (1..=MOST).contains(&millis) => Ok(Duration::from_millis(millis)),
        _ => Err(Wrong::new(format!("{} is out of range", shown(text)), "write a duration from 1ms to 3650d")),
    }
}

/// A size in bytes such as `1 MB`; units count by 1024, a plain number means bytes.
pub(super) fn size(value: Value<'_>, least: u64, most: u64, example: &str) -> Result<usize, Wrong> {
    const UNITS: [(&str, u64); 5] = [("", 1), ("b", 1), ("kb", 1 << 10), ("mb", 1 << 20), ("gb", 1 << 30)];
    let text = value.scalar("a size", example, true)?;
    let (digits, unit) = split_unit(text);
    let unit = unit.to_ascii_lowercase();
    let factor = UNITS.iter().find(|(name, _)| *name == unit).map(|(_, factor)| *factor);
    let (Some(factor), Ok(number)) = (factor, digits.parse::<u64>()) else {
        let message = format!("`{}` is not a size", shown(text));
        return Err(Wrong::new(message, format!("write `{example}`; units are B, KB, MB and GB")));
    };
    let bytes = number.checked_mul(factor).filter(|bytes| (least..=most).contains(bytes));
    bytes.and_then(|bytes| usize::try_from(bytes).ok()).ok_or_else(|| {
        let help = format!("write a size from {} to {}", size_text(least), size_text(most));
        Wrong::new(format!("{} is out of range", shown(text)), help)
    })
}

/// One of a few words.
pub(super) fn choice<T: Copy>(value: Value<'_>, choices: &[(&str, T)]) -> Result<T, Wrong> {
    let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
    let help = || match names.split_last() {
        Some((last, [])) => format!("write {last}"),
        Some((last, before)) => format!("write {} or {last}", before.join(", ")),
        None => String::new(),
    };
    let text = value.scalar("a text", "", true).map_err(|wrong| Wrong::new(wrong.message, help()))?;
    let found = choices.iter().find(|(name, _)| *name == text).map(|(_, choice)| *choice);
    found.ok_or_else(|| Wrong::new(format!("`{}` is not possible here", shown(text)), help()))
}

/// An item of a list and its place, if it has one.
pub(super) type Item = (String, Option<Place>);

/// A list of texts, separated by commas in a variable; what is wrong goes into `wrongs`.
pub(super) fn list(value: Value<'_>, example: &str, wrongs: &mut Vec<Wrong>) -> Vec<Item> {
    let items = match value {
        Value::Env(text) => {
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            return items.map(|item| (item.to_owned(), None)).collect();
        }
        Value::Yaml(Node { content: Content::Sequence(items), .. }) => items,
        Value::Yaml(_) => {
            wrongs.push(value.expected("a list", example));
            return Vec::new();
        }
    };
    let mut found = Vec::new();
    for item in items {
        match text(Value::Yaml(item), example) {
            Ok(text) => found.push((text.to_owned(), Some(item.place))),
            Err(wrong) => wrongs.push(wrong.at(Some(item.place))),
        }
    }
    found
}

/// A list of names of one form, none of them twice.
pub(super) fn names(
    value: Value<'_>,
    (what, example): (&str, &str),
    good: fn(&str) -> bool,
    wrongs: &mut Vec<Wrong>,
) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (name, place) in list(value, example, wrongs) {
        if !good(&name) {
            let message = format!("`{}` is not the name of {what}", shown(&name));
            wrongs.push(Wrong::new(message, format!("write `{example}`")).at(place));
        } else if names.contains(&name) {
            wrongs.push(Wrong::new(format!("`{name}` is listed twice"), "keep one").at(place));
        } else {
            names.push(name);
        }
    }
    names
}

/// True for a name of lower-case letters, digits and underscores that begins with a letter.
pub(super) fn is_snake_case(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.len() <= 63
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// `text` in the form of [`is_snake_case`], as far as letters and digits allow.
pub(super) fn to_snake_case(text: &str) -> String {
    let mut name = String::new();
    let mut before = '_';
    for c in text.trim().chars() {
        if c.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_digit()) {
            name.push('_');
        }
        let next = if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
        if next != '_' || !(name.is_empty() || name.ends_with('_')) {
            name.push(next);
        }
        before = c;
    }
    name.trim_matches('_').trim_start_matches(|c: char| c.is_ascii_digit()).chars().take(63).collect()
}

fn split_unit(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, unit) = text.split_at(end);
    (digits, unit.trim())
}

/// A size in the largest unit in which it is whole.
pub(super) fn size_text(bytes: u64) -> String {
    match bytes {
        0 => "0 B".to_owned(),
        _ if bytes.is_multiple_of(1 << 30) => format!("{} GB", bytes >> 30),
        _ if bytes.is_multiple_of(1 << 20) => format!("{} MB", bytes >> 20),
        _ if bytes.is_multiple_of(1 << 10) => format!("{} KB", bytes >> 10),
        _ => format!("{bytes} B"),
    }
}

/// A duration in the largest unit in which it is whole.
pub(super) fn duration_text(duration: Duration) -> String {
    let millis = duration.as_millis();
    let units = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000)];
    let unit = units.into_iter().find(|(_, factor)| millis.is_multiple_of(*factor) && millis > 0);
    unit.map_or_else(|| format!("{millis}ms"), |(unit, factor)| format!("{}{unit}", millis / factor))
}

//! Compares what a database has with what its history says it has.

use std::collections::{BTreeMap, BTreeSet};

use super::column::{Column, ColumnKind};
use super::dialect::{Dialect, action};
use super::names;
use super::table::{Table, Tables};

/// Stands among the columns of an index that is only over some rows.
pub(super) const LIVE: &str = "of rows that are not deleted";

/// A table in the words of its database, in which both sides are compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) columns: BTreeMap<String, SeenColumn>,
    /// By name: columns, and whether they are unique.
    pub(super) indexes: BTreeMap<String, (Vec<String>, bool)>,
    /// What is there, but not whole.
    pub(super) broken: Vec<String>,
}

/// A column in the words of its database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SeenColumn {
    pub(super) type_name: String,
    pub(super) nullable: bool,
    pub(super) default: Option<String>,
    pub(super) choices: Option<BTreeSet<String>>,
    /// The table, and what happens when its row is deleted.
    pub(super) references: Option<(String, String)>,
}

impl Seen {
    /// What a table looks like when it is as described.
    fn expected(table: &Table, dialect: Dialect) -> Result<Self, String> {
        let mut seen = Self::default();
        for column in &table.columns {
            seen.columns.insert(column.name.clone(), SeenColumn::expected(column, dialect)?);
        }
        for index in &table.indexes {
            let keys = dialect.keys(table, index).map(|(name, rest)| format!("{name}{rest}"));
            let keys = keys.chain(index.live.then(|| LIVE.to_owned()));
            seen.indexes.insert(names::index(&table.name, index), (keys.collect(), index.unique));
        }
        Ok(seen)
    }
}

impl SeenColumn {
    fn expected(column: &Column, dialect: Dialect) -> Result<Self, String> {
        Ok(Self {
            type_name: dialect.type_of(&column.kind),
            nullable: column.nullable,
            default: dialect.default(column)?.map(|text| plain_default(&text)),
            choices: match &column.kind {
                ColumnKind::Choice(choices) => Some(choices.iter().cloned().collect()),
                _ => None,
            },
            references: column.references.as_ref().map(|key| (key.table.clone(), action(key.on_delete).to_owned())),
        })
    }
}

/// A default without what databases add to it: casts, brackets, quotes.
pub(super) fn plain_default(text: &str) -> String {
    let mut text = text.trim();
    while let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        text = inner.trim();
    }
    if let Some(quoted) = text.strip_prefix('\'')
        && let Some(end) = end_of_text(quoted)
    {
        return quoted[..end].replace("''", "'");
    }
    let text = text.split("::").next().unwrap_or(text).trim();
    match text.to_ascii_lowercase().as_str() {
        word @ ("true" | "false") => word.to_owned(),
        _ => text.strip_suffix(".0").unwrap_or(text).to_owned(),
    }
}

/// PostgreSQL keeps JSON in an order and with spaces of its own.
fn same_default(one: Option<&str>, other: Option<&str>) -> bool {
    let json = |text: Option<&str>| text.and_then(|text| serde_json::from_str::<serde_json::Value>(text).ok());
    one == other || json(one).is_some_and(|one| one.is_object() | one.is_array() && Some(one) == json(other))
}

/// Where a text ends whose first quote has been read.
fn end_of_text(text: &str) -> Option<usize> {
    let mut signs = text.char_indices().peekable();
    while let Some((place, sign)) = signs.next() {
        if sign == '\'' {
            match signs.peek() {
                Some((_, '\'')) => drop(signs.next()),
                _ => return Some(place),
            }
        }
    }
    None
}

/// Every difference between tables as described and tables as seen, in words.
pub(super) fn differences(
    expected: &Tables,
    seen: &BTreeMap<String, Seen>,
    dialect: Dialect,
) -> Result<Vec<String>, String> {
    let mut all = Vec::new();
    for table in expected.iter() {
        let Some(seen) = seen.get(&table.name) else {
            all.push(format!("table `{}` is missing", table.name));
            continue;
        };
        compare(&table.name, &Seen::expected(table, dialect)?, seen, &mut all);
    }
    Ok(all)
}

/// Every difference between two descriptions.
pub(super) fn between(expected: &Tables, found: &Tables, dialect: Dialect) -> Result<Vec<String>, String> {
    let seen = found
        .iter()
        .map(|table| Ok((table.name.clone(), Seen::expected(table, dialect)?)))
        .collect::<Result<BTreeMap<_, _>, String>>()?;
    let mut all = differences(expected, &seen, dialect)?;
    let more = seen.keys().filter(|name| expected.get(name).is_err());
    all.extend(more.map(|name| format!("table `{name}` is there and should not be")));
    Ok(all)
}

fn compare(table: &str, expected: &Seen, seen: &Seen, all: &mut Vec<String>) {
    for (name, column) in &expected.columns {
        match seen.columns.get(name) {
            None => all.push(format!("column `{table}.{name}` is missing")),
            Some(found) => compare_column(&format!("column `{table}.{name}`"), column, found, all),
        }
    }
    for name in seen.columns.keys().filter(|name| !expected.columns.contains_key(*name)) {
        all.push(format!("column `{table}.{name}` is there and should not be"));
    }
    for (name, (columns, unique)) in &expected.indexes {
        let kind = if *unique { "unique index" } else { "index" };
        match seen.indexes.get(name) {
            None => all.push(format!("{kind} `{name}` ({}) is missing", columns.join(", "))),
            Some(found) if *found != (columns.clone(), *unique) => {
                all.push(format!("{kind} `{name}` should be over ({})", columns.join(", ")));
            }
            Some(_) => {}
        }
    }
    for (name, (columns, _)) in seen.indexes.iter().filter(|(name, _)| !expected.indexes.contains_key(*name)) {
        all.push(format!("index `{name}` of `{table}` ({}) is there and should not be", columns.join(", ")));
    }
    all.extend(seen.broken.iter().cloned());
}

fn compare_column(what: &str, expected: &SeenColumn, found: &SeenColumn, all: &mut Vec<String>) {
    if expected.type_name != found.type_name {
        all.push(format!("{what} is of type {} and should be {}", found.type_name, expected.type_name));
    }
    if expected.nullable != found.nullable {
        let (is, should) = if found.nullable { ("may", "must not") } else { ("must not", "may") };
        all.push(format!("{what} {is} be empty and {should} be"));
    }
    if !same_default(expected.default.as_deref(), found.default.as_deref()) {
        let shown = |default: &Option<String>| default.as_ref().map_or("none".to_owned(), |text| format!("`{text}`"));
        all.push(format!(
            "{what} has the default {} and should have {}",
            shown(&found.default),
            shown(&expected.default)
        ));
    }
    if expected.choices != found.choices {
        let shown = |choices: &Option<BTreeSet<String>>| {
            choices.as_ref().map_or("anything".to_owned(), |list| list.iter().cloned().collect::<Vec<_>>().join("|"))
        };
        all.push(format!("{what} allows {} and should allow {}", shown(&found.choices), shown(&expected.choices)));
    }
    if expected.references != found.references {
        let shown = |key: &Option<(String, String)>| {
            key.as_ref().map_or("nothing".to_owned(), |(table, rule)| format!("`{table}` (on delete {rule})"))
        };
        all.push(format!(
            "{what} refers to {} and should refer to {}",
            shown(&found.references),
            shown(&expected.references)
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::plain_default;

    #[test]
    fn defaults_are_compared_without_what_databases_add() {
        for (seen, plain) in [
            ("'bronze'", "bronze"),
            ("'bronze'::text", "bronze"),
            ("'it''s'::text", "it's"),
            ("'-5'::integer", "-5"),
            ("TRUE", "true"),
            ("(1.5)", "1.5"),
            ("2.0", "2"),
            ("'a::b'", "a::b"),
        ] {
            assert_eq!(plain_default(seen), plain, "{seen}");
        }
    }
}

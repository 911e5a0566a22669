//! Rows of the first schema, and what each value must be in the second.

use appos_codegen::migration::{ColumnKind, Table};
use serde_json::{Value as Json, json};

use crate::evolve::Evolved;

/// How many rows each table has; the last one is as empty as it may be.
const ROWS: i64 = 3;

/// `{ rows: [{ table, id, values: [[column, kind, value, refers]] }], back, expected: [[table, id, column, kind, value]] }`
pub(crate) fn of(evolved: &Evolved) -> Json {
    let mut rows = Vec::new();
    for table in &evolved.before {
        for id in 1..=ROWS {
            let values: Vec<Json> = table
                .columns
                .iter()
                .filter(|column| column.kind != ColumnKind::Id)
                .map(|column| {
                    let value = before(evolved, table, &column.name, id);
                    json!([column.name, column.kind, value, column.references.is_some()])
                })
                .collect();
            rows.push(json!({ "table": table.name, "id": id, "values": values }));
        }
    }
    let mut expected = Vec::new();
    for table in &evolved.after {
        for column in table.columns.iter().filter(|column| column.kind != ColumnKind::Id) {
            let known = evolved.origins.keys().any(|(name, _)| *name == table.name);
            for id in (1..=ROWS).filter(|_| known) {
                let value = match evolved.origins.get(&(table.name.clone(), column.name.clone())) {
                    Some((old_table, old)) => {
                        let old_table = evolved.before.iter().find(|table| table.name == *old_table).expect("a table");
                        let was = old_table.columns.iter().find(|column| column.name == *old).expect("a column");
                        match before(evolved, old_table, old, id) {
                            Json::Null if !column.nullable => json!(column.fill.clone().or(column.default.clone())),
                            Json::Null => Json::Null,
                            _ if was.references.is_some() => json!(id),
                            // The text of JSON has quotes; a text that becomes JSON gets them.
                            _ if was.kind == ColumnKind::Json && column.kind == ColumnKind::Text => {
                                json!(json!(text_of(&ColumnKind::Text, id)).to_string())
                            }
                            _ => json!(literal(&column.kind, &was.kind, id)),
                        }
                    }
                    None => json!(column.fill.clone().or(column.default.clone())),
                };
                expected.push(json!([table.name, id, column.name, column.kind, value]));
            }
        }
    }
    json!({ "rows": rows, "back": leads_back(evolved), "expected": expected })
}

/// False if the way back is refused: because a column is dropped whose values were unique, and
/// what it is filled with is not; or because a column stays that referred to a dropped table.
fn leads_back(evolved: &Evolved) -> bool {
    let is_gone = |name: &str| !evolved.origins.values().any(|(old_table, _)| old_table == name);
    let refers_to_nothing = evolved.before.iter().filter(|table| !is_gone(&table.name)).any(|table| {
        table.columns.iter().any(|column| {
            let stays = evolved.origins.values().any(|(of, old)| *of == table.name && *old == column.name);
            stays && column.references.as_ref().is_some_and(|key| is_gone(&key.table))
        })
    });
    !refers_to_nothing
        && evolved.before.iter().all(|table| {
            let stays = |name: &String| {
                evolved.origins.values().any(|(old_table, old)| *old_table == table.name && old == name)
            };
            let is_gone = !evolved.origins.values().any(|(old_table, _)| *old_table == table.name);
            is_gone || table.indexes.iter().filter(|index| index.unique).flat_map(|index| &index.columns).all(stays)
        })
}

/// The value of a row before: what fits the kind that its column will have.
fn before(evolved: &Evolved, table: &Table, name: &str, id: i64) -> Json {
    let column = table.columns.iter().find(|column| column.name == name).expect("a column");
    if column.nullable && id == ROWS {
        return Json::Null;
    }
    if column.references.is_some() {
        return json!(id);
    }
    let becomes = evolved.origins.iter().find(|(_, (old_table, old))| *old_table == table.name && old == name);
    let becomes = becomes.and_then(|((table, name), _)| {
        let table = evolved.after.iter().find(|other| other.name == *table)?;
        table.columns.iter().find(|column| column.name == *name)
    });
    let target = becomes.map_or(&column.kind, |column| &column.kind);
    json!(literal(&column.kind, target, id))
}

/// A number as a value of a kind; `other` is the kind that it comes from or goes to.
pub(crate) fn literal(kind: &ColumnKind, other: &ColumnKind, number: i64) -> Option<Json> {
    // What both kinds can express.
    let small = matches!(kind, ColumnKind::Bool) || matches!(other, ColumnKind::Bool);
    let number = if small { number % 2 } else { number };
    let day = format!("2024-02-{:02}", number + 26);
    Some(match kind {
        ColumnKind::Id | ColumnKind::Integer => json!(number),
        ColumnKind::Float => json!(number as f64),
        ColumnKind::Decimal { .. } => json!(number.to_string()),
        ColumnKind::Bool => json!(number == 1),
        ColumnKind::Date => json!(day),
        ColumnKind::DateTime => json!(format!("{day}T00:00:00.000000Z")),
        ColumnKind::Uuid => json!(format!("00000000-0000-4000-8000-{number:012x}")),
        ColumnKind::Json => json!(json!(text_of(other, number)).to_string()),
        ColumnKind::Choice(words) => json!(chosen(words, number)),
        ColumnKind::Text => json!(text_of(other, number)),
    })
}

/// The text of a value of this kind.
fn text_of(kind: &ColumnKind, number: i64) -> String {
    match kind {
        ColumnKind::Decimal { scale: 0 } | ColumnKind::Integer | ColumnKind::Id => number.to_string(),
        ColumnKind::Decimal { scale } => format!("{number}.{}", "0".repeat(*scale as usize)),
        ColumnKind::Float => format!("{number}.0"),
        ColumnKind::Bool => (number % 2 == 1).to_string(),
        ColumnKind::Json | ColumnKind::Text => format!("text {number} of it's"),
        ColumnKind::Choice(words) => chosen(words, number),
        kind => match literal(kind, kind, number) {
            Some(Json::String(text)) => text,
            _ => String::new(),
        },
    }
}

/// A word that both sets of choices have: they begin alike, and have two at least.
fn chosen(words: &[String], number: i64) -> String {
    words[usize::try_from(number % 2).unwrap_or(0)].clone()
}

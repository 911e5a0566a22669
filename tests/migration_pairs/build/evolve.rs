//! From one random schema to another: every kind of change, several at once.

use std::collections::BTreeMap;

use appos_codegen::migration::{Answers, Column, ColumnKind, Table};
use fastrand::Rng;

use crate::random::{add_index, any, choice, column, default, free_name, on_delete, system, table, tables};

/// A schema, the one it becomes, and what was renamed.
pub(crate) struct Evolved {
    pub(crate) before: Vec<Table>,
    pub(crate) after: Vec<Table>,
    pub(crate) answers: Answers,
    /// Columns by new table and name: the old name.
    pub(crate) origins: BTreeMap<(String, String), (String, String)>,
}

pub(crate) fn pair(rng: &mut Rng) -> Evolved {
    let before = tables(rng);
    let mut after = before.clone();
    let mut answers = Answers::default();
    let mut was: BTreeMap<String, String> =
        before.iter().map(|table| (table.name.clone(), table.name.clone())).collect();
    if rng.u8(..3) == 0 && after.len() > 1 {
        let gone = after.remove(rng.usize(..after.len())).name;
        was.remove(&gone);
        for table in &mut after {
            release(rng, table, &gone);
        }
    }
    if rng.u8(..3) == 0 {
        let (old, new) = (after[0].name.clone(), format!("new_{}", rng.u8(..)));
        rename(&mut after, &old, &new);
        if let Some(origin) = was.remove(&old) {
            answers.tables.insert(new.clone(), origin.clone());
            was.insert(new, origin);
        }
    }
    let mut names: Vec<String> = after.iter().map(|table| table.name.clone()).collect();
    if rng.u8(..3) == 0 {
        names.push(format!("more_{}", rng.u8(..)));
        let others: Vec<&str> = names.iter().map(String::as_str).collect();
        after.push(table(rng, others[others.len() - 1], &others));
    }
    let mut origins = BTreeMap::new();
    let others: Vec<&str> = names.iter().map(String::as_str).collect();
    for table in &mut after {
        let Some(old_table) = was.get(&table.name) else { continue };
        let old = before.iter().find(|table| table.name == *old_table).expect("it was there");
        let mut columns: BTreeMap<String, String> =
            table.columns.iter().map(|column| (column.name.clone(), column.name.clone())).collect();
        for _ in 0..rng.usize(..5) {
            change(rng, (table, old), &others, &mut columns);
        }
        for (new, old) in columns {
            if new != old {
                answers.columns.insert((table.name.clone(), new.clone()), old.clone());
            }
            origins.insert((table.name.clone(), new), (old_table.clone(), old));
        }
    }
    Evolved { before, after, answers, origins }
}

/// References to a table that goes.
fn release(rng: &mut Rng, table: &mut Table, gone: &str) {
    let refers = |column: &Column| column.references.as_ref().is_some_and(|key| key.table == gone);
    if rng.bool() {
        for column in table.columns.iter_mut().filter(|column| refers(column)) {
            column.references = None;
        }
    } else {
        let names: Vec<String> = table.columns.iter().filter(|column| refers(column)).map(|c| c.name.clone()).collect();
        for name in names {
            remove(table, &name);
        }
    }
}

fn rename(tables: &mut [Table], old: &str, new: &str) {
    for table in tables {
        if table.name == old {
            new.clone_into(&mut table.name);
        }
        let keys = table.columns.iter_mut().filter_map(|column| column.references.as_mut());
        keys.filter(|key| key.table == old).for_each(|key| new.clone_into(&mut key.table));
    }
}

fn remove(table: &mut Table, name: &str) {
    table.columns.retain(|column| column.name != name);
    table.indexes.retain(|index| !index.columns.iter().any(|column| column == name));
}

/// One change; `columns` says which of the old ones each column is.
fn change(rng: &mut Rng, (table, old): (&mut Table, &Table), others: &[&str], columns: &mut BTreeMap<String, String>) {
    let own = system().len();
    let origin = |columns: &BTreeMap<String, String>, name: &str| {
        let old_name = columns.get(name)?;
        old.columns.iter().find(|column| column.name == *old_name)
    };
    let place = (table.columns.len() > own).then(|| rng.usize(own..table.columns.len()));
    match (rng.u8(..9), place) {
        (0 | 1, _) => {
            let mut column = column(rng, table, others);
            // Names of old columns mean the old columns.
            let name: String = column.name.chars().take(20).collect();
            column.name = format!("x{}_{}_{name}", rng.u16(..), table.columns.len());
            if !column.nullable && column.default.is_none() {
                column.fill = crate::rows::literal(&column.kind, &ColumnKind::Text, 1);
            }
            table.columns.push(column);
        }
        (2, Some(place)) => {
            let name = table.columns[place].name.clone();
            remove(table, &name);
            columns.remove(&name);
        }
        (3, Some(place)) => {
            let (old, new) = (
                table.columns[place].name.clone(),
                format!("r{}_{}", rng.u16(..), free_name(rng, table).chars().take(9).collect::<String>()),
            );
            for name in table.indexes.iter_mut().flat_map(|index| &mut index.columns).filter(|name| **name == old) {
                new.clone_into(name);
            }
            new.clone_into(&mut table.columns[place].name);
            if let Some(origin) = columns.remove(&old) {
                columns.insert(new, origin);
            }
        }
        (4, Some(place)) => {
            let name = table.columns[place].name.clone();
            let plain = origin(columns, &name).is_some_and(|was| {
                was.references.is_none() && was.kind == table.columns[place].kind && !is_unique(old, &was.name)
            });
            if plain && !is_unique(table, &name) && table.columns[place].fill.is_none() {
                convert(rng, &mut table.columns[place]);
            }
        }
        (5, Some(place)) => {
            let name = table.columns[place].name.clone();
            let unique = is_unique(table, &name);
            let column = &mut table.columns[place];
            // An empty row becomes its default, so there must be one.
            let can = column.references.is_none() && (!column.nullable || (column.default.is_some() && !unique));
            if can && columns.contains_key(&name) {
                column.nullable = !column.nullable;
                column.fill = column.default.clone().filter(|_| !column.nullable);
            }
        }
        (6, Some(place)) => {
            let column = &mut table.columns[place];
            if column.references.is_none() && column.fill.is_none() && columns.contains_key(&column.name) {
                column.default = default(rng, &column.kind);
            }
        }
        (7, Some(place)) => {
            let column = &mut table.columns[place];
            if let Some(key) = &mut column.references {
                key.on_delete = on_delete(rng);
                if rng.bool() {
                    column.references = None;
                }
            } else if let ColumnKind::Choice(words) = &mut column.kind {
                words.push(format!("w{}", rng.u8(..)));
            }
        }
        _ => {
            if rng.bool() && !table.indexes.is_empty() {
                table.indexes.remove(rng.usize(..table.indexes.len()));
            } else {
                let before = table.indexes.len();
                add_index(rng, table);
                // New columns hold the same in every row, and converted ones may.
                let differs = |name: &String| {
                    let kind = table.columns.iter().find(|column| column.name == *name).map(|column| &column.kind);
                    origin(columns, name).is_some_and(|was| Some(&was.kind) == kind && was.references.is_none())
                };
                let index = table.indexes.get(before);
                if index.is_some_and(|index| index.unique && !index.columns.iter().all(differs)) {
                    table.indexes[before].unique = false;
                }
            }
        }
    }
}

fn is_unique(table: &Table, column: &str) -> bool {
    let over = |columns: &[String]| columns.iter().any(|name| name == column);
    table.indexes.iter().any(|index| index.unique && over(&index.columns))
}

/// Another kind to which values can be converted.
fn convert(rng: &mut Rng, column: &mut Column) {
    use ColumnKind::{Bool, Choice, Date, DateTime, Decimal, Float, Integer, Json, Text, Uuid};
    let decimal = Decimal { scale: rng.u32(..6) };
    let words = choice(rng);
    let to = match &column.kind {
        Integer => any(rng, &[&decimal, &Text, &Float, &Bool]).clone(),
        Decimal { .. } => any(rng, &[&decimal, &Integer, &Text, &Float]).clone(),
        Float => any(rng, &[&decimal, &Integer]).clone(),
        Bool => any(rng, &[&Integer, &Text]).clone(),
        Text => any(rng, &[&Integer, &Bool, &Date, &DateTime, &Uuid, &Json, &words, &decimal, &Float]).clone(),
        Date => any(rng, &[&DateTime, &Text]).clone(),
        DateTime => any(rng, &[&Date, &Text]).clone(),
        Uuid | Json => Text,
        Choice(_) => any(rng, &[&Text, &words]).clone(),
        ColumnKind::Id => return,
    };
    column.kind = to;
    // A nullable column that becomes required needs what fills it.
    column.default = default(rng, &column.kind);
}

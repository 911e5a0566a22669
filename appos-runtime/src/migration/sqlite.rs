//! Changes of tables on SQLite: what it can do itself, and copying the rows into a new table for
//! all else (<https://www.sqlite.org/lang_altertable.html#otheralter>).
//!
//! The runner has switched foreign keys off meanwhile, so that dropping the old table deletes no
//! rows of others, and checks all of them before it commits.

use super::alteration::Altered;
use super::checks;
use super::column::{Column, ColumnKind};
use super::convert::conversion;
use super::dialect::{Dialect, check, listed, quoted, quoted_text, references};
use super::plan::{Plan, drop_index};
use super::table::{Index, Table};

const DIALECT: Dialect = Dialect::Sqlite;

pub(super) fn rename(plan: &mut Plan, table: &Table, renamed: &Table) {
    for index in &table.indexes {
        plan.sql(drop_index(&table.name, index));
    }
    plan.sql(format!("ALTER TABLE {} RENAME TO {}", quoted(&table.name), quoted(&renamed.name)));
    for index in &table.indexes {
        plan.sql(DIALECT.create_index(renamed, index, ""));
    }
}

pub(super) fn alter(plan: &mut Plan, altered: &Altered<'_>) -> Result<(), String> {
    checks::rows_fit(plan, altered, DIALECT)?;
    if can_be_altered(altered) { in_place(plan, altered) } else { rebuild(plan, altered) }
}

/// SQLite itself renames and adds columns, and drops those that nothing depends on.
fn can_be_altered(altered: &Altered<'_>) -> bool {
    let same = |before: &Column, after: &Column| {
        before.kind == after.kind
            && before.nullable == after.nullable
            && before.default == after.default
            && before.references == after.references
    };
    let can_add = |column: &Column| {
        // A column that refers to rows can be added only if it is empty at first.
        let empty = column.nullable && column.default.is_none();
        let filled = altered.filled(column);
        filled.fill.is_none() && (empty || (column.default.is_some() && column.references.is_none()))
    };
    let can_drop = |name: &String| {
        altered.before.find(name).is_some_and(|column| {
            column.references.is_none() && !matches!(column.kind, ColumnKind::Choice(_) | ColumnKind::Id)
        })
    };
    altered.kept().all(|(before, after)| same(before, after))
        && altered.added().all(can_add)
        && altered.dropped().iter().all(can_drop)
}

fn in_place(plan: &mut Plan, altered: &Altered<'_>) -> Result<(), String> {
    let table = &altered.before.name;
    let alter = format!("ALTER TABLE {}", quoted(table));
    let renamed: Vec<(&Index, &Index)> = altered.kept_indexes().filter(|(before, after)| before != after).collect();
    for index in altered.dropped_indexes().chain(renamed.iter().map(|(before, _)| *before)) {
        plan.sql(drop_index(table, index));
    }
    for name in altered.dropped() {
        plan.sql(format!("{alter} DROP COLUMN {}", quoted(name)));
    }
    for (before, after) in altered.renamed() {
        plan.sql(format!("{alter} RENAME COLUMN {} TO {}", quoted(&before.name), quoted(&after.name)));
    }
    for column in altered.added() {
        let mut definition = DIALECT.column(column)?;
        for constraint in [check(column), column.references.as_ref().map(references)].into_iter().flatten() {
            definition.push(' ');
            definition.push_str(&constraint);
        }
        plan.sql(format!("{alter} ADD COLUMN {definition}"));
    }
    for index in renamed.iter().map(|(_, after)| *after) {
        plan.sql(DIALECT.create_index(altered.after, index, ""));
    }
    add_indexes(plan, altered);
    Ok(())
}

fn add_indexes(plan: &mut Plan, altered: &Altered<'_>) {
    let table = &altered.after.name;
    for index in altered.added_indexes() {
        checks::rows_differ(plan, table, index);
        plan.sql(DIALECT.create_index(altered.after, index, ""));
    }
}

/// A new table, the rows, and the old name.
fn rebuild(plan: &mut Plan, altered: &Altered<'_>) -> Result<(), String> {
    let table = &altered.before.name;
    let new = format!("{table}__new");
    plan.sql(DIALECT.create_table(altered.after, &new)?);
    let mut values = Vec::new();
    for column in &altered.after.columns {
        let fill = DIALECT.value_for_rows(altered.filled(column))?;
        values.push(match altered.origin(column) {
            None => fill.unwrap_or_else(|| "NULL".to_owned()),
            Some(before) => {
                let c = quoted(&before.name);
                let value = conversion(&before.kind, &column.kind, &c, DIALECT)
                    .ok_or_else(|| checks::no_conversion(table, before, column))?
                    .value;
                match fill {
                    Some(fill) if before.nullable && !column.nullable => format!("coalesce({value}, {fill})"),
                    _ => value,
                }
            }
        });
    }
    let columns = listed(altered.after.columns.iter().map(|column| &column.name));
    let (old, new) = (quoted(table), quoted(&new));
    plan.sql(format!("INSERT INTO {new} ({columns}) SELECT {} FROM {old}", values.join(", ")));
    if altered.after.columns.iter().any(|column| column.kind == ColumnKind::Id) {
        // Numbers of deleted rows are not given again.
        let (old, new) = (quoted_text(table), quoted_text(&format!("{table}__new")));
        plan.sql(format!("DELETE FROM sqlite_sequence WHERE name = {new}"));
        plan.sql(format!(
            "INSERT INTO sqlite_sequence (name, seq) SELECT {new}, seq FROM sqlite_sequence WHERE name = {old}"
        ));
    }
    plan.sql(format!("DROP TABLE {old}"));
    plan.sql(format!("ALTER TABLE {new} RENAME TO {old}"));
    for (_, index) in altered.kept_indexes() {
        plan.sql(DIALECT.create_index(altered.after, index, ""));
    }
    add_indexes(plan, altered);
    Ok(())
}

//! Changes of tables on PostgreSQL, so that those who use a table are not stopped for longer
//! than a moment: constraints are added `NOT VALID` and validated afterwards, a column becomes
//! `NOT NULL` by way of a validated check, indexes of tables in use are built concurrently.

use super::alteration::Altered;
use super::checks;
use super::column::{Column, ColumnKind};
use super::convert::conversion;
use super::dialect::{Dialect, quoted};
use super::names;
use super::plan::{Plan, drop_index};
use super::table::Table;

const DIALECT: Dialect = Dialect::Postgres;

pub(super) fn rename(plan: &mut Plan, table: &Table, to: &str) {
    plan.sql(format!("ALTER TABLE {} RENAME TO {}", quoted(&table.name), quoted(to)));
    for column in &table.columns {
        let (from, new) = (&table.name, quoted(to));
        let mut constraint = |old: String, name: String| {
            if old != name {
                plan.sql(format!("ALTER TABLE {new} RENAME CONSTRAINT {} TO {}", quoted(&old), quoted(&name)));
            }
        };
        match column.kind {
            ColumnKind::Id => constraint(names::primary_key(from), names::primary_key(to)),
            ColumnKind::Choice(_) => constraint(names::check(from, &column.name), names::check(to, &column.name)),
            _ => {}
        }
        if column.references.is_some() {
            constraint(names::foreign_key(from, &column.name), names::foreign_key(to, &column.name));
        }
    }
    for index in &table.indexes {
        rename_index(plan, &names::index(&table.name, index), &names::index(to, index));
    }
}

fn rename_index(plan: &mut Plan, old: &str, new: &str) {
    if old != new {
        plan.sql(format!("ALTER INDEX {} RENAME TO {}", quoted(old), quoted(new)));
    }
}

/// `new`: the table was made by the same migration, so nobody uses it.
pub(super) fn alter(plan: &mut Plan, altered: &Altered<'_>, new: bool) -> Result<(), String> {
    checks::rows_fit(plan, altered, DIALECT)?;
    let table = &altered.after.name;
    let alter = format!("ALTER TABLE {}", quoted(table));
    take_away(plan, altered, &alter);
    rename_parts(plan, altered, &alter);
    let mut validated = Vec::new();
    let mut required = Vec::new();
    for column in altered.added() {
        add(plan, altered.filled(column), column, &alter)?;
        constrain(plan, table, column, (true, true), &mut validated);
    }
    for (before, after) in altered.kept() {
        let c = quoted(&after.name);
        change_type(plan, before, after, &alter)?;
        let name = names::not_null(table, &after.name);
        if before.nullable && !after.nullable {
            if let Some(fill) = DIALECT.value_for_rows(altered.filled(after))? {
                plan.sql(format!("UPDATE {} SET {c} = {fill} WHERE {c} IS NULL", quoted(table)));
            }
            let name = quoted(&name);
            plan.sql(format!("{alter} ADD CONSTRAINT {name} CHECK ({c} IS NOT NULL) NOT VALID"));
            validated.push(name.clone());
            required.push(format!("{alter} ALTER COLUMN {c} SET NOT NULL, DROP CONSTRAINT {name}"));
        } else if !before.nullable && after.nullable {
            plan.sql(format!("{alter} ALTER COLUMN {c} DROP NOT NULL"));
        }
        let checked = check_differs(before, after);
        let referring = after.references != before.references;
        constrain(plan, table, after, (checked, referring), &mut validated);
    }
    for name in validated {
        let validate = format!("{alter} VALIDATE CONSTRAINT {name}");
        if new { plan.sql(validate) } else { plan.defer(table, true, vec![validate]) }
    }
    for statement in required {
        if new { plan.sql(statement) } else { plan.defer(table, true, vec![statement]) }
    }
    for index in altered.added_indexes() {
        checks::rows_differ(plan, table, index);
        if new {
            plan.sql(DIALECT.create_index(altered.after, index, ""));
        } else {
            // What an attempt that failed has left is no index, and bears the name.
            let left = format!("DROP INDEX CONCURRENTLY IF EXISTS {}", quoted(&names::index(table, index)));
            plan.defer(table, false, vec![left, DIALECT.create_index(altered.after, index, "CONCURRENTLY ")]);
        }
    }
    Ok(())
}

fn check_differs(before: &Column, after: &Column) -> bool {
    before.kind != after.kind && matches!(after.kind, ColumnKind::Choice(_))
}

/// Constraints that change, indexes and columns that go.
fn take_away(plan: &mut Plan, altered: &Altered<'_>, alter: &str) {
    let table = &altered.before.name;
    for (before, after) in altered.kept() {
        if before.references.is_some() && before.references != after.references {
            plan.sql(format!("{alter} DROP CONSTRAINT {}", quoted(&names::foreign_key(table, &before.name))));
        }
        if before.kind != after.kind && matches!(before.kind, ColumnKind::Choice(_)) {
            plan.sql(format!("{alter} DROP CONSTRAINT {}", quoted(&names::check(table, &before.name))));
        }
    }
    for index in altered.dropped_indexes() {
        plan.sql(drop_index(table, index));
    }
    for name in altered.dropped() {
        plan.sql(format!("{alter} DROP COLUMN {}", quoted(name)));
    }
}

fn rename_parts(plan: &mut Plan, altered: &Altered<'_>, alter: &str) {
    let table = &altered.after.name;
    for (before, after) in altered.renamed() {
        plan.sql(format!("{alter} RENAME COLUMN {} TO {}", quoted(&before.name), quoted(&after.name)));
        let constraint = |name: &dyn Fn(&str, &str) -> String| {
            let (old, new) = (name(table, &before.name), name(table, &after.name));
            format!("{alter} RENAME CONSTRAINT {} TO {}", quoted(&old), quoted(&new))
        };
        if matches!(before.kind, ColumnKind::Choice(_)) && before.kind == after.kind {
            plan.sql(constraint(&names::check));
        }
        if before.references.is_some() && before.references == after.references {
            plan.sql(constraint(&names::foreign_key));
        }
    }
    for (before, after) in altered.kept_indexes() {
        rename_index(plan, &names::index(table, before), &names::index(table, after));
    }
}

/// A new column with a value for the rows there are costs nothing as a default (since version
/// 11), whatever the default is afterwards.
fn add(plan: &mut Plan, filled: &Column, column: &Column, alter: &str) -> Result<(), String> {
    let Some(fill) = filled.fill.clone() else {
        plan.sql(format!("{alter} ADD COLUMN {}", DIALECT.column(column)?));
        return Ok(());
    };
    let with_fill = Column { default: Some(fill), ..column.clone() };
    plan.sql(format!("{alter} ADD COLUMN {}", DIALECT.column(&with_fill)?));
    set_default(plan, column, alter)
}

fn set_default(plan: &mut Plan, column: &Column, alter: &str) -> Result<(), String> {
    let c = quoted(&column.name);
    match DIALECT.default(column)? {
        Some(default) => plan.sql(format!("{alter} ALTER COLUMN {c} SET DEFAULT {default}")),
        None => plan.sql(format!("{alter} ALTER COLUMN {c} DROP DEFAULT")),
    }
    Ok(())
}

fn change_type(plan: &mut Plan, before: &Column, after: &Column, alteration: &str) -> Result<(), String> {
    let c = quoted(&after.name);
    let (old, new) = (DIALECT.type_of(&before.kind), DIALECT.type_of(&after.kind));
    let retyped = old != new;
    if retyped {
        if before.default.is_some() {
            plan.sql(format!("{alteration} ALTER COLUMN {c} DROP DEFAULT"));
        }
        let value = conversion(&before.kind, &after.kind, &c, DIALECT)
            .ok_or_else(|| checks::no_conversion(&alteration.replace("ALTER TABLE ", ""), before, after))?
            .value;
        plan.sql(format!("{alteration} ALTER COLUMN {c} TYPE {new} USING {value}"));
    }
    // A default goes with the type it had.
    let lost = retyped && before.default.is_some();
    let differs = before.default != after.default;
    if (after.default.is_some() && (differs || lost)) || (after.default.is_none() && differs && !lost) {
        set_default(plan, after, alteration)?;
    }
    Ok(())
}

/// Adds what a column needs: (its check, its reference).
fn constrain(
    plan: &mut Plan,
    table: &str,
    column: &Column,
    (checked, referring): (bool, bool),
    validated: &mut Vec<String>,
) {
    let alter = format!("ALTER TABLE {}", quoted(table));
    if checked && let Some(check) = DIALECT.named_check(table, column) {
        plan.sql(format!("{alter} ADD {check} NOT VALID"));
        validated.push(quoted(&names::check(table, &column.name)));
    }
    if referring && let Some(key) = DIALECT.named_foreign_key(table, column) {
        plan.sql(format!("{alter} ADD {key} NOT VALID"));
        validated.push(quoted(&names::foreign_key(table, &column.name)));
    }
}

//! Rows that stand in the way of a change: counted before anything is changed, and reported in
//! words that say what to do.

use super::alteration::Altered;
use super::column::{Column, ColumnKind};
use super::convert::conversion;
use super::dialect::{Dialect, listed, quoted};
use super::plan::{Plan, Step};
use super::table::{DELETED_AT, Index};

/// Every value must be one of the column as it becomes.
pub(super) fn rows_fit(plan: &mut Plan, altered: &Altered<'_>, dialect: Dialect) -> Result<(), String> {
    let table = &altered.before.name;
    for (before, after) in altered.kept() {
        let c = quoted(&before.name);
        let Some(conversion) = conversion(&before.kind, &after.kind, &c, dialect) else {
            return Err(no_conversion(table, before, after));
        };
        if let Some(condition) = conversion.condition {
            let sql = count(table, &format!("{c} IS NOT NULL AND NOT ({condition})"));
            plan.step(Step::Check { sql, message: unfit(table, before, after) });
        }
        if before.nullable && !after.nullable && dialect.value_for_rows(altered.filled(after))?.is_none() {
            let sql = count(table, &format!("{c} IS NULL"));
            plan.step(Step::Check { sql, message: empty(table, before) });
        }
        if let Some(key) = after.references.as_ref().filter(|_| before.kind == after.kind)
            && before.references.as_ref().is_none_or(|before| before.table != key.table)
        {
            let other = quoted(&key.table);
            let sql = format!(
                "SELECT count(*) FROM {} AS r WHERE r.{c} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {other} AS o WHERE o.\"id\" = r.{c})",
                quoted(table)
            );
            let message = format!(
                "{{count}} rows of `{table}` refer in `{}` to rows of `{}` that do not exist. Change or empty them first",
                before.name, key.table
            );
            plan.step(Step::Check { sql, message });
        }
    }
    Ok(())
}

/// Rows must differ in the columns of a unique index. Asked when all values are what they will be.
pub(super) fn rows_differ(plan: &mut Plan, table: &str, index: &Index) {
    if index.unique {
        let columns = index.columns.join(", ");
        let message = format!(
            "{{count}} values of `{table}` ({columns}) are there more than once, and must be unique. Change these rows first"
        );
        plan.step(Step::Check { sql: count_doubles(table, index), message });
    }
}

fn count(table: &str, condition: &str) -> String {
    format!("SELECT count(*) FROM {} WHERE {condition}", quoted(table))
}

fn count_doubles(table: &str, index: &Index) -> String {
    let columns = &index.columns;
    let filled = columns.iter().map(|column| format!("{} IS NOT NULL", quoted(column)));
    let live = index.live.then(|| format!("{} IS NULL", quoted(DELETED_AT)));
    let filled = filled.chain(live).collect::<Vec<_>>().join(" AND ");
    format!(
        "SELECT count(*) FROM (SELECT 1 FROM {} WHERE {filled} GROUP BY {} HAVING count(*) > 1) AS doubles",
        quoted(table),
        listed(columns)
    )
}

fn unfit(table: &str, before: &Column, after: &Column) -> String {
    let what = match &after.kind {
        ColumnKind::Choice(choices) => format!("that is none of its choices any more ({})", choices.join(", ")),
        kind => format!("that is no {}", word(kind)),
    };
    format!(
        "{{count}} rows of `{table}` have a value in `{}` {what}. Change them first: `schema.sql(\"UPDATE ..\")` before this change",
        before.name
    )
}

fn empty(table: &str, column: &Column) -> String {
    format!(
        "{{count}} rows of `{table}` have no value in `{}`, which must not be empty any more. Give the column a `.fill(..)` or a `.default(..)`, or fill these rows first",
        column.name
    )
}

pub(super) fn no_conversion(table: &str, before: &Column, after: &Column) -> String {
    format!(
        "column `{table}.{}` is {} and cannot become {}: add a new column, fill it with `schema.sql(..)` and drop the old one",
        before.name,
        word(&before.kind),
        word(&after.kind)
    )
}

fn word(kind: &ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Id => "number of a row",
        ColumnKind::Integer => "whole number",
        ColumnKind::Float => "floating-point number",
        ColumnKind::Decimal { .. } => "decimal number of its size",
        ColumnKind::Bool => "truth value",
        ColumnKind::Text => "text",
        ColumnKind::Date => "date",
        ColumnKind::DateTime => "moment in UTC",
        ColumnKind::Uuid => "UUID",
        ColumnKind::Json => "JSON",
        ColumnKind::Choice(_) => "choice",
    }
}

//! Conditions, order and pages as SQL. Names come from descriptors, values are parameters.

use std::collections::HashMap;
use std::sync::LazyLock;

use sea_orm::sea_query::{Cond, ConditionalStatement, Expr, ExprTrait, Query, ReturningClause, SelectStatement};

use super::cursor::column_type;
use super::dialect::Dialect;
use crate::error::{AppOsError, Result};
use crate::model::{ColumnRef, Comparison, Condition, Direction, Selection, Sort, Target, TextMatch, record_of};
use crate::registry::{ObjectDescriptor, RecordDescriptor, Registry, SystemField};
use crate::value::Value;

/// The column of records with `soft_delete`.
pub(super) const DELETED_AT: &str = "deleted_at";

/// Name of a column.
pub(super) fn column_name(object: &'static ObjectDescriptor, column: ColumnRef) -> &'static str {
    match column {
        ColumnRef::System(system) => system.name(),
        ColumnRef::Deleted => DELETED_AT,
        ColumnRef::Field(index) => record_of(object).fields.get(index).map_or("id", |field| field.column),
    }
}

/// The sort keys of a selection, with the id last: an order without ties.
pub(super) fn total_order(selection: &Selection) -> Vec<Sort> {
    let id = ColumnRef::System(SystemField::Id);
    let mut sorts: Vec<Sort> = Vec::with_capacity(selection.sorts.len() + 1);
    for sort in &selection.sorts {
        if !sorts.iter().any(|earlier| earlier.column == sort.column) {
            sorts.push(*sort);
        }
    }
    if !sorts.iter().any(|sort| sort.column == id) {
        sorts.push(Sort { column: id, direction: Direction::Ascending });
    }
    sorts
}

/// The same order from its other end.
pub(super) fn turned_round(sorts: &[Sort]) -> Vec<Sort> {
    let turned = |direction| match direction {
        Direction::Ascending => Direction::Descending,
        Direction::Descending => Direction::Ascending,
    };
    sorts.iter().map(|sort| Sort { direction: turned(sort.direction), ..*sort }).collect()
}

/// `SELECT` of all columns: system columns first, then the stored fields in order.
pub(super) fn all_columns(object: &'static ObjectDescriptor) -> SelectStatement {
    let mut select = Query::select();
    select.expr(columns(object)).from(record_of(object).table);
    select
}

/// `RETURNING` of the same columns.
pub(super) fn returning_all(object: &'static ObjectDescriptor) -> ReturningClause {
    Query::returning().exprs([columns(object)])
}

/// The list of all columns. Its text is made once for each record: to put it together column by
/// column takes longer than all else that is done for a statement.
fn columns(object: &'static ObjectDescriptor) -> Expr {
    static TEXTS: LazyLock<HashMap<&'static str, String>> = LazyLock::new(|| {
        let records = Registry::global().records();
        records.map(|(object, record)| (object.reference, columns_of(record))).collect()
    });
    match TEXTS.get(object.reference) {
        Some(text) => Expr::cust(text.as_str()),
        None => Expr::cust(columns_of(record_of(object))),
    }
}

fn columns_of(record: &RecordDescriptor) -> String {
    let stored = record.fields.iter().filter(|field| field.is_stored()).map(|field| field.column);
    let quoted = |name: &str| format!("\"{name}\"");
    // What somebody else's table does not have keeps its place.
    let system = SystemField::ALL.map(|field| match field {
        SystemField::Id => quoted(field.name()),
        _ if record.external => "NULL".to_owned(),
        _ => quoted(field.name()),
    });
    system.into_iter().chain(stored.map(quoted)).collect::<Vec<_>>().join(", ")
}

fn parameter(dialect: Dialect, object: &'static ObjectDescriptor, column: ColumnRef, value: Value) -> Result<Expr> {
    let (field_type, _) = column_type(object, column);
    let value = dialect
        .to_column(&field_type, value)
        .ok_or_else(|| AppOsError::validation("a value of a filter does not fit its column").code_is("bad_filter"))?;
    Ok(Expr::value(value))
}

/// A condition as SQL. It is never `NULL`: `Not` of it is exactly the other rows.
pub(super) fn condition(dialect: Dialect, object: &'static ObjectDescriptor, wanted: Condition) -> Result<Expr> {
    let column = |column| Expr::col(column_name(object, column));
    Ok(match wanted {
        Condition::All(parts) => join(dialect, object, parts, true)?,
        Condition::Any(parts) => join(dialect, object, parts, false)?,
        Condition::Not(inner) => condition(dialect, object, *inner)?.not(),
        Condition::IsNull(of) | Condition::Compare(of, Comparison::Equal, Value::Null) => column(of).is_null(),
        Condition::Compare(of, Comparison::NotEqual, Value::Null) => column(of).is_not_null(),
        Condition::Compare(of, comparison, value) => {
            let value = parameter(dialect, object, of, value)?;
            let compared = match comparison {
                Comparison::Equal => column(of).eq(value),
                Comparison::NotEqual => return Ok(column(of).ne(value).or(column(of).is_null())),
                Comparison::Less => column(of).lt(value),
                Comparison::LessOrEqual => column(of).lte(value),
                Comparison::Greater => column(of).gt(value),
                Comparison::GreaterOrEqual => column(of).gte(value),
            };
            not_null(object, of, compared)
        }
        Condition::In(of, values) => {
            let values =
                values.into_iter().map(|value| parameter(dialect, object, of, value)).collect::<Result<Vec<_>>>()?;
            if values.is_empty() { Expr::value(1).eq(0) } else { not_null(object, of, column(of).is_in(values)) }
        }
        Condition::Text(of, place, text) => {
            let text = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            let pattern = match place {
                TextMatch::Contains => format!("%{text}%"),
                TextMatch::StartsWith => format!("{text}%"),
                TextMatch::EndsWith => format!("%{text}"),
            };
            not_null(object, of, dialect.matches(column(of), pattern))
        }
        Condition::Refers(of, Target(target), inner) => {
            let mut rows = related(dialect, target, *inner)?;
            rows.column("id");
            not_null(object, of, column(of).in_subquery(rows))
        }
        Condition::Referred(Target(target), place, inner) => {
            let of = column_name(target, ColumnRef::Field(place));
            let mut rows = related(dialect, target, *inner)?;
            rows.column(of).and_where(Expr::col(of).is_not_null());
            Expr::col("id").in_subquery(rows)
        }
    })
}

/// Rows of another record for which a condition holds, without those that were deleted.
fn related(dialect: Dialect, target: &'static ObjectDescriptor, inner: Condition) -> Result<SelectStatement> {
    let mut rows = Query::select();
    rows.from(record_of(target).table).and_where(condition(dialect, target, inner)?);
    if let Some(live) = super::visible::live(target) {
        rows.and_where(condition(dialect, target, live)?);
    }
    Ok(rows)
}

/// Comparisons with an empty column are `NULL`; made false here where the column may be empty.
/// An index can be used for both halves.
fn not_null(object: &'static ObjectDescriptor, of: ColumnRef, compared: Expr) -> Expr {
    if column_type(object, of).1 { compared.and(Expr::col(column_name(object, of)).is_not_null()) } else { compared }
}

fn join(dialect: Dialect, object: &'static ObjectDescriptor, parts: Vec<Condition>, all: bool) -> Result<Expr> {
    let mut parts = parts.into_iter().map(|part| condition(dialect, object, part));
    let Some(first) = parts.next() else {
        return Ok(Expr::value(1).eq(i32::from(all)));
    };
    parts.try_fold(first?, |joined, part| Ok(if all { joined.and(part?) } else { joined.or(part?) }))
}

/// Adds the conditions of a selection.
pub(super) fn filter(
    dialect: Dialect,
    object: &'static ObjectDescriptor,
    select: &mut SelectStatement,
    selection: &Selection,
) -> Result<()> {
    restrict(dialect, object, select, &selection.conditions)
}

/// Adds conditions.
pub(super) fn restrict(
    dialect: Dialect,
    object: &'static ObjectDescriptor,
    statement: &mut impl ConditionalStatement,
    conditions: &[Condition],
) -> Result<()> {
    for wanted in conditions {
        statement.and_where(condition(dialect, object, wanted.clone())?);
    }
    Ok(())
}

/// Adds the order.
pub(super) fn order(dialect: Dialect, object: &'static ObjectDescriptor, select: &mut SelectStatement, sorts: &[Sort]) {
    for sort in sorts {
        let (_, nullable) = column_type(object, sort.column);
        dialect.order(select, column_name(object, sort.column), sort.direction, nullable);
    }
}

/// Adds: only rows after the one with these sort values. `NULL` sorts as the smallest value.
pub(super) fn after(
    dialect: Dialect,
    object: &'static ObjectDescriptor,
    select: &mut SelectStatement,
    sorts: &[Sort],
    values: Vec<Value>,
) -> Result<()> {
    let at = |column, value| parameter(dialect, object, column, value).map(|value| dialect.unseen(value));
    // The same said once more of the first key alone: only then does a database begin to read
    // where the page begins. From the alternatives below it would read all rows before it, too.
    if let (Some(first), Some(value)) = (sorts.first(), values.first().filter(|value| **value != Value::Null)) {
        let (_, nullable) = column_type(object, first.column);
        let column = Expr::col(column_name(object, first.column));
        match first.direction {
            Direction::Ascending => {
                select.and_where(column.gte(at(first.column, value.clone())?));
            }
            Direction::Descending if nullable => {}
            Direction::Descending => {
                select.and_where(column.lte(at(first.column, value.clone())?));
            }
        }
    }
    let mut later = Cond::any();
    let mut same = Cond::all();
    for (sort, value) in sorts.iter().zip(values) {
        let column = || Expr::col(column_name(object, sort.column));
        let (_, nullable) = column_type(object, sort.column);
        let (beyond, equal) = if value == Value::Null {
            let beyond = (sort.direction == Direction::Ascending).then(|| column().is_not_null());
            (beyond, column().is_null())
        } else {
            let at = at(sort.column, value)?;
            let beyond = match sort.direction {
                Direction::Ascending => column().gt(at.clone()),
                Direction::Descending if nullable => column().lt(at.clone()).or(column().is_null()),
                Direction::Descending => column().lt(at.clone()),
            };
            (Some(beyond), column().eq(at))
        };
        if let Some(beyond) = beyond {
            later = later.add(same.clone().add(beyond));
        }
        same = same.add(equal);
    }
    select.cond_where(later);
    Ok(())
}

//! Counts, sums, averages, smallest and largest values: computed by the database over the rows
//! that the principal may see.

use rust_decimal::Decimal;
use sea_orm::sea_query::{Asterisk, Expr, Func, Query};
use serde::Serialize;

use super::cursor::column_type;
use super::dialect::Dialect;
use super::entry::run;
use super::fault::database_fault;
use super::select::{column_name, filter, restrict};
use super::service::Call;
use super::store::Store;
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::model::{Aggregate, Condition, Function, Selection, record_of};
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::state::{Ctx, QueryCount};
use crate::value::{FieldType, Value};

/// Answers, one row a group: the values of the group, then what was asked.
pub(crate) struct Answers(pub(crate) Vec<Vec<Value>>);

/// Logs say how many groups there were, not what was in them.
impl Serialize for Answers {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.0.len() as u64)
    }
}

/// Answers about rows; needs `view`.
pub(crate) fn aggregate(
    object: &'static ObjectDescriptor,
    mut selection: Selection,
    aggregate: Aggregate,
) -> impl Future<Output = Result<Answers>> + Send {
    run(Ctx::current(), object, (Permission::View, "aggregate"), LoggedArguments::none(), move |ctx| {
        Box::pin(async move {
            let call = Call::open(ctx, object).await?;
            let visible = call.restrict(&mut selection).await?;
            aggregate
                .groups
                .iter()
                .chain(&aggregate.column)
                .try_for_each(|column| call.readable.check_column(*column))?;
            call.store()?.aggregate(object, (&selection, &visible), &aggregate, call.count()).await.map(Answers)
        })
    })
}

const COUNTED: FieldType = FieldType::Integer { min: i64::MIN, max: i64::MAX };

impl Store {
    async fn aggregate(
        &self,
        object: &'static ObjectDescriptor,
        (selection, visible): (&Selection, &[Condition]),
        aggregate: &Aggregate,
        count: &QueryCount,
    ) -> Result<Vec<Vec<Value>>> {
        let dialect = self.dialect();
        let mut select = Query::select();
        select.from(record_of(object).table);
        let mut types = Vec::with_capacity(aggregate.groups.len() + 2);
        for group in &aggregate.groups {
            let (field_type, nullable) = column_type(object, *group);
            let name = column_name(object, *group);
            select.column(name).group_by_col(name);
            dialect.order(&mut select, name, crate::model::Direction::Ascending, nullable);
            types.push(field_type);
        }
        let column = aggregate.column.map(|column| (column_name(object, column), column_type(object, column).0));
        match (aggregate.function, column) {
            (Function::Count, _) => {
                select.expr(Func::count(Expr::col(Asterisk)));
                types.push(COUNTED);
            }
            (Function::Sum, Some((name, field_type))) => types.push(sum(dialect, &mut select, name, field_type)),
            (Function::Average, Some((name, field_type))) => {
                types.push(sum(dialect, &mut select, name, field_type));
                select.expr(Func::count(Expr::col(name)));
                types.push(COUNTED);
            }
            (Function::Smallest, Some((name, field_type))) => {
                select.expr(Func::min(Expr::col(name)));
                types.push(field_type);
            }
            (Function::Largest, Some((name, field_type))) => {
                select.expr(Func::max(Expr::col(name)));
                types.push(field_type);
            }
            (_, None) => return Err(AppOsError::execution("an aggregate without a column")),
        }
        filter(dialect, object, &mut select, selection)?;
        restrict(dialect, object, &mut select, visible)?;
        let found = self.read(count, &select, None).await?;
        let mut rows = Vec::with_capacity(found.len());
        for row in &found {
            let mut values = Vec::with_capacity(types.len());
            for (place, field_type) in types.iter().enumerate() {
                values.push(dialect.read_column(field_type, row, place).map_err(database_fault)?);
            }
            if aggregate.function == Function::Average {
                let (number, sum) = (values.pop().unwrap_or(Value::Null), values.pop().unwrap_or(Value::Null));
                values.push(quotient(&sum, &number));
            }
            rows.push(values);
        }
        Ok(rows)
    }
}

/// Adds the sum of a column, and answers its type: whole numbers stay whole, also where the
/// database would make them decimal.
fn sum(
    dialect: Dialect,
    select: &mut sea_orm::sea_query::SelectStatement,
    name: &'static str,
    field_type: FieldType,
) -> FieldType {
    match field_type {
        FieldType::Integer { .. } => {
            select.expr(dialect.whole(Expr::expr(Func::sum(Expr::col(name)))));
            COUNTED
        }
        other => {
            select.expr(Func::sum(Expr::col(name)));
            other
        }
    }
}

fn quotient(sum: &Value, number: &Value) -> Value {
    let Value::Integer(number) = number else { return Value::Null };
    match sum {
        Value::Integer(sum) => {
            Decimal::from(*sum).checked_div(Decimal::from(*number)).map_or(Value::Null, Value::Decimal)
        }
        Value::Decimal(sum) => sum.checked_div(Decimal::from(*number)).map_or(Value::Null, Value::Decimal),
        #[expect(clippy::cast_precision_loss, reason = "an average of floats is a float")]
        Value::Float(sum) if *number != 0 => Value::Float(sum / *number as f64),
        _ => Value::Null,
    }
}

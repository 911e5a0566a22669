//! PostgreSQL, from version 15. Each type of field has the column that it would have if a
//! person made the table:
//!
//! | field | column |
//! |---|---|
//! | integers, references | `bigint` |
//! | `Decimal` | `numeric(28, scale)` |
//! | `f64` | `double precision` |
//! | `bool` | `boolean` |
//! | `Date`, `DateTime` | `date`, `timestamptz` |
//! | `Uuid` | `uuid` |
//! | `Json`, lists | `jsonb` |
//! | texts, choices | `text COLLATE "C"` |
//!
//! The collation makes texts sort and match as they do in SQLite, whatever the database's own
//! is: by their bytes, and without the case of ASCII letters only.

use chrono::SubsecRound;
use rust_decimal::Decimal;
use sea_orm::sea_query;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, QueryResult, RuntimeErr};
use sqlx::postgres::{PgDatabaseError, PgListener, PgPoolOptions};
use uuid::Uuid;

use super::seam::{Fault, SetUp};
use crate::value::json::scaled;
use crate::value::{Date, DateTime, FieldType, Value};

/// A connection of its own beside the pool: it is held for as long as somebody listens.
pub(super) async fn listener(pool: &DatabaseConnection) -> Result<PgListener, DbErr> {
    let options = pool.get_postgres_connection_pool().connect_options();
    let own = PgPoolOptions::new().max_connections(1).connect_lazy_with(options.as_ref().clone());
    PgListener::connect_with(&own).await.map_err(|error| DbErr::Conn(RuntimeErr::SqlxError(error.into())))
}

/// A moment as a parameter. Its microseconds are cut off here: the driver would round them.
pub(super) fn moment(moment: &DateTime) -> sea_query::Value {
    sea_query::Value::ChronoDateTimeUtc(Some(moment.trunc_subsecs(6)))
}

/// A value as a parameter of a statement. `None`: it does not fit the column.
pub(super) fn to_column(field_type: &FieldType, value: Value) -> Option<sea_query::Value> {
    use sea_query::Value as Sql;
    Some(match (field_type, value) {
        (_, Value::Hidden) => return None,
        (_, Value::Null) => match field_type {
            FieldType::Integer { .. } | FieldType::Reference(_) | FieldType::Many(_) => Sql::BigInt(None),
            FieldType::Decimal { .. } => Sql::Decimal(None),
            FieldType::Float => Sql::Double(None),
            FieldType::Bool => Sql::Bool(None),
            FieldType::Date => Sql::ChronoDate(None),
            FieldType::DateTime => Sql::ChronoDateTimeUtc(None),
            FieldType::Uuid => Sql::Uuid(None),
            FieldType::Json | FieldType::List(_) => Sql::Json(None),
            FieldType::Text | FieldType::Choice(_) => Sql::String(None),
        },
        (FieldType::Decimal { scale }, Value::Decimal(number)) => {
            scaled(number, *scale)?;
            Sql::Decimal(Some(number))
        }
        (_, Value::Bool(value)) => Sql::Bool(Some(value)),
        (_, Value::Integer(value)) => Sql::BigInt(Some(value)),
        (_, Value::Float(value)) => Sql::Double(Some(value)),
        (_, Value::Text(value)) => Sql::String(Some(value)),
        (_, Value::Decimal(value)) => Sql::Decimal(Some(value)),
        (_, Value::Date(value)) => Sql::ChronoDate(Some(value)),
        (_, Value::DateTime(value)) => moment(&value),
        (_, Value::Uuid(value)) => Sql::Uuid(Some(value)),
        (_, Value::Json(value)) => Sql::Json(Some(Box::new(value))),
    })
}

/// Reads the column at a place of a result.
pub(super) fn from_column(field_type: &FieldType, row: &QueryResult, column: usize) -> Result<Value, DbErr> {
    // From the driver's row: `QueryResult` has an error made for every column without a value.
    fn get<'r, T>(row: &'r QueryResult, column: usize, value: impl FnOnce(T) -> Value) -> Result<Value, DbErr>
    where
        T: sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
    {
        let row = row.try_as_pg_row().ok_or_else(|| DbErr::Type("the row is another database's".to_owned()))?;
        let read: Option<T> =
            sqlx::Row::try_get(row, column).map_err(|error| DbErr::Query(RuntimeErr::SqlxError(error.into())))?;
        Ok(read.map_or(Value::Null, value))
    }
    match field_type {
        FieldType::Many(_) => Ok(Value::Null),
        // Tables that others have made hold narrower numbers, too, and moments without a zone.
        FieldType::Integer { .. } | FieldType::Reference(_) => get::<i64>(row, column, Value::Integer)
            .or_else(|_| get::<i32>(row, column, |number| Value::Integer(number.into())))
            .or_else(|_| get::<i16>(row, column, |number| Value::Integer(number.into()))),
        FieldType::Decimal { .. } => get::<Decimal>(row, column, |number| Value::Decimal(number.normalize())),
        FieldType::Float => get::<f64>(row, column, Value::Float)
            .or_else(|_| get::<f32>(row, column, |number| Value::Float(number.into()))),
        FieldType::Bool => get::<bool>(row, column, Value::Bool),
        FieldType::Text | FieldType::Choice(_) => get::<String>(row, column, Value::Text),
        FieldType::Date => get::<Date>(row, column, Value::Date),
        FieldType::DateTime => get::<DateTime>(row, column, Value::DateTime)
            .or_else(|_| get::<chrono::NaiveDateTime>(row, column, |moment| Value::DateTime(moment.and_utc()))),
        FieldType::Uuid => get::<Uuid>(row, column, Value::Uuid),
        FieldType::Json | FieldType::List(_) => get::<serde_json::Value>(row, column, Value::Json),
    }
}

/// Statements that keep a table from being changed otherwise than by new rows.
pub(super) fn append_only(table: &str) -> Vec<String> {
    vec![
        format!(
            "CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'this table is append-only'; END $$"
        ),
        format!(
            "CREATE OR REPLACE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} \
             FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
        ),
        // Without rows to refuse it for, TRUNCATE has a trigger of its own.
        format!(
            "CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} \
             FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
        ),
    ]
}

/// Waits for an advisory lock that ends with the transaction.
pub(super) async fn alone(what: SetUp, transaction: &impl ConnectionTrait) -> Result<(), DbErr> {
    // Any two numbers that other programs on the same database are unlikely to use: "appos".
    const OURS: i32 = 0x6170_6f73;
    let place = match what {
        SetUp::Schema => {
            // Another node may fill the database for longer than a statement takes otherwise.
            transaction.execute_unprepared("SET LOCAL statement_timeout = 0").await?;
            1
        }
        SetUp::Access => 2,
        SetUp::Months => 3,
        #[cfg(feature = "web")]
        SetUp::Metrics => 4,
    };
    transaction.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({OURS}, {place})")).await.map(|_| ())
}

/// What an error is about, by its SQLSTATE.
pub(super) fn fault(error: &PgDatabaseError) -> Fault {
    let constraint = || error.constraint().map(str::to_owned);
    match error.code() {
        "23505" => constraint().map_or(Fault::UniqueColumns(Vec::new()), Fault::UniqueIndex),
        "23503" | "23001" => Fault::ForeignKey(constraint()),
        "23514" => Fault::Check,
        "23502" => Fault::NotNull(error.column().map(str::to_owned)),
        "40001" | "40P01" | "55P03" => Fault::Conflict,
        "57014" => Fault::Slow,
        "22003" | "22008" => Fault::OutOfRange,
        "22021" | "22P05" => Fault::Unstorable,
        "53100" => Fault::Full,
        // The server ends, or has ended this connection.
        "57P01" | "57P02" | "57P03" | "57P05" => Fault::Broken,
        // Too many connections, no memory, its disk fails, only a copy for reading.
        "53200" | "53300" | "53400" | "58030" | "25006" => Fault::Unavailable,
        code if code.starts_with("08") => Fault::Broken,
        _ => Fault::Other,
    }
}

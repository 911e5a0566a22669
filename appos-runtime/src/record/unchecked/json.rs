//! Rows of a statement written by hand as JSON. Nobody has said of what type its columns are;
//! the database does.

use rust_decimal::Decimal;
use sea_orm::sea_query;
use sea_orm::{DbErr, QueryResult, TryGetable};
use serde_json::{Map, Number, Value as Json};
use sqlx::{Row, TypeInfo, ValueRef};
use uuid::Uuid;

use crate::value::{Date, DateTime};

/// A parameter. `None`: the number is larger than the databases count.
pub(super) fn parameter(value: Json) -> Option<sea_query::Value> {
    use sea_query::Value as Sql;
    Some(match value {
        Json::Null => Sql::String(None),
        Json::Bool(value) => value.into(),
        Json::Number(number) => match number.as_i64() {
            Some(number) => number.into(),
            None if number.is_u64() => return None,
            None => number.as_f64()?.into(),
        },
        Json::String(text) => text.into(),
        other => Sql::Json(Some(Box::new(other))),
    })
}

/// A row as an object, one entry a column.
///
/// # Errors
/// A column is of a type without a form in JSON, or two have the same name: which, in words.
pub(super) fn object(row: &QueryResult) -> Result<Json, String> {
    let mut object = Map::new();
    for (place, name) in row.column_names().into_iter().enumerate() {
        let kind = kind(row, place).map_err(|error| error.to_string())?;
        let value = match kind {
            None => Json::Null,
            Some(kind) => read(row, place, &kind)
                .ok_or_else(|| format!("column `{name}` is of type {kind}: cast it to text"))?
                .map_err(|_| format!("column `{name}` holds a {kind} that does not fit: cast it to text"))?,
        };
        if object.insert(name.clone(), value).is_some() || is_second(&name) {
            return Err(format!(
                "two columns are called `{}`: name one with AS",
                name.split(':').next().unwrap_or(&name)
            ));
        }
    }
    Ok(Json::Object(object))
}

/// True for a name such as `id:1`, by which SQLite calls the second column of a name.
fn is_second(name: &str) -> bool {
    name.rsplit_once(':').is_some_and(|(_, number)| number.parse::<u32>().is_ok())
}

/// The type of a value; `None`: there is none.
fn kind(row: &QueryResult, place: usize) -> Result<Option<String>, sqlx::Error> {
    if let Some(row) = row.try_as_pg_row() {
        let value = row.try_get_raw(place)?;
        return Ok((!value.is_null()).then(|| value.type_info().name().to_owned()));
    }
    if let Some(row) = row.try_as_mysql_row() {
        let value = row.try_get_raw(place)?;
        return Ok((!value.is_null()).then(|| value.type_info().name().to_owned()));
    }
    let Some(row) = row.try_as_sqlite_row() else { return Ok(None) };
    let value = row.try_get_raw(place)?;
    Ok((!value.is_null()).then(|| value.type_info().name().to_owned()))
}

/// A value; `None`: nothing is known of its type.
fn read(row: &QueryResult, place: usize, kind: &str) -> Option<Result<Json, DbErr>> {
    fn get<T: TryGetable>(row: &QueryResult, place: usize, json: impl FnOnce(T) -> Json) -> Result<Json, DbErr> {
        row.try_get_by_index(place).map(json)
    }
    let float = |number: f64| Number::from_f64(number).map_or(Json::Null, Json::Number);
    Some(match kind {
        "BOOL" | "BOOLEAN" => get::<bool>(row, place, Json::from),
        "INT2" | "SMALLINT" => get::<i16>(row, place, Json::from),
        "INT4" | "INT" => get::<i32>(row, place, Json::from),
        "INT8" | "INTEGER" | "BIGINT" => get::<i64>(row, place, Json::from),
        "FLOAT4" | "FLOAT" => get::<f32>(row, place, |number| float(number.into())),
        "FLOAT8" | "REAL" | "DOUBLE" => get::<f64>(row, place, float),
        // As text, like everywhere: a JSON number would be read as a float.
        "NUMERIC" | "DECIMAL" => get::<Decimal>(row, place, |number| number.to_string().into()),
        "TEXT" | "VARCHAR" | "CHAR" | "NAME" | "LONGTEXT" | "MEDIUMTEXT" | "TINYTEXT" => {
            get::<String>(row, place, Json::from)
        }
        "DATE" => get::<Date>(row, place, |date| date.to_string().into()),
        "TIMESTAMPTZ" => get::<DateTime>(row, place, |moment| self::moment(&moment)),
        "TIMESTAMP" | "DATETIME" => {
            get::<chrono::NaiveDateTime>(row, place, |moment| moment.format("%Y-%m-%dT%H:%M:%S%.6f").to_string().into())
        }
        "UUID" => get::<Uuid>(row, place, |id| id.to_string().into()),
        "JSON" | "JSONB" => get::<Json>(row, place, |json| json),
        _ => return None,
    })
}

fn moment(moment: &DateTime) -> Json {
    moment.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string().into()
}

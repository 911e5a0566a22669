//! Values as they stand in migrations, and their text in a statement.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::column::ColumnKind;
use super::dialect::{Dialect, quoted_text};
use crate::value::json::scaled;

/// A value written in a migration: a default, or what fills a new column of existing rows.
///
/// Decimals, dates, moments, UUIDs, JSON and choices are texts, in the form of the REST routes.
///
/// ```
/// use appos_runtime::migration::Literal;
/// assert_eq!(Literal::from("bronze"), Literal::Text("bronze".to_owned()));
/// assert_eq!(Literal::from(30), Literal::Integer(30));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Literal {
    /// True or false.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A floating-point number.
    Float(f64),
    /// Everything else.
    Text(String),
}

impl From<bool> for Literal {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i32> for Literal {
    fn from(value: i32) -> Self {
        Self::Integer(value.into())
    }
}

impl From<i64> for Literal {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<f64> for Literal {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

impl From<&str> for Literal {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Literal {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl Literal {
    /// The value in a statement; `None`: it is no value of such a column.
    pub(super) fn sql(&self, kind: &ColumnKind, dialect: Dialect) -> Option<String> {
        Some(match (kind, self) {
            (ColumnKind::Bool, Self::Bool(value)) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
            (ColumnKind::Integer, Self::Integer(value)) => value.to_string(),
            (ColumnKind::Float, Self::Float(value)) if value.is_finite() => format!("{value:?}"),
            (ColumnKind::Float, Self::Integer(value)) => format!("{value}.0"),
            (ColumnKind::Decimal { scale }, value) => {
                let number: Decimal = match value {
                    Self::Integer(value) => (*value).into(),
                    Self::Text(text) => text.parse().ok()?,
                    Self::Float(value) => value.to_string().parse().ok()?,
                    Self::Bool(_) => return None,
                };
                let units = scaled(number, *scale)?;
                match dialect {
                    Dialect::Sqlite => units.to_string(),
                    Dialect::Postgres => number.normalize().to_string(),
                }
            }
            (ColumnKind::Choice(choices), Self::Text(text)) if !choices.contains(text) => return None,
            (ColumnKind::Json, Self::Text(text)) if serde_json::from_str::<serde::de::IgnoredAny>(text).is_err() => {
                return None;
            }
            (
                ColumnKind::Text
                | ColumnKind::Choice(_)
                | ColumnKind::Date
                | ColumnKind::DateTime
                | ColumnKind::Uuid
                | ColumnKind::Json,
                Self::Text(text),
            ) => quoted_text(text),
            _ => return None,
        })
    }
}

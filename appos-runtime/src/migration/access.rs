//! Rows for the code of a migration: the one place where a project's own code reads and writes
//! rows past the record service. Only the runner of migrations makes a [`DataAccess`].

use std::fmt::Write;

use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult, Statement, TryGetable};

use super::dialect::Dialect;
use super::fault;
use super::literal::Literal;
use crate::error::Result;

/// Reads and writes rows in the transaction of a migration. See
/// [`Schema::code`](super::Schema::code).
pub struct DataAccess<'a> {
    transaction: &'a DatabaseTransaction,
    dialect: Dialect,
}

/// A row of an answer.
pub struct DataRow(QueryResult);

impl<'a> DataAccess<'a> {
    pub(super) fn new(transaction: &'a DatabaseTransaction, dialect: Dialect) -> Self {
        Self { transaction, dialect }
    }

    /// The database that this is.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    fn statement(&self, sql: &str, parameters: &[Literal]) -> Statement {
        use sea_orm::Value;
        let values = parameters.iter().map(|parameter| match parameter {
            Literal::Bool(value) => Value::Bool(Some(*value)),
            Literal::Integer(value) => Value::BigInt(Some(*value)),
            Literal::Float(value) => Value::Double(Some(*value)),
            Literal::Text(value) => Value::String(Some(value.clone())),
        });
        let sql = match self.dialect {
            Dialect::Sqlite => sql.to_owned(),
            Dialect::Postgres => numbered(sql),
        };
        Statement::from_sql_and_values(self.transaction.get_database_backend(), sql, values)
    }

    /// The rows of a `SELECT`; each `?` in it is a parameter.
    ///
    /// # Errors
    /// The database does not understand the statement, or fails.
    pub async fn query(&self, sql: &str, parameters: &[Literal]) -> Result<Vec<DataRow>> {
        let rows = self.transaction.query_all_raw(self.statement(sql, parameters)).await.map_err(fault)?;
        Ok(rows.into_iter().map(DataRow).collect())
    }

    /// Runs a statement; each `?` in it is a parameter. Answers how many rows it changed.
    ///
    /// # Errors
    /// The database does not understand the statement, or fails.
    pub async fn execute(&self, sql: &str, parameters: &[Literal]) -> Result<u64> {
        let done = self.transaction.execute_raw(self.statement(sql, parameters)).await.map_err(fault)?;
        Ok(done.rows_affected())
    }
}

impl DataRow {
    /// The value at a place, from 0: `i64`, `f64`, `bool`, `String`, or an `Option` of them.
    ///
    /// # Errors
    /// The column holds something else.
    pub fn get<T: TryGetable>(&self, place: usize) -> Result<T> {
        self.0.try_get_by_index(place).map_err(fault)
    }
}

/// `$1, $2, ..` for `?`, outside of quotes.
fn numbered(sql: &str) -> String {
    let (mut text, mut count, mut quote) = (String::new(), 0, None);
    for sign in sql.chars() {
        match (sign, quote) {
            ('?', None) => {
                count += 1;
                let _ = write!(text, "${count}");
                continue;
            }
            ('\'' | '"', None) => quote = Some(sign),
            (sign, Some(open)) if sign == open => quote = None,
            _ => {}
        }
        text.push(sign);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[test]
    fn parameters_are_numbered_outside_of_quotes() {
        assert_eq!(
            numbered("UPDATE t SET a = ?, b = '?' WHERE \"?\" = ?"),
            "UPDATE t SET a = $1, b = '?' WHERE \"?\" = $2"
        );
    }
}

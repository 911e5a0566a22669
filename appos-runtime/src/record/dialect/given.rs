//! Rows that are given to a statement as one parameter. Its text is the same however many there are: a database reads
//! and plans it once, in the place of once for each number of rows.

use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement};
use serde_json::Value as Json;

use super::Dialect;

/// What a column of given rows holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum GivenType {
    Text,
    Number,
}

/// The columns of given rows. No name may be that of a column of a table in the same statement.
type GivenColumns = [(&'static str, GivenType)];

/// How rows are found that are known by their keys: however few there seem to be while a plan is made, there may be
/// very many when it is used.
const BY_INDEX: &str = "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; \
     SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL plan_cache_mode = force_generic_plan";

impl Dialect {
    /// In a transaction: has what follows find its rows by indexes, with plans that are made once.
    pub(crate) async fn by_index(self, transaction: &impl ConnectionTrait) -> Result<(), DbErr> {
        match self {
            // It has no statistics unless it is asked to count.
            Self::Sqlite | Self::Mysql => Ok(()),
            Self::Postgres => transaction.execute_unprepared(BY_INDEX).await.map(drop),
        }
    }

    /// A statement on the platform's own tables: `{given}` stands for a table called `given` with these rows, JSON
    /// objects in a list; `{locked}` for what keeps others from rows that were found until the transaction ends.
    fn with_given(self, sql: &str, columns: &GivenColumns, rows: Vec<Json>) -> (String, [sea_orm::Value; 1]) {
        let given = match self {
            Self::Sqlite | Self::Mysql => {
                let columns: Vec<_> = columns.iter().map(|(name, _)| format!("value ->> '{name}' AS {name}")).collect();
                format!("(SELECT {} FROM json_each(?)) AS given", columns.join(", "))
            }
            Self::Postgres => {
                let typed = |(name, of): &(&str, GivenType)| match of {
                    GivenType::Text => format!("{name} {{text}}"),
                    GivenType::Number => format!("{name} {{integer}}"),
                };
                let columns: Vec<_> = columns.iter().map(typed).collect();
                self.own_table(&format!("json_to_recordset($1::json) AS given({})", columns.join(", ")))
            }
        };
        // SQLite has one writer, and no such lock.
        let locked = if self == Self::Postgres { "FOR UPDATE" } else { "" };
        let sql = sql.replace("{given}", &given).replace("{locked}", locked);
        (sql, [Json::Array(rows).to_string().into()])
    }

    /// The answer to a question with given rows.
    pub(crate) async fn rows_with_given(
        self,
        connection: &impl ConnectionTrait,
        sql: &str,
        (columns, rows): (&GivenColumns, Vec<Json>),
    ) -> Result<Vec<QueryResult>, DbErr> {
        let (sql, values) = self.with_given(sql, columns, rows);
        connection.query_all_raw(Statement::from_sql_and_values(connection.get_database_backend(), sql, values)).await
    }

    /// Changes rows by given ones.
    pub(crate) async fn change_with_given(
        self,
        connection: &impl ConnectionTrait,
        sql: &str,
        (columns, rows): (&GivenColumns, Vec<Json>),
    ) -> Result<(), DbErr> {
        let (sql, values) = self.with_given(sql, columns, rows);
        let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
        connection.execute_raw(statement).await.map(drop)
    }
}

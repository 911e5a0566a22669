//! What a database really has, asked of its own catalogue.

mod postgres;
mod sqlite;

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement};

use super::dialect::Dialect;
use super::drift::Seen;

/// The tables of a database, as far as they are asked for.
pub(super) async fn tables<'a>(
    connection: &impl ConnectionTrait,
    dialect: Dialect,
    names: impl Iterator<Item = &'a str>,
) -> Result<BTreeMap<String, Seen>, DbErr> {
    let mut all = BTreeMap::new();
    for name in names {
        let seen = match dialect {
            Dialect::Sqlite => sqlite::table(connection, name).await?,
            Dialect::Postgres => postgres::table(connection, name).await?,
        };
        all.extend(seen.map(|seen| (name.to_owned(), seen)));
    }
    Ok(all)
}

/// Runs a query about one table.
async fn ask(connection: &impl ConnectionTrait, sql: &str, table: &str) -> Result<Vec<QueryResult>, DbErr> {
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, [table.into()]);
    connection.query_all_raw(statement).await
}

//! How often rows of each table were written, as the database itself counts it: what other servers have changed
//! shows there, without a question to any table.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait, Query};

use super::dialect::Dialect;
use super::fault::database_fault;
use super::store::Store;
use crate::error::Result;

impl Store {
    /// Writes to each table since some moment, and deletions among them. `None`: the database has one server, or does not count.
    pub(crate) async fn table_counts(&self) -> Result<Option<HashMap<String, (i64, i64)>>> {
        if self.dialect() != Dialect::Postgres {
            return Ok(None);
        }
        let writes = Expr::col("n_tup_ins").add(Expr::col("n_tup_upd")).add(Expr::col("n_tup_del"));
        let mut select = Query::select();
        // As a text: the name of a table has a type of its own.
        select.expr(Expr::col("relname").cast_as("text")).expr(writes.cast_as("bigint"));
        select.expr(Expr::col("n_tup_del").cast_as("bigint")).from("pg_stat_user_tables");
        let rows = self.rows(&select).await?;
        let count = |row: &sea_orm::QueryResult| {
            Ok((row.try_get_by_index(0)?, (row.try_get_by_index(1)?, row.try_get_by_index(2)?)))
        };
        rows.iter().map(count).collect::<std::result::Result<_, _>>().map(Some).map_err(database_fault)
    }
}

//! What a write has made of a row: answered with it where the database can do so, and else read in its transaction.

use sea_orm::sea_query::{Expr, ExprTrait, InsertStatement, UpdateStatement};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};

use super::dialect::Dialect;
use super::select::{all_columns, returning_all};
use crate::registry::ObjectDescriptor;

/// Adds a row; answers its id.
pub(super) async fn inserted(
    insert: &mut InsertStatement,
    connection: &impl ConnectionTrait,
) -> Result<Option<i64>, DbErr> {
    if !Dialect::of(connection).answers_writes() {
        let id = connection.execute(insert).await?.last_insert_id();
        return Ok(i64::try_from(id).ok().filter(|id| *id > 0));
    }
    insert.returning_col("id");
    match connection.query_one(insert).await? {
        Some(row) => Dialect::of(connection).read_id(&row, 0),
        None => Ok(None),
    }
}

/// Changes a row; answers all its columns. `None`: the statement found none.
pub(super) async fn updated(
    object: &'static ObjectDescriptor,
    id: i64,
    update: &mut UpdateStatement,
    connection: &impl ConnectionTrait,
) -> Result<Option<QueryResult>, DbErr> {
    if !Dialect::of(connection).answers_writes() {
        if connection.execute(update).await?.rows_affected() == 0 {
            return Ok(None);
        }
        let mut select = all_columns(object);
        select.and_where(Expr::col("id").eq(id));
        return connection.query_one(&select).await;
    }
    update.returning(returning_all(object));
    connection.query_one(update).await
}

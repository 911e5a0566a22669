//! What was long over is put away: where it is looked at, and nothing is done with it any more.

use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};

use super::super::table::{INSTANCES, InstanceState, SIGNALS, Shelf, TABLES, monthlies, months_of};
use crate::error::Result;
use crate::record::{Month, Monthly, Parts, SetUp, Store, database_fault};

/// Instances that are moved in one transaction: others write in between.
pub(super) const TOGETHER: u64 = 200;

/// Puts all months before one away whose instances have all ended.
pub(super) async fn before(store: &Store, end: Month) -> Result<()> {
    if let Some(parts) = store.dialect().parts() {
        let transaction = store.begin_alone().await?;
        let months = parts.months(&transaction, INSTANCES).await.map_err(database_fault)?;
        transaction.commit().await.map_err(database_fault)?;
        for month in months.into_iter().filter(|month| *month < end) {
            whole(store, parts, month).await?;
        }
    }
    // Without parts all rows are moved one by one; with them, those that lie outside of their months.
    let transaction = store.begin_alone().await?;
    let table = store.dialect().parts().map_or_else(|| INSTANCES.to_owned(), |_| Parts::rest(INSTANCES));
    let months = months_of(&transaction, &table, "id").await.map_err(database_fault)?;
    transaction.commit().await.map_err(database_fault)?;
    for month in months.into_iter().filter(|month| *month < end) {
        rows(store, month).await?;
    }
    sweep(store, end).await
}

/// Something of a month that has not ended, or was put aside and may go on.
fn unfinished(month: Month) -> SelectStatement {
    let mut select = Query::select();
    select.column("id").from(INSTANCES).and_where(Expr::col("id").gte(month.first_id()));
    select.and_where(Expr::col("id").lt(month.next().first_id())).limit(1);
    let states = [InstanceState::Running, InstanceState::Parked].map(InstanceState::as_str);
    select.and_where(Expr::col("state").is_in(states));
    select
}

async fn is_over(transaction: &DatabaseTransaction, month: Month) -> Result<bool, DbErr> {
    Ok(transaction.query_all(&unfinished(month)).await?.is_empty())
}

/// A month of tables that are parted: no row is touched.
async fn whole(store: &Store, parts: Parts, month: Month) -> Result<()> {
    let transaction = store.begin_alone().await?;
    store.dialect().alone(SetUp::Months, &transaction).await.map_err(database_fault)?;
    let done = async {
        if !parts.months(&transaction, INSTANCES).await?.contains(&month) || !is_over(&transaction, month).await? {
            return Ok(false);
        }
        parts.impatient(&transaction).await?;
        parts.lock(&transaction, &monthlies()).await?;
        // Asked again: an instance may have been told to go on meanwhile.
        let is_over = is_over(&transaction, month).await?;
        if is_over {
            parts.put_away(&transaction, &monthlies(), month).await?;
        }
        Ok(is_over)
    };
    if done.await.map_err(database_fault)? {
        transaction.commit().await.map_err(database_fault)?;
        tracing::info!(%month, "a month of processes was put into the archive");
        return Ok(());
    }
    transaction.rollback().await.map_err(database_fault)
}

/// A month of tables without parts, or what lies outside of its month, some instances after the other.
async fn rows(store: &Store, month: Month) -> Result<()> {
    let mut moved = 0;
    loop {
        let transaction = store.begin_alone().await?;
        store.dialect().alone(SetUp::Months, &transaction).await.map_err(database_fault)?;
        let some = move_some(store.dialect().parts(), &transaction, month).await.map_err(database_fault)?;
        transaction.commit().await.map_err(database_fault)?;
        moved += some;
        if some == 0 {
            break;
        }
    }
    if moved > 0 {
        tracing::info!(%month, instances = moved, "instances of processes were put into the archive");
    }
    Ok(())
}

async fn move_some(parts: Option<Parts>, transaction: &DatabaseTransaction, month: Month) -> Result<usize, DbErr> {
    if let Some(parts) = parts {
        parts.impatient(transaction).await?;
        let is_away = parts.months(transaction, Shelf::Archive.of(INSTANCES)).await?.contains(&month);
        if !is_away {
            return Ok(0);
        }
        parts.lock(transaction, &monthlies()).await?;
    }
    if !is_over(transaction, month).await? {
        return Ok(0);
    }
    let ids = ids_of(transaction, INSTANCES, month).await?;
    if ids.is_empty() {
        return Ok(0);
    }
    for table in &TABLES {
        let Monthly { table: live, archive, key } = table.monthly;
        let mut found = Query::select();
        found.columns(table.names()).from(live).and_where(Expr::col(key).is_in(ids.iter().map(String::as_str)));
        let mut insert = Query::insert();
        insert.into_table(archive).columns(table.names());
        insert.select_from(found).map_err(|error| DbErr::Custom(error.to_string()))?;
        transaction.execute(&insert).await?;
        delete(transaction, live, key, &ids).await?;
    }
    Ok(ids.len())
}

/// Some instances of a month.
pub(super) async fn ids_of(
    transaction: &DatabaseTransaction,
    table: &'static str,
    month: Month,
) -> Result<Vec<String>, DbErr> {
    let mut select = Query::select();
    select.column("id").from(table).and_where(Expr::col("id").gte(month.first_id()));
    select.and_where(Expr::col("id").lt(month.next().first_id())).limit(TOGETHER);
    let rows = transaction.query_all(&select).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// Deletes what hangs on these instances.
pub(super) async fn delete(
    transaction: &DatabaseTransaction,
    table: &'static str,
    key: &'static str,
    ids: &[String],
) -> Result<(), DbErr> {
    let mut delete = Query::delete();
    delete.from_table(table).and_where(Expr::col(key).is_in(ids.iter().map(String::as_str)));
    transaction.execute(&delete).await.map(drop)
}

/// What was still told to instances after they were put away: nobody will ever hear it.
async fn sweep(store: &Store, end: Month) -> Result<()> {
    let mut there = Query::select();
    there.column("id").from(INSTANCES).and_where(Expr::col("id").lt(end.first_id()));
    // Their month is not there any more.
    let table = store.dialect().parts().map_or_else(|| SIGNALS.to_owned(), |_| Parts::rest(SIGNALS));
    let mut delete = Query::delete();
    delete.from_table(table).and_where(Expr::col("instance").lt(end.first_id()));
    delete.and_where(Expr::col("instance").not_in_subquery(there));
    store.execute_alone(&delete).await
}

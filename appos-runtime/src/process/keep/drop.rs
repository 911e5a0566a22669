//! The end of what was put away.

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};

use super::super::table::{INSTANCES, KEYS, Shelf, monthlies, months_of};
use super::archive::{delete, ids_of};
use crate::error::Result;
use crate::record::{Month, Parts, SetUp, Store, database_fault};

/// Drops all months of the archive before one, with the keys by which their instances were started.
pub(super) async fn before(store: &Store, end: Month) -> Result<()> {
    let archive = Shelf::Archive.of(INSTANCES);
    let transaction = store.begin_alone().await?;
    let months = match store.dialect().parts() {
        Some(parts) => parts.months(&transaction, archive).await,
        None => months_of(&transaction, archive, "id").await,
    };
    let months = months.map_err(database_fault)?;
    transaction.commit().await.map_err(database_fault)?;
    for month in months.into_iter().filter(|month| *month < end) {
        while !drop_some(store, month).await? {}
        tracing::info!(%month, "a month of processes was dropped from the archive");
    }
    Ok(())
}

/// Drops a month, or some of it; true: nothing is left of it.
async fn drop_some(store: &Store, month: Month) -> Result<bool> {
    let transaction = store.begin_alone().await?;
    store.dialect().alone(SetUp::Months, &transaction).await.map_err(database_fault)?;
    let done = match store.dialect().parts() {
        Some(parts) => whole(&transaction, parts, month).await.map(|()| true),
        None => rows(&transaction, month).await,
    };
    let done = done.map_err(database_fault)?;
    transaction.commit().await.map_err(database_fault)?;
    Ok(done)
}

async fn whole(transaction: &DatabaseTransaction, parts: Parts, month: Month) -> Result<(), DbErr> {
    let archive = Shelf::Archive.of(INSTANCES);
    if !parts.months(transaction, archive).await?.contains(&month) {
        return Ok(());
    }
    parts.impatient(transaction).await?;
    let mut ids = Query::select();
    ids.column("id").from(archive).and_where(Expr::col("id").gte(month.first_id()));
    ids.and_where(Expr::col("id").lt(month.next().first_id()));
    let mut keys = Query::delete();
    keys.from_table(KEYS).and_where(Expr::col("instance").in_subquery(ids));
    transaction.execute(&keys).await?;
    parts.drop_month(transaction, &monthlies(), month).await
}

async fn rows(transaction: &DatabaseTransaction, month: Month) -> Result<bool, DbErr> {
    let ids = ids_of(transaction, Shelf::Archive.of(INSTANCES), month).await?;
    if ids.is_empty() {
        return Ok(true);
    }
    delete(transaction, KEYS, "instance", &ids).await?;
    for monthly in monthlies() {
        delete(transaction, monthly.archive, monthly.key, &ids).await?;
    }
    Ok(false)
}

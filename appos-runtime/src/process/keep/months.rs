//! Months of tables, made ahead.

use super::super::table::{INSTANCES, Shelf, monthlies, months_of};
use crate::error::Result;
use crate::record::{Month, Parts, SetUp, Store, database_fault};

/// How many months after the present one are made.
const AHEAD: u32 = 2;

/// Makes the present month and those after it, and the months of rows that lie outside of all.
///
/// # Errors
/// The database cannot be written, or others did not let it. Nothing depends on it: what has no month lies with what
/// has none either until the month is made.
pub(in super::super) async fn make_months(store: &Store, now: i64) -> Result<()> {
    let Some(parts) = store.dialect().parts() else { return Ok(()) };
    let this = Month::of(now);
    for month in (0..=AHEAD).map(|months| this.after(months)) {
        make(store, parts, month).await?;
    }
    for month in unparted(store).await? {
        make(store, parts, month).await?;
    }
    Ok(())
}

/// The months of instances that lie outside of all months.
async fn unparted(store: &Store) -> Result<Vec<Month>> {
    let transaction = store.begin_alone().await?;
    let months = months_of(&transaction, &Parts::rest(INSTANCES), "id").await.map_err(database_fault)?;
    transaction.commit().await.map_err(database_fault)?;
    Ok(months)
}

async fn make(store: &Store, parts: Parts, month: Month) -> Result<()> {
    let transaction = store.begin_alone().await?;
    store.dialect().alone(SetUp::Months, &transaction).await.map_err(database_fault)?;
    for shelf in Shelf::BOTH {
        // A month that was put away is made no second time: what still comes of it stays outside.
        if parts.months(&transaction, shelf.of(INSTANCES)).await.map_err(database_fault)?.contains(&month) {
            return transaction.rollback().await.map_err(database_fault);
        }
    }
    parts.impatient(&transaction).await.map_err(database_fault)?;
    parts.make(&transaction, &monthlies(), month).await.map_err(database_fault)?;
    transaction.commit().await.map_err(database_fault)?;
    tracing::debug!(%month, "a month of processes was made");
    Ok(())
}

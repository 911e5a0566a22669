//! A new secret key: what older ones have sealed is sealed with it, while the platform serves.

use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use serde::Serialize;

use super::secrets::{CHECK, CHECK_PLACE, CHECK_TEXT, Sealed, all, found};
use crate::error::Result;
use crate::record::Store;
use crate::vault::SecretKeys;

/// What a rotation has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Rotated {
    /// Texts that are sealed with the current key now, and were not before.
    pub(crate) sealed: u64,
    /// Texts that none of the keys opens: they stay as they are.
    pub(crate) unreadable: u64,
}

/// Texts that are changed between two looks.
const TOGETHER: u64 = 200;

/// Seals with the current key what older ones have sealed. Others read and write meanwhile: a
/// text is replaced only if it is still the one that was opened.
///
/// # Errors
/// The database fails; what was done until then stays.
pub(crate) async fn rotate(store: &Store, keys: &SecretKeys) -> Result<Rotated> {
    let mut done = Rotated::default();
    for kept in all() {
        rotate_column(store, keys, kept, &mut done).await?;
    }
    rotate_check(store, keys).await?;
    Ok(done)
}

async fn rotate_column(store: &Store, keys: &SecretKeys, kept: Sealed, done: &mut Rotated) -> Result<()> {
    let mut unreadable = 0;
    loop {
        let mut select = Query::select();
        select.columns(kept.row.iter().copied()).column(kept.column).from(kept.table);
        select.and_where(Expr::col(kept.column).like("sealed:%"));
        select.and_where(Expr::col(kept.column).not_like(format!("{}%", keys.prefix()?)));
        for column in kept.row {
            select.order_by(*column, Order::Asc);
        }
        // Those that cannot be opened are found each time.
        select.limit(TOGETHER).offset(unreadable);
        let rows = store.rows(&select).await?;
        if rows.is_empty() {
            done.unreadable += unreadable;
            return Ok(());
        }
        for row in &rows {
            let (values, name, old) = found(kept, row)?;
            let Ok(text) = keys.open(kept.of(&name), &old) else {
                unreadable += 1;
                continue;
            };
            let mut update = Query::update();
            update.table(kept.table).value(kept.column, keys.seal(kept.of(&name), &text)?);
            update.and_where(Expr::col(kept.column).eq(old));
            for (column, value) in kept.row.iter().zip(values) {
                update.and_where(Expr::col(*column).eq(value));
            }
            done.sealed += store.changed(&update).await?;
        }
    }
}

/// Last: until then a program that has only the old key may still be started.
async fn rotate_check(store: &Store, keys: &SecretKeys) -> Result<()> {
    let mut update = Query::update();
    update.table("platform_setting").value("value", keys.seal(CHECK_PLACE, CHECK_TEXT)?);
    update.and_where(Expr::col("name").eq(CHECK));
    store.execute(&update).await
}

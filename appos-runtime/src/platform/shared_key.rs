//! The key by which the servers of a platform know each other's entries in Redis: made once, and kept sealed
//! in the database, so that neither Redis nor a copy of the database gives it away.

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::secrets::SETTINGS;
use super::session::random_secret;
use crate::error::{AppOsError, Result};
use crate::record::{Store, database_fault};
use crate::vault::SecretKeys;

/// Name of the setting that holds it.
const NAME: &str = "shared_key";

/// The key; it is made if there is none.
///
/// # Errors
/// The database cannot be read, or another secret key has sealed it.
pub(crate) async fn shared_key(store: &Store, keys: &SecretKeys) -> Result<Zeroizing<[u8; 32]>> {
    let sealed = match stored(store).await? {
        Some(sealed) => sealed,
        None => {
            let mut insert = Query::insert();
            insert
                .into_table(SETTINGS.table)
                .columns(["name", "value"])
                .values_panic([Expr::value(NAME), Expr::value(keys.seal(SETTINGS.of(NAME), &random_secret()?)?)])
                // Of several servers that start at the same time, one makes it.
                .on_conflict(OnConflict::column("name").do_nothing().to_owned());
            store.execute_alone(&insert).await?;
            stored(store).await?.ok_or_else(|| AppOsError::execution("the key for Redis is not there"))?
        }
    };
    let text = keys.open(SETTINGS.of(NAME), &sealed)?;
    // Hashed, it has the length that is needed.
    Ok(Zeroizing::new(Sha256::digest(text.as_bytes()).into()))
}

async fn stored(store: &Store) -> Result<Option<String>> {
    let mut select = Query::select();
    select.column("value").from(SETTINGS.table).and_where(Expr::col("name").eq(NAME));
    let rows = store.rows(&select).await?;
    rows.first().map(|row| row.try_get_by_index(0)).transpose().map_err(database_fault)
}

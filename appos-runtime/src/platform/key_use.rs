//! Uses of API keys, as the security log has them: from where, and now and then. A program
//! sends a thousand requests a minute; the log of executions has each of them.

use std::sync::Arc;
use std::time::Duration;

use moka::sync::Cache;
use sea_orm::sea_query::{Expr, ExprTrait, Query};

use super::session::secret_hash;
use crate::error::Result;
use crate::record::{Store, database_fault};

/// For how long further uses of a key from the same address go without a line.
const TOLD_FOR: Duration = Duration::from_hours(1);
/// Keys and addresses that are remembered; of more, some are told of again.
const REMEMBERED: u64 = 10_000;

/// The uses that were told of.
pub(crate) struct KeyUses {
    store: Arc<Store>,
    told: Cache<(String, Option<String>), ()>,
}

impl KeyUses {
    pub(crate) fn new(store: Arc<Store>) -> Self {
        Self { store, told: Cache::builder().max_capacity(REMEMBERED).time_to_live(TOLD_FOR).build() }
    }

    /// Which key this is, if its use from there is to be told of. Of several that ask at the
    /// same time one is answered.
    pub(crate) async fn untold(&self, key: &str, address: Option<&str>) -> Result<Option<String>> {
        let hash = secret_hash(key);
        let entry = self.told.entry((hash.clone(), address.map(str::to_owned))).or_insert(());
        if !entry.is_fresh() {
            return Ok(None);
        }
        let mut select = Query::select();
        select.columns(["id", "name"]).from("platform_api_key").and_where(Expr::col("secret_hash").eq(hash));
        let rows = self.store.rows(&select).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let id: i64 = row.try_get_by_index(0).map_err(database_fault)?;
        let name: String = row.try_get_by_index(1).map_err(database_fault)?;
        Ok(Some(format!("key {id}, {name}")))
    }
}

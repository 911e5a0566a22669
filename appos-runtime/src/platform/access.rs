//! Tells other programs on the same database that users, groups or passwords have changed.
//!
//! A program remembers what it has read of them and forgets it when it changes them itself; what
//! another one has changed it would not notice.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::engine::Engine;
use crate::error::Result;
use crate::record::{Store, database_fault};

/// Name of the setting that every change replaces.
const CHANGED: &str = "access_changed";
/// How often a program looks.
const EVERY: Duration = Duration::from_millis(500);

/// Tells the others; in the open transaction, together with what has changed.
pub(crate) async fn tell_others(store: &Store) -> Result<()> {
    let mut insert = Query::insert();
    insert
        .into_table("platform_setting")
        .columns(["name", "value"])
        .values_panic([Expr::value(CHANGED), Expr::value(Uuid::now_v7().to_string())])
        .on_conflict(OnConflict::column("name").update_column("value").to_owned());
    store.execute(&insert).await
}

async fn told(store: &Store) -> Result<Option<String>> {
    let mut select = Query::select();
    select.column("value").from("platform_setting").and_where(Expr::col("name").eq(CHANGED));
    let rows = store.rows(&select).await?;
    rows.first().map(|row| row.try_get_by_index(0)).transpose().map_err(database_fault)
}

/// Looks for what others have changed, until it is dropped.
pub(crate) struct AccessWatch(JoinHandle<()>);

impl AccessWatch {
    /// Begins to look. What was told before is known: nothing is remembered yet.
    ///
    /// # Errors
    /// The database cannot be read.
    pub(crate) async fn start(engine: &Arc<Engine>, store: &Arc<Store>) -> Result<Self> {
        let known = told(store).await?;
        Ok(Self(tokio::spawn(watch(Arc::clone(engine), Arc::clone(store), known))))
    }
}

impl Drop for AccessWatch {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn watch(engine: Arc<Engine>, store: Arc<Store>, mut known: Option<String>) {
    loop {
        tokio::time::sleep(EVERY).await;
        // A database that cannot be read answers no request either; the next look finds out.
        if let Ok(now) = told(&store).await
            && now != known
        {
            known = now;
            engine.security().changed();
        }
    }
}

//! Every change of who may do what names a new state of the security data, in its own
//! transaction. Servers look for the name: at once when they hear of a change, and every half
//! second in case they do not.

use std::sync::Arc;
use std::time::{Duration, Instant};

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, InsertStatement, OnConflict, Query};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use crate::engine::Engine;
use crate::error::Result;
use crate::journal::{Event, SecurityEvent};
use crate::nodes::Redis;
use crate::record::{Store, database_fault};

/// Name of the setting that every change replaces.
const STATE: &str = "access_changed";
/// What other servers are told then.
pub(super) const CHANGED: &str = "changed";
/// How often a server looks.
const EVERY: Duration = Duration::from_millis(500);
/// How long it waits for what it looks at.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long it believes what it knows while it cannot look.
const BELIEF: Duration = Duration::from_secs(3);

/// A name is used once: what was kept for a state is good for this state, also in a database that
/// was restored from a backup.
fn new_state() -> InsertStatement {
    let mut insert = Query::insert();
    insert
        .into_table("platform_setting")
        .columns(["name", "value"])
        .values_panic([Expr::value(STATE), Expr::value(Uuid::now_v7().to_string())]);
    insert
}

/// Names a new state; in the transaction of the change.
pub(super) async fn note_change(transaction: &impl ConnectionTrait) -> Result<()> {
    let mut insert = new_state();
    insert.on_conflict(OnConflict::column("name").update_column("value").to_owned());
    transaction.execute(&insert).await.map(drop).map_err(database_fault)
}

/// The same in the open transaction, if there is one.
pub(super) async fn note_change_of(store: &Store) -> Result<()> {
    let mut insert = new_state();
    insert.on_conflict(OnConflict::column("name").update_column("value").to_owned());
    store.execute(&insert).await
}

/// Names the first state of a database.
pub(super) async fn begin(transaction: &impl ConnectionTrait) -> Result<()> {
    let mut insert = new_state();
    insert.on_conflict(OnConflict::column("name").do_nothing().to_owned());
    transaction.execute(&insert).await.map(drop).map_err(database_fault)
}

async fn state(store: &Store) -> Result<Option<Uuid>> {
    let mut select = Query::select();
    select.column("value").from("platform_setting").and_where(Expr::col("name").eq(STATE));
    let rows = store.rows(&select).await?;
    let value: Option<String> = rows.first().map(|row| row.try_get_by_index(0)).transpose().map_err(database_fault)?;
    Ok(value.and_then(|value| value.parse().ok()))
}

/// Looks for what others have changed, until it is dropped.
pub(crate) struct AccessWatch {
    watch: JoinHandle<()>,
}

impl AccessWatch {
    /// Begins to look.
    ///
    /// # Errors
    /// The database cannot be read.
    pub(crate) async fn start(engine: &Arc<Engine>, store: &Arc<Store>, redis: Option<Arc<Redis>>) -> Result<Self> {
        let epoch = engine.security().epoch();
        engine.security().learned(epoch, state(store).await?);
        let watch = tokio::spawn(watch(Arc::clone(engine), Arc::clone(store), redis));
        Ok(Self { watch })
    }
}

impl Drop for AccessWatch {
    fn drop(&mut self) {
        self.watch.abort();
    }
}

async fn watch(engine: Arc<Engine>, store: Arc<Store>, redis: Option<Arc<Redis>>) {
    let security = engine.security();
    let mut looked = Instant::now();
    let mut blind = false;
    loop {
        tokio::select! {
            () = sleep(EVERY) => {}
            () = security.asked_to_look() => {}
        }
        let epoch = security.epoch();
        match timeout(PATIENCE, state(&store)).await {
            Ok(Ok(state)) => {
                if !security.learned(epoch, state) {
                    // Something was changed here while the answer was on its way.
                    security.look_again();
                    continue;
                }
                if std::mem::take(&mut blind) {
                    tracing::info!("changes of access are seen again");
                }
                looked = Instant::now();
            }
            _ if looked.elapsed() >= BELIEF => {
                // Somebody's rights may have ended: each question goes to the database, which
                // answers it or nobody gets in.
                if !std::mem::replace(&mut blind, true) {
                    tracing::warn!(
                        "the database does not tell whether access was changed; nothing remembered is believed"
                    );
                }
                security.forget();
            }
            _ => {}
        }
        if let Some(redis) = &redis {
            if security.take_untold() {
                redis.say(CHANGED).await;
            }
            note_forged(&engine, redis.take_forged());
        }
    }
}

/// Somebody else writes into the platform's Redis: the security log says so.
fn note_forged(engine: &Engine, entries: u64) {
    if entries == 0 {
        return;
    }
    engine.journal().record(Event::Security(Box::new(SecurityEvent {
        at_us: u64::try_from(engine.clock.unix_us()).unwrap_or(0),
        execution_id: None,
        object: None,
        action: "forged_entry",
        permission: None,
        user_id: 0,
        detail: format!("{entries} entries in Redis were written by nobody of this platform and ignored"),
        address: None,
        change: None,
    })));
}

//! Sessions: a random id in a cookie, its hash in a table, an entry in memory.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use moka::sync::Cache;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{DeleteStatement, Expr, ExprTrait, Order, Query};
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};

use super::identity::{Account, account_by_id};
use crate::config::SessionConfig;
use crate::error::{AppOsError, Result};
use crate::record::{Store, database_fault, forget_access_at_commit, platform_rows};

/// 256 random bits from the system, as text.
pub(super) fn random_secret() -> Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| AppOsError::execution("the system gives no random numbers").caused_by(error.to_string()))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// How a secret is stored: it has 256 random bits, so a plain hash cannot be searched.
pub(super) fn secret_hash(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(secret))
}

/// A signed-in session.
pub(crate) struct SessionEntry {
    pub(crate) account: Account,
    /// State of the security data as of which the account was read.
    epoch: u64,
    id_hash: String,
    expires_at: i64,
    used_at: AtomicI64,
    /// When `used_at` was last written to the table.
    noted_at: AtomicI64,
    data: Map<String, Json>,
}

impl SessionEntry {
    /// Values an app has kept.
    pub(crate) fn data(&self) -> Map<String, Json> {
        self.data.clone()
    }
}

/// All sessions of this platform.
pub(crate) struct Sessions {
    store: Arc<Store>,
    entries: Cache<String, Arc<SessionEntry>>,
    /// Counts the ends of sessions, so that an entry read before an end is not kept after it.
    ends: AtomicU64,
    settings: SessionConfig,
}

/// Sessions whose entries are kept in memory.
const REMEMBERED: u64 = 10_000;
/// Most seconds between two notes of a session's use in its table.
const NOTE_EVERY: i64 = 60;

fn deletion(id_hash: &str) -> DeleteStatement {
    let mut delete = Query::delete();
    delete.from_table("platform_session").and_where(Expr::col("id_hash").eq(id_hash)).to_owned()
}

fn seconds(duration: std::time::Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}

impl Sessions {
    pub(crate) fn new(store: Arc<Store>, settings: SessionConfig) -> Self {
        Self { store, entries: Cache::new(REMEMBERED), ends: AtomicU64::new(0), settings }
    }

    /// How long a cookie may live, in seconds.
    pub(crate) fn cookie_seconds(&self) -> i64 {
        seconds(self.settings.absolute_timeout)
    }

    /// Begins a session; the answer is the cookie's value, which is stored nowhere.
    pub(crate) async fn begin(&self, user_id: i64, address: Option<&str>) -> Result<String> {
        let secret = random_secret()?;
        let now = self.store.now().timestamp();
        let transaction = self.store.begin_alone().await?;
        let mut insert = Query::insert();
        insert.into_table("platform_session").columns([
            "id_hash",
            "user_id",
            "created_at",
            "used_at",
            "expires_at",
            "address",
            "data",
        ]);
        insert.values_panic([
            Expr::value(secret_hash(&secret)),
            Expr::value(user_id),
            Expr::value(now),
            Expr::value(now),
            Expr::value(now.saturating_add(seconds(self.settings.absolute_timeout))),
            Expr::value(address),
            Expr::value("{}"),
        ]);
        transaction.execute(&insert).await.map_err(database_fault)?;
        let ended = self.beyond_limit(&transaction, user_id).await?;
        transaction.commit().await.map_err(database_fault)?;
        self.ends.fetch_add(1, Ordering::SeqCst);
        for id_hash in &ended {
            self.entries.invalidate(id_hash);
        }
        Ok(secret)
    }

    /// Ends the oldest sessions of a user who has too many, and all that have expired.
    async fn beyond_limit(&self, connection: &impl ConnectionTrait, user_id: i64) -> Result<Vec<String>> {
        let mut expired = Query::delete();
        expired.from_table("platform_session").and_where(Expr::col("expires_at").lte(self.store.now().timestamp()));
        connection.execute(&expired).await.map_err(database_fault)?;
        let Some(limit) = self.settings.max_per_user else { return Ok(Vec::new()) };
        let mut select = Query::select();
        select.column("id_hash").from("platform_session").and_where(Expr::col("user_id").eq(user_id));
        select
            .order_by("created_at", Order::Desc)
            // Of one second: the order in which they began, never the new one before an older.
            .order_by("rowid", Order::Desc)
            .limit(u64::MAX >> 1)
            .offset(limit.into());
        let rows = platform_rows(connection, &select).await?;
        let ended: Vec<String> =
            rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>().map_err(database_fault)?;
        for id_hash in &ended {
            connection.execute(&deletion(id_hash)).await.map_err(database_fault)?;
        }
        Ok(ended)
    }

    /// The session of a cookie, if it still holds.
    pub(crate) async fn find(&self, secret: &str, epoch: u64) -> Result<Option<Arc<SessionEntry>>> {
        // Anything that is no id of ours costs no query.
        if secret.len() != 43 {
            return Ok(None);
        }
        let id_hash = secret_hash(secret);
        let entry = match self.entries.get(&id_hash) {
            Some(entry) if entry.epoch == epoch => entry,
            // Boxed, like all below that few requests need: the others carry no room for it.
            _ => match Box::pin(self.load(&id_hash, epoch)).await? {
                Some(entry) => entry,
                None => {
                    self.entries.invalidate(&id_hash);
                    return Ok(None);
                }
            },
        };
        let now = self.store.now().timestamp();
        let idle_until = entry.used_at.load(Ordering::Relaxed).saturating_add(seconds(self.settings.timeout));
        if now >= entry.expires_at || now >= idle_until {
            Box::pin(self.end_hash(&entry.id_hash)).await?;
            return Ok(None);
        }
        entry.used_at.store(now, Ordering::Relaxed);
        let noted = entry.noted_at.load(Ordering::Relaxed);
        // Often enough that an entry read from the table is not idle too soon.
        if now - noted >= Ord::min(NOTE_EVERY, seconds(self.settings.timeout) / 4)
            && entry.noted_at.compare_exchange(noted, now, Ordering::Relaxed, Ordering::Relaxed).is_ok()
        {
            let mut update = Query::update();
            update.table("platform_session").value("used_at", now).and_where(Expr::col("id_hash").eq(&*entry.id_hash));
            Box::pin(self.store.execute(&update)).await?;
        }
        Ok(Some(entry))
    }

    async fn load(&self, id_hash: &str, epoch: u64) -> Result<Option<Arc<SessionEntry>>> {
        let ends = self.ends.load(Ordering::SeqCst);
        let entry = self.read(id_hash, epoch).await?;
        if let Some(entry) = &entry {
            self.entries.insert(id_hash.to_owned(), Arc::clone(entry));
            // A session ended meanwhile, perhaps this one: the next request reads again.
            if self.ends.load(Ordering::SeqCst) != ends {
                self.entries.invalidate(id_hash);
            }
        }
        Ok(entry)
    }

    async fn read(&self, id_hash: &str, epoch: u64) -> Result<Option<Arc<SessionEntry>>> {
        let mut select = Query::select();
        select.columns(["user_id", "used_at", "expires_at", "data"]).from("platform_session");
        select.and_where(Expr::col("id_hash").eq(id_hash));
        let rows = self.store.rows(&select).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let user_id = row.try_get_by_index(0).map_err(database_fault)?;
        let used_at: i64 = row.try_get_by_index(1).map_err(database_fault)?;
        let expires_at = row.try_get_by_index(2).map_err(database_fault)?;
        let data: String = row.try_get_by_index(3).map_err(database_fault)?;
        let Some(account) = account_by_id(&self.store, user_id).await? else { return Ok(None) };
        Ok(Some(Arc::new(SessionEntry {
            account,
            epoch,
            id_hash: id_hash.to_owned(),
            expires_at,
            used_at: AtomicI64::new(used_at),
            noted_at: AtomicI64::new(used_at),
            data: serde_json::from_str(&data).unwrap_or_default(),
        })))
    }

    /// Keeps the values that an app has changed.
    pub(crate) async fn keep(&self, entry: &SessionEntry, data: &Map<String, Json>) -> Result<()> {
        let mut update = Query::update();
        update.table("platform_session").value("data", Json::Object(data.clone()).to_string());
        update.and_where(Expr::col("id_hash").eq(&*entry.id_hash));
        self.store.execute(&update).await?;
        self.entries.invalidate(&entry.id_hash);
        Ok(())
    }

    /// Ends the session of a cookie.
    pub(crate) async fn end(&self, secret: &str) -> Result<()> {
        self.end_hash(&secret_hash(secret)).await
    }

    async fn end_hash(&self, id_hash: &str) -> Result<()> {
        self.store.execute_alone(&deletion(id_hash)).await?;
        self.ends.fetch_add(1, Ordering::SeqCst);
        self.entries.invalidate(id_hash);
        Ok(())
    }

    /// Ends every session of a user.
    pub(crate) async fn end_all(&self, user_id: i64) -> Result<()> {
        let mut delete = Query::delete();
        delete.from_table("platform_session").and_where(Expr::col("user_id").eq(user_id));
        self.store.execute(&delete).await?;
        forget_access_at_commit();
        self.ends.fetch_add(1, Ordering::SeqCst);
        self.entries.invalidate_all();
        Ok(())
    }
}

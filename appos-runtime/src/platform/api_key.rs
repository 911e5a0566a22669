//! API keys: how programs sign in. Shown once, stored hashed.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use moka::sync::Cache;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use serde::Serialize;

use super::access::note_change_of;
use super::identity::{Account, account_by_id};
use super::session::{random_secret, secret_hash};
use crate::error::{AppOsError, Result};
use crate::record::{Store, database_fault, forget_access_at_commit, transaction};
use crate::security::UserType;
use crate::value::DateTime;

/// What every key begins with, so that a leaked one is recognised.
const PREFIX: &str = "appos_";
/// Seconds between two notes of a key's use.
const NOTE_EVERY: i64 = 60;

struct Known {
    id: i64,
    account: Account,
    epoch: u64,
    expires_at: Option<i64>,
}

/// An API key as an administrator sees it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ApiKey {
    /// Number by which the key is revoked.
    id: i64,
    /// What it is for, as its maker wrote.
    name: String,
    created_at: Option<DateTime>,
    expires_at: Option<DateTime>,
    /// When it was last used, to the minute; `None`: never.
    used_at: Option<DateTime>,
}

/// What a key that was presented is worth.
pub(crate) enum Presented {
    /// It opens this account.
    Good {
        account: Account,
        /// The number of the key, if the security log is to have a note of its use.
        noted: Option<i64>,
    },
    /// Nothing; why is for the security log only.
    Refused(String),
}

/// All API keys of this platform.
pub(crate) struct ApiKeys {
    store: Arc<Store>,
    known: Cache<String, Arc<Known>>,
    /// Counts the ends of keys, so that a key read before its end is not known after it.
    ends: AtomicU64,
    noted: Cache<String, i64>,
}

impl ApiKeys {
    pub(crate) fn new(store: Arc<Store>) -> Self {
        Self { store, known: Cache::new(1_000), ends: AtomicU64::new(0), noted: Cache::new(1_000) }
    }

    /// Makes a key. The caller shows it once; only its hash is kept.
    pub(crate) async fn create(&self, user_id: i64, name: &str, expires_at: Option<DateTime>) -> Result<String> {
        let key = format!("{PREFIX}{}", random_secret()?);
        let mut insert = Query::insert();
        insert.into_table("platform_api_key").columns(["user_id", "name", "secret_hash", "created_at", "expires_at"]);
        insert.values_panic([
            Expr::value(user_id),
            Expr::value(name),
            Expr::value(secret_hash(&key)),
            Expr::value(self.store.now().timestamp()),
            Expr::value(expires_at.map(|moment| moment.timestamp())),
        ]);
        self.store.execute(&insert).await?;
        Ok(key)
    }

    /// The account of a key, if the key is good now and belongs to a program. It is looked up by its
    /// hash: how long that takes could tell how far two hashes are alike, and nobody can choose a key by
    /// the beginning of its hash. So there is nothing to compare in constant time.
    pub(crate) async fn find(&self, key: &str, epoch: u64) -> Result<Presented> {
        let unknown = || Presented::Refused("no key of this platform, or a revoked one".to_owned());
        if !key.starts_with(PREFIX) || key.len() > 100 {
            return Ok(unknown());
        }
        let hash = secret_hash(key);
        let known = match self.known.get(&hash) {
            Some(known) if known.epoch == epoch => known,
            _ => {
                let ends = self.ends.load(Ordering::SeqCst);
                let Some(known) = self.load(&hash, epoch).await? else { return Ok(unknown()) };
                self.known.insert(hash.clone(), Arc::clone(&known));
                // A key ended meanwhile, perhaps this one: the next request reads again.
                if self.ends.load(Ordering::SeqCst) != ends {
                    self.known.invalidate(&hash);
                }
                known
            }
        };
        let now = self.store.now().timestamp();
        let (user, id) = (&known.account.user, known.id);
        let why = if known.expires_at.is_some_and(|expires| now >= expires) {
            Some("has expired")
        } else if user.user_type != UserType::ServiceAccount {
            Some("belongs to a person")
        } else if !known.account.active {
            Some("belongs to an account that is switched off")
        } else {
            None
        };
        if let Some(why) = why {
            return Ok(Presented::Refused(format!("key {id} of user {} {why}", user.id)));
        }
        let noted = self.note_use(&hash, now).await.then_some(id);
        Ok(Presented::Good { account: known.account.clone(), noted })
    }

    async fn load(&self, hash: &str, epoch: u64) -> Result<Option<Arc<Known>>> {
        let mut select = Query::select();
        select.columns(["user_id", "expires_at", "id"]).from("platform_api_key");
        select.and_where(Expr::col("secret_hash").eq(hash));
        let rows = self.store.rows(&select).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let user_id = row.try_get_by_index(0).map_err(database_fault)?;
        let expires_at = row.try_get_by_index(1).map_err(database_fault)?;
        let id = row.try_get_by_index(2).map_err(database_fault)?;
        let account = account_by_id(&self.store, user_id).await?;
        Ok(account.map(|account| Arc::new(Known { id, account, epoch, expires_at })))
    }

    /// Notes that a key is used, now and then. True: this use was noted.
    async fn note_use(&self, hash: &str, now: i64) -> bool {
        if self.noted.get(hash).is_some_and(|noted| now - noted < NOTE_EVERY) {
            return false;
        }
        self.noted.insert(hash.to_owned(), now);
        let mut update = Query::update();
        update.table("platform_api_key").value("used_at", now).and_where(Expr::col("secret_hash").eq(hash));
        // Where nothing can be written any more, such as on a full disk, reading goes on.
        if let Err(error) = self.store.execute(&update).await {
            tracing::warn!(%error, "the use of an API key could not be noted");
        }
        true
    }

    /// The keys of a user, oldest first.
    pub(crate) async fn list(&self, user_id: i64) -> Result<Vec<ApiKey>> {
        let mut select = Query::select();
        select.columns(["id", "name", "created_at", "expires_at", "used_at"]).from("platform_api_key");
        select.and_where(Expr::col("user_id").eq(user_id)).order_by("id", Order::Asc);
        let rows = self.store.rows(&select).await?;
        let moment = |seconds: Option<i64>| seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        rows.iter()
            .map(|row| {
                Ok(ApiKey {
                    id: row.try_get_by_index(0)?,
                    name: row.try_get_by_index(1)?,
                    created_at: moment(row.try_get_by_index(2)?),
                    expires_at: moment(row.try_get_by_index(3)?),
                    used_at: moment(row.try_get_by_index(4)?),
                })
            })
            .collect::<Result<_, sea_orm::DbErr>>()
            .map_err(database_fault)
    }

    /// Ends a key.
    pub(crate) async fn revoke(&self, id: i64) -> Result<bool> {
        let mut delete = Query::delete();
        delete.from_table("platform_api_key").and_where(Expr::col("id").eq(id));
        let done = transaction(async {
            let done = self.store.changed(&delete).await?;
            note_change_of(&self.store).await?;
            forget_access_at_commit();
            Ok::<_, AppOsError>(done)
        })
        .await?;
        self.ends.fetch_add(1, Ordering::SeqCst);
        self.known.invalidate_all();
        Ok(done > 0)
    }
}

//! Attempts to sign in, counted by account and by address. The counts are in the database, so that
//! they hold over restarts and for all programs on it.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{
    CaseStatement, Expr, ExprTrait, InsertStatement, LockBehavior, LockType, OnConflict, Order, Query,
};

use crate::config::SignInConfig;
use crate::error::{AppOsError, Result};
use crate::platform::identity::spelled;
use crate::platform::session::secret_hash;
use crate::record::{Store, database_fault};

const TABLE: &str = "platform_sign_in_attempt";
/// Seconds between two looks for rows that count nothing any more.
const CLEAN_EVERY: i64 = 60;
/// Most of such rows that one look removes.
const CLEAN_AT_ONCE: u64 = 1_000;

/// The attempts of all programs on this database.
pub(crate) struct Attempts {
    store: Arc<Store>,
    settings: SignInConfig,
    cleaned_at: AtomicI64,
}

/// Something whose attempts are counted.
struct Counted {
    /// Hashed, so that the table tells nobody's address.
    key: String,
    most: u32,
}

/// The part of an address that one client has for itself: of IPv6 the network, within which it
/// can choose any address.
fn network(address: &str) -> String {
    match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => format!("{:x}", u128::from(address) >> 64),
        Ok(IpAddr::V4(address)) => address.to_string(),
        Err(_) => address.to_owned(),
    }
}

impl Attempts {
    pub(crate) fn new(store: Arc<Store>, settings: SignInConfig) -> Self {
        Self { store, settings, cleaned_at: AtomicI64::new(0) }
    }

    /// The account comes first: programs that count at the same time wait for each other in this order.
    fn counted(&self, email: &str, address: Option<&str>) -> [Counted; 2] {
        [
            Counted { key: secret_hash(&format!("account {}", spelled(email))), most: self.settings.max_by_account },
            Counted {
                key: secret_hash(&format!("address {}", network(address.unwrap_or_default()))),
                most: self.settings.max_by_address,
            },
        ]
    }

    /// Counts an attempt before it is tried, so that parallel ones count too. An account that does not
    /// exist is counted like one that does.
    ///
    /// # Errors
    /// There were too many: this one may not be tried, and does not count.
    pub(crate) async fn begin(&self, email: &str, address: Option<&str>) -> Result<()> {
        let now = self.store.now().timestamp();
        self.clean(now).await?;
        let counted = self.counted(email, address);
        // Asked without writing first: whoever goes on and on costs one look.
        let mut select = Query::select();
        select
            .columns(["key_hash", "attempts", "ends_at"])
            .from(TABLE)
            .and_where(Expr::col("key_hash").is_in(counted.iter().map(|counted| counted.key.as_str())));
        for row in self.store.rows(&select).await? {
            let key: String = row.try_get_by_index(0).map_err(database_fault)?;
            let (attempts, ends_at): (i64, i64) =
                (row.try_get_by_index(1).map_err(database_fault)?, row.try_get_by_index(2).map_err(database_fault)?);
            let most = counted.iter().find(|counted| counted.key == key).map_or(0, |counted| counted.most);
            if ends_at > now && attempts >= i64::from(most) {
                return Err(too_many(ends_at - now));
            }
        }
        let transaction = self.store.begin_alone().await?;
        for counted in &counted {
            let row = transaction.query_one(&self.counting(counted, now)).await.map_err(database_fault)?;
            let row = row.ok_or_else(|| AppOsError::execution("the database did not count an attempt"))?;
            let attempts: i64 = row.try_get_by_index(0).map_err(database_fault)?;
            if attempts > i64::from(counted.most) {
                let ends_at: i64 = row.try_get_by_index(1).map_err(database_fault)?;
                transaction.rollback().await.map_err(database_fault)?;
                return Err(too_many(ends_at - now));
            }
        }
        transaction.commit().await.map_err(database_fault)
    }

    /// One more, in the time that runs, or the first in a new one. The last that may be tried
    /// begins the wait.
    fn counting(&self, counted: &Counted, now: i64) -> InsertStatement {
        let end = now.saturating_add(seconds(self.settings.wait));
        let (attempts, ends_at) = ((TABLE, "attempts"), (TABLE, "ends_at"));
        let over = || Expr::col(ends_at).lte(now);
        let is_last = Expr::col(attempts).eq(i64::from(counted.most) - 1);
        let next = CaseStatement::new().case(over(), 1).finally(Expr::col(attempts).add(1));
        let until = CaseStatement::new().case(over().or(is_last), end).finally(Expr::col(ends_at));
        let mut insert = Query::insert();
        insert.into_table(TABLE).columns(["key_hash", "attempts", "ends_at"]);
        insert.values_panic([Expr::value(counted.key.as_str()), Expr::value(1_i64), Expr::value(end)]);
        insert
            .on_conflict(
                OnConflict::column("key_hash")
                    .values([("attempts", next.into()), ("ends_at", until.into())])
                    .to_owned(),
            )
            .returning(Query::returning().columns(["attempts", "ends_at"]));
        insert
    }

    /// Takes a good attempt back. The account begins anew; the address only loses this one:
    /// else whoever has an account could try any number of others from there.
    pub(crate) async fn forgive(&self, email: &str, address: Option<&str>) -> Result<()> {
        let [account, address] = self.counted(email, address);
        self.forget(&account).await?;
        let mut update = Query::update();
        update
            .table(TABLE)
            .value("attempts", Expr::col("attempts").sub(1))
            .and_where(Expr::col("key_hash").eq(address.key))
            .and_where(Expr::col("attempts").gt(0));
        self.store.execute_alone(&update).await
    }

    /// Lets an account begin anew whose owner has proved to be so in another way.
    pub(crate) async fn forgive_account(&self, email: &str) -> Result<()> {
        let [account, _] = self.counted(email, None);
        self.forget(&account).await
    }

    async fn forget(&self, counted: &Counted) -> Result<()> {
        let mut delete = Query::delete();
        delete.from_table(TABLE).and_where(Expr::col("key_hash").eq(counted.key.as_str()));
        self.store.execute_alone(&delete).await
    }

    /// Removes rows whose time is over, now and then.
    async fn clean(&self, now: i64) -> Result<()> {
        let before = self.cleaned_at.load(Ordering::Relaxed);
        if now.saturating_sub(before) < CLEAN_EVERY
            || self.cleaned_at.compare_exchange(before, now, Ordering::Relaxed, Ordering::Relaxed).is_err()
        {
            return Ok(());
        }
        let mut over = Query::select();
        over.column("key_hash")
            .from(TABLE)
            .and_where(Expr::col("ends_at").lte(now))
            .order_by("ends_at", Order::Asc)
            .limit(CLEAN_AT_ONCE)
            // Waits for nobody who counts in one of them just now, so nobody waits in a circle.
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
        let mut delete = Query::delete();
        delete.from_table(TABLE).and_where(Expr::col("key_hash").in_subquery(over));
        self.store.execute_alone(&delete).await
    }
}

fn seconds(duration: Duration) -> i64 {
    // A wait of less than a second is one: moments are stored in seconds.
    Ord::max(i64::try_from(duration.as_secs()).unwrap_or(i64::MAX), 1)
}

fn too_many(wait: i64) -> AppOsError {
    AppOsError::validation("too many sign-ins have failed; wait, and try again")
        .code_is("too_many_attempts")
        .retry_after(u32::try_from(Ord::max(wait, 1)).unwrap_or(u32::MAX))
}

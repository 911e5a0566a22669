//! Links that lead to a password: invitations and resets. An administrator gets one and hands it over;
//! the database has only its hash. It leads there once, for a time, and only as long as the account has
//! the password that it had.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use sea_orm::sea_query::{DeleteStatement, Expr, ExprTrait, Query};

use super::credential::person;
use crate::config::{ServerConfig, SignInConfig};
use crate::error::{AppOsError, Result};
use crate::platform::identity::{Account, account_by_email, account_by_id};
use crate::platform::password::password_version;
use crate::platform::session::{random_secret, secret_hash};
use crate::record::{Store, database_fault};

const TABLE: &str = "platform_token";

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The first password of an account.
    Invitation,
    /// Another password.
    Reset,
}

impl Purpose {
    /// Its name: in the database, the security log, and as the path of its page.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Reset => "reset",
        }
    }
}

/// The links of this platform.
pub(crate) struct Links {
    store: Arc<Store>,
    settings: SignInConfig,
    /// Where the server is reached: as configured, never as a request says.
    url: String,
    /// Where it listens, if that was left to the system.
    listening: OnceLock<String>,
    public: bool,
    /// There is a system by which the platform mails them.
    mailed: bool,
}

impl Links {
    pub(crate) fn new(store: Arc<Store>, settings: SignInConfig, server: &ServerConfig) -> Self {
        let public = server.public_url.is_some();
        let url = server.public_url.clone().unwrap_or_else(|| format!("http://{}:{}", server.host, server.port));
        Self { store, settings, url, listening: OnceLock::new(), public, mailed: false }
    }

    /// The same links, which the platform mails if it has a system for that.
    pub(crate) fn mailed(self, mailed: bool) -> Self {
        Self { mailed, ..self }
    }

    /// True if the platform mails links.
    pub(crate) fn are_mailed(&self) -> bool {
        self.mailed
    }

    /// Notes where the server listens.
    pub(crate) fn listens_on(&self, url: String) {
        // The first one stays: a program listens once.
        let _ = self.listening.set(url);
    }

    /// Makes a link; earlier ones of this account lead nowhere from now on.
    ///
    /// # Errors
    /// The database cannot be written.
    pub(crate) async fn create(&self, user_id: i64, purpose: Purpose) -> Result<String> {
        let token = random_secret()?;
        let now = self.store.now().timestamp();
        self.forget(user_id).await?;
        let mut insert = Query::insert();
        insert.into_table(TABLE).columns(["secret_hash", "user_id", "purpose", "password_version", "expires_at"]);
        insert.values_panic([
            Expr::value(secret_hash(&token)),
            Expr::value(user_id),
            Expr::value(purpose.as_str()),
            Expr::value(password_version(&self.store, user_id).await?),
            Expr::value(now.saturating_add(seconds(self.holds(purpose)))),
        ]);
        self.store.execute(&insert).await?;
        let listening = self.listening.get().filter(|_| !self.public);
        let url = listening.unwrap_or(&self.url);
        Ok(format!("{url}/{}?token={token}", purpose.as_str()))
    }

    /// A link to another password for whoever has this address, and who that is; `None`: nobody who has a password.
    ///
    /// # Errors
    /// The database cannot be read or written.
    pub(crate) async fn reset_for(&self, email: &str) -> Result<Option<(Account, String)>> {
        let Some(account) = person(account_by_email(&self.store, email).await?) else { return Ok(None) };
        // Who was only invited has no password to be replaced.
        if password_version(&self.store, account.user.id).await?.is_empty() {
            return Ok(None);
        }
        let link = self.create(account.user.id, Purpose::Reset).await?;
        Ok(Some((account, link)))
    }

    /// How long a link leads anywhere.
    fn holds(&self, purpose: Purpose) -> Duration {
        match purpose {
            Purpose::Invitation => self.settings.invitation_valid_for,
            Purpose::Reset => self.settings.reset_valid_for,
        }
    }

    /// The account to which a token leads now.
    ///
    /// # Errors
    /// The token is wrong, too old or used, or its account has changed; it is not said which.
    pub(crate) async fn account(&self, token: &str, purpose: Purpose) -> Result<Account> {
        let mut select = Query::select();
        select
            .columns(["user_id", "password_version"])
            .from(TABLE)
            // By its hash: who compares how long this takes learns about hashes, which lead nowhere.
            .and_where(Expr::col("secret_hash").eq(secret_hash(token)))
            .and_where(Expr::col("purpose").eq(purpose.as_str()))
            .and_where(Expr::col("expires_at").gt(self.store.now().timestamp()));
        let rows = self.store.rows(&select).await?;
        let row = rows.first().ok_or_else(leads_nowhere)?;
        let user_id: i64 = row.try_get_by_index(0).map_err(database_fault)?;
        let version: String = row.try_get_by_index(1).map_err(database_fault)?;
        let account = person(account_by_id(&self.store, user_id).await?).ok_or_else(leads_nowhere)?;
        if password_version(&self.store, user_id).await? == version { Ok(account) } else { Err(leads_nowhere()) }
    }

    /// In a transaction: uses a token up. Of several who use it at the same time, one succeeds.
    ///
    /// # Errors
    /// As [`account`](Self::account).
    pub(crate) async fn use_up(&self, token: &str, purpose: Purpose) -> Result<Account> {
        let account = self.account(token, purpose).await?;
        let mut delete = Query::delete();
        delete.from_table(TABLE).and_where(Expr::col("secret_hash").eq(secret_hash(token)));
        if self.store.changed(&delete).await? == 1 { Ok(account) } else { Err(leads_nowhere()) }
    }

    /// Makes every link of an account lead nowhere, and removes all that are too old.
    ///
    /// # Errors
    /// The database cannot be written.
    pub(crate) async fn forget(&self, user_id: i64) -> Result<()> {
        self.store.execute(&forgetting(user_id, self.store.now().timestamp())).await
    }
}

fn forgetting(user_id: i64, now: i64) -> DeleteStatement {
    let mut delete = Query::delete();
    delete.from_table(TABLE).and_where(Expr::col("user_id").eq(user_id).or(Expr::col("expires_at").lte(now)));
    delete
}

fn leads_nowhere() -> AppOsError {
    AppOsError::security("the link is wrong, has expired or was used; ask for a new one").code_is("bad_link")
}

fn seconds(duration: Duration) -> i64 {
    // Moments are stored in seconds.
    Ord::max(i64::try_from(duration.as_secs()).unwrap_or(i64::MAX), 1)
}

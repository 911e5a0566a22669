//! A platform for tests: its own database, users as the test wants them.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::super::start::{Purpose, Started, app_configs, start, system_scope};
use super::refused;
use crate::codegen_support::Record;
use crate::config::PlatformConfig;
use crate::engine::Engine;
use crate::error::{AppOsError, Result};
use crate::journal::{Journal, JournalSettings};
use crate::model::{RecordQuery, new_row};
use crate::platform::Courier;
use crate::platform::records::{Group, Membership, User};
use crate::process::{Instance, Program, Workers};
use crate::registry::Registry;
use crate::state::{Scope, ScopeBuilder};
use crate::value::Value;

/// A running platform of all apps linked into the test, on a database of its own.
///
/// ```no_run
/// # async fn example() -> appos_runtime::Result<()> {
/// let platform = appos_runtime::host::testing::TestPlatform::start().await?;
/// let ann = platform.user("ann", &["crm_users"]).await?;
/// ann.run(async { /* calls made here are Ann's */ }).await;
/// # Ok(())
/// # }
/// ```
pub struct TestPlatform {
    started: Started,
    courier: Courier,
    workers: Workers,
}

impl TestPlatform {
    /// A platform with an empty database and no journal.
    ///
    /// # Errors
    /// What would refuse a real start, too.
    pub async fn start() -> Result<Self> {
        Self::with(PlatformConfig::default(), Journal::disabled()).await
    }

    /// A platform on this database, which other platforms may be on, too; without a journal.
    ///
    /// # Errors
    /// The database cannot be reached, or what would refuse a real start, too.
    pub async fn on(database_url: &str) -> Result<Self> {
        let mut config = PlatformConfig::default();
        config.database.url = database_url.into();
        Self::of(&config, Journal::disabled()).await
    }

    /// A platform that records its executions under this folder.
    ///
    /// # Errors
    /// The folder cannot be written, or what would refuse a real start.
    pub async fn recording(folder: &Path) -> Result<Self> {
        let journal = Journal::start(folder, &JournalSettings::default())
            .map_err(|error| AppOsError::dispatch("the log folder cannot be written").caused_by(error))?;
        Self::with(PlatformConfig::default(), journal).await
    }

    /// A platform with these settings; its database is in memory whatever they say.
    ///
    /// # Errors
    /// What would refuse a real start, too.
    pub async fn with(mut config: PlatformConfig, journal: Journal) -> Result<Self> {
        config.database.url = "sqlite::memory:".into();
        Self::of(&config, journal).await
    }

    /// A platform with these settings, on the database that they name, and with the Redis that they name.
    ///
    /// # Errors
    /// The database cannot be reached, or what would refuse a real start, too.
    pub async fn of(config: &PlatformConfig, journal: Journal) -> Result<Self> {
        refused()?;
        let apps = app_configs(Registry::global().apps(), config)
            .map_err(|errors| AppOsError::validation(errors.to_string()).code_is("config"))?;
        let started = start(config, &apps, &[], journal, Purpose::Test).await?;
        let courier = Courier::start(&started.engine, &started.store, &config.outbox);
        // What waits lets go at once, so that a test need not wait for it.
        let program = Program { role: config.role.as_str(), version: "", lingers: false };
        let parts = (&started.engine, &started.store, &started.keys);
        let workers = Workers::start(parts, &started.clock, &config.process, started.redis.as_ref(), program);
        Ok(Self { started, courier, workers })
    }

    /// Waits until everything that was enqueued has been delivered or put aside, by this
    /// platform or another one on the same database.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn outbox_idle(&self) -> Result<()> {
        self.courier.idle().await
    }

    /// Moves the platform's clock on: what waits for a moment waits so much less.
    pub fn advance(&self, by: std::time::Duration) {
        self.started.engine.clock.advance(by);
    }

    /// Has the clock of this program's machine leap by so many seconds, as when somebody sets it: no time passes.
    pub fn leap(&self, seconds: i64) {
        self.started.engine.clock.leap(seconds);
    }

    /// Makes an instance that has not begun yet one of another version of its process, as if it had been started by
    /// an earlier program.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn set_version(&self, instance: Instance, version: u32) -> Result<()> {
        crate::process::set_version(&self.started.store, instance, version).await
    }

    /// Waits until no instance of a process is due or runs, here or on another platform on the same database: each
    /// has ended, or waits for a moment, for somebody or for something that it is to be told.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn processes_idle(&self) -> Result<()> {
        self.workers.idle().await
    }

    /// Ends the platform as SIGTERM ends a program: deliveries that run come to their end. A
    /// platform that is dropped instead ends as if it had been killed.
    pub async fn stop(self) {
        tokio::join!(self.workers.stop(), self.courier.stop());
        self.started.engine.cancel_all();
        self.started.store.close().await;
    }

    /// Ends the platform with all that runs on it: whoever asked has the answer.
    pub(super) async fn end(self) {
        self.started.engine.cancel_all();
        self.stop().await;
    }

    /// The engine.
    pub fn engine(&self) -> &Arc<Engine> {
        &self.started.engine
    }

    /// A scope of a user who is in these groups; the user and the groups are made if need be.
    ///
    /// # Errors
    /// The rows cannot be written.
    pub async fn user(&self, name: &str, groups: &[&str]) -> Result<Arc<Scope>> {
        let email = format!("{name}@example.com");
        let (name, groups) = (name.to_owned(), groups.iter().map(|group| (*group).to_owned()).collect::<BTreeSet<_>>());
        let id = self
            .system()
            .await?
            .run(async move {
                let user = match User::query().email(email.clone()).first().await? {
                    Some(user) => user,
                    None => {
                        User::create(new_row(vec![
                            Value::Text(email),
                            Value::Text(name),
                            Value::Text("basic".to_owned()),
                            Value::Bool(true),
                            Value::Null,
                        ])?)
                        .await?
                    }
                };
                for group in groups {
                    let group = match Group::query().name(group.clone()).first().await? {
                        Some(group) => group,
                        None => {
                            Group::create(new_row(vec![Value::Text(group), Value::Null, Value::Bool(true)])?).await?
                        }
                    };
                    let known = Membership::query().user(user.id).group(group.id).exists().await?;
                    if !known {
                        let row = vec![Value::Integer(user.id.get()), Value::Integer(group.id.get())];
                        Membership::create(new_row(row)?).await?;
                    }
                }
                Ok::<_, AppOsError>(user.id.get())
            })
            .await?;
        self.scope_of(id).await
    }

    /// A new scope of a user who exists.
    ///
    /// # Errors
    /// There is no such user.
    pub async fn scope_of(&self, user_id: i64) -> Result<Arc<Scope>> {
        let account = crate::platform::account_by_id(&self.started.store, user_id).await?;
        let account = account.ok_or_else(|| AppOsError::security("there is no such user"))?;
        let rights = self.engine().load_rights(&account.user).await?;
        let preferences = account.chosen.over(&self.engine().settings.preferences);
        Ok(ScopeBuilder::new(Arc::clone(self.engine()), account.user, rights).preferences(preferences).build())
    }

    /// A scope of someone who is not signed in.
    ///
    /// # Errors
    /// The security data cannot be read.
    pub async fn public(&self) -> Result<Arc<Scope>> {
        let account = crate::platform::public_account();
        let rights = self.engine().load_rights(&account.user).await?;
        Ok(ScopeBuilder::new(Arc::clone(self.engine()), account.user, rights).build())
    }

    /// A scope in which everything is allowed.
    ///
    /// # Errors
    /// The security data cannot be read.
    pub async fn system(&self) -> Result<Arc<Scope>> {
        system_scope(self.engine()).await
    }

    /// Everything recorded so far goes to disk.
    pub fn flush_journal(&self) {
        self.engine().journal().flush();
    }
}

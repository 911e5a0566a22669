//! The databases of connected systems, each opened when it is used for the first time, and anew when its settings
//! have changed: a password that is rotated is no reason to start again.

use std::collections::HashMap;
use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use futures_util::future::BoxFuture;
use sea_orm::sea_query::{Expr, Query};

use super::store::{Shared, Store};
use super::transaction::{transaction, transaction_on};
use crate::config::DatabaseConfig;
use crate::error::{AppOsError, Result};
use crate::model::record_of;
use crate::registry::ObjectDescriptor;
use crate::state::Ctx;

/// Knows how the databases of connected systems are reached.
pub(crate) trait SystemDatabases: Send + Sync {
    /// The settings of a system's database, as they are now. It is asked with every use, so it has to remember; and
    /// as long as nothing has changed, the answer is the same `Arc`: another one means that the database is opened anew.
    ///
    /// # Errors
    /// Nobody has said how it is reached.
    fn settings(&self, system: &'static str) -> BoxFuture<'_, Result<Arc<DatabaseConfig>>>;
}

/// The databases of connected systems.
pub(crate) struct Databases {
    settings: Box<dyn SystemDatabases>,
    shared: Shared,
    places: Mutex<HashMap<&'static str, Arc<Place>>>,
    is_closed: AtomicBool,
}

/// The database of one system.
#[derive(Default)]
struct Place {
    /// The open one, and with which settings.
    open: Mutex<Option<(Arc<DatabaseConfig>, Arc<Store>)>>,
    /// Held by whoever opens it; what the last attempt came to, if it failed.
    opening: tokio::sync::Mutex<Option<Failure>>,
}

/// An attempt that failed. Whoever has waited for it fails with it: a queue of callers that each waited as long
/// would be none the wiser.
struct Failure {
    at: Instant,
    with: Arc<DatabaseConfig>,
    code: String,
    message: String,
}

impl Place {
    fn open(&self) -> MutexGuard<'_, Option<(Arc<DatabaseConfig>, Arc<Store>)>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn opened_with(&self, settings: &Arc<DatabaseConfig>) -> Option<Arc<Store>> {
        let open = self.open();
        open.as_ref().filter(|(with, _)| Arc::ptr_eq(with, settings)).map(|(_, store)| Arc::clone(store))
    }
}

impl Databases {
    pub(super) fn new(settings: Box<dyn SystemDatabases>, shared: Shared) -> Self {
        Self { settings, shared, places: Mutex::default(), is_closed: AtomicBool::new(false) }
    }

    /// The database of a system.
    ///
    /// # Errors
    /// Its settings are unknown, it does not answer, or its tables do not fit the records.
    pub(crate) async fn store(&self, system: &'static str) -> Result<Arc<Store>> {
        let settings = self.settings.settings(system).await?;
        let place = Arc::clone(self.places().entry(system).or_default());
        match place.opened_with(&settings) {
            Some(store) => Ok(store),
            // Boxed, for it is rare, and larger than all else.
            None => Box::pin(self.opened(system, &place, settings)).await,
        }
    }

    /// Asks a system's database for a sign of life, and answers how long it took.
    ///
    /// # Errors
    /// There is none.
    #[cfg(feature = "web")]
    pub(crate) async fn ping(&self, system: &'static str) -> Result<std::time::Duration> {
        let begun = Instant::now();
        let store = self.store(system).await?;
        let mut select = Query::select();
        select.expr(Expr::cust("1"));
        store.rows(&select).await.map(|_| begun.elapsed())
    }

    /// Closes them all; none is opened any more.
    pub(super) async fn close(&self) {
        self.is_closed.store(true, Ordering::SeqCst);
        let places: Vec<_> = self.places().drain().collect();
        for (_, place) in places {
            // Whoever opens one meanwhile finds out that he comes too late.
            let _turn = place.opening.lock().await;
            let open = place.open().take();
            if let Some((_, store)) = open {
                store.close().await;
            }
        }
    }

    fn places(&self) -> MutexGuard<'_, HashMap<&'static str, Arc<Place>>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn opened(&self, system: &'static str, place: &Place, settings: Arc<DatabaseConfig>) -> Result<Arc<Store>> {
        let asked = Instant::now();
        let mut turn = place.opening.lock().await;
        if let Some(store) = place.opened_with(&settings) {
            return Ok(store);
        }
        if let Some(failure) =
            turn.as_ref().filter(|failure| failure.at > asked && Arc::ptr_eq(&failure.with, &settings))
        {
            return Err(AppOsError::dispatch(failure.message.clone()).code_is(failure.code.clone()));
        }
        if self.is_closed.load(Ordering::SeqCst) {
            return Err(AppOsError::dispatch("the platform ends").code_is("database_unavailable"));
        }
        match Store::open_system(&settings, system, self.shared.clone()).await {
            Ok(store) => {
                let store = Arc::new(store);
                let before = place.open().replace((settings, Arc::clone(&store)));
                if let Some((_, before)) = before {
                    tracing::info!(
                        system,
                        "the settings of a connected system have changed: its database was opened anew"
                    );
                    // What was begun with the old ones comes to its end.
                    tokio::spawn(async move { before.close().await });
                }
                *turn = None;
                Ok(store)
            }
            Err(error) => {
                let (code, message) = (error.code().to_owned(), error.message().to_owned());
                *turn = Some(Failure { at: Instant::now(), with: settings, code, message });
                Err(error)
            }
        }
    }
}

/// The database of a record; `None`: the platform's own.
pub(super) async fn of(ctx: &Ctx, object: &'static ObjectDescriptor) -> Result<Option<Arc<Store>>> {
    let Some(system) = record_of(object).connected_system else { return Ok(None) };
    let store = ctx.scope().engine.resource::<Store>();
    let store =
        store.ok_or_else(|| AppOsError::dispatch("this program runs without a database").code_is("no_database"))?;
    store.systems()?.store(system).await.map(Some)
}

/// Runs a body as one transaction of a record's database.
pub(super) async fn transaction_of<T>(
    ctx: &Ctx,
    object: &'static ObjectDescriptor,
    body: impl Future<Output = Result<T>>,
) -> Result<T> {
    match of(ctx, object).await? {
        Some(store) => transaction_on(&store, body).await,
        None => transaction(body).await,
    }
}

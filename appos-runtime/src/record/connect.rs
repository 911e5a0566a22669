//! Opens the database that the settings name.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::DatabaseConnection;
use secrecy::ExposeSecret;

use super::dialect::{mysql_pool, postgres_pool, sqlite_pool};
use crate::config::DatabaseConfig;
use crate::error::Result;

/// The connections of a store.
pub(super) struct Connections {
    pub(super) readers: DatabaseConnection,
    pub(super) writer: DatabaseConnection,
    pub(super) doubt: Arc<Doubt>,
}

/// Opens the database of a platform.
pub(super) async fn connect(settings: &DatabaseConfig) -> Result<Connections> {
    if settings.url.expose_secret().starts_with("postgres") {
        postgres_pool::open(settings).await
    } else {
        sqlite_pool::open(settings).await
    }
}

/// Opens the database of a connected system, which may be one in which no platform lives.
pub(super) async fn connect_system(settings: &DatabaseConfig) -> Result<Connections> {
    let url = settings.url.expose_secret();
    if url.starts_with("mysql:") || url.starts_with("mariadb:") {
        mysql_pool::open(settings).await
    } else {
        connect(settings).await
    }
}

/// False if opening the database would make it: a file that is not there yet.
#[cfg(feature = "web")]
pub(crate) fn is_there(settings: &DatabaseConfig) -> bool {
    settings.url.expose_secret().starts_with("postgres") || sqlite_pool::is_there(settings)
}

/// Whether connections that wait in the pool may have been cut. To ask each one before each
/// use costs as much as the use itself: they are asked only for a while after one was found
/// cut, and when they have waited long enough for somebody on the way to have forgotten them.
#[derive(Debug, Default)]
pub(super) struct Doubt(Mutex<Option<Instant>>);

impl Doubt {
    const LASTS: Duration = Duration::from_secs(10);
    const IDLE: Duration = Duration::from_secs(30);

    /// A connection was found cut: the others probably are, too.
    pub(super) fn arises(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// True if a connection that has waited so long is to be asked before its use.
    pub(super) fn concerns(&self, idle_for: Duration) -> bool {
        let since = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        idle_for >= Self::IDLE || since.is_some_and(|since| since.elapsed() < Self::LASTS)
    }
}

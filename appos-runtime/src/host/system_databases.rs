//! How the databases of connected systems are reached: as their authors and the environment say, with the passwords of
//! the store of secrets, and for the rest like the platform's own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use secrecy::ExposeSecret;

use crate::config::{DatabaseConfig, Migrate, PlatformConfig};
use crate::error::{AppOsError, Result};
use crate::outside::Systems;
use crate::record::{Store, SystemDatabases};
use crate::registry::Registry;

/// How long a password is believed before it is looked up again.
const BELIEVED: Duration = Duration::from_secs(1);

/// The databases of connected systems.
pub(super) struct BySystem {
    /// What is said of the platform's own database holds for these, too, where they say nothing else.
    like: DatabaseConfig,
    /// Weak, for the systems have the platform's own database, which has these: neither would ever be closed.
    systems: Weak<Systems>,
    is_dev: bool,
    known: Mutex<HashMap<&'static str, (Instant, Arc<DatabaseConfig>)>>,
}

impl BySystem {
    pub(super) fn new(config: &PlatformConfig, systems: &Arc<Systems>) -> Self {
        let like = DatabaseConfig { min_connections: 0, ..config.database.clone() };
        Self { like, systems: Arc::downgrade(systems), is_dev: config.environment == "dev", known: Mutex::default() }
    }

    fn known(&self) -> MutexGuard<'_, HashMap<&'static str, (Instant, Arc<DatabaseConfig>)>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn of(&self, system: &'static str) -> Result<Arc<DatabaseConfig>> {
        let now = Instant::now();
        if let Some((read, settings)) = self.known().get(system)
            && now.duration_since(*read) < BELIEVED
        {
            return Ok(Arc::clone(settings));
        }
        let systems = self
            .systems
            .upgrade()
            .ok_or_else(|| AppOsError::integration("the platform ends").code_is("connected_system_unavailable"))?;
        let (url, settings) = systems.database(system).await.map_err(|error| {
            let text = format!("the database of {system} is not set up; the log says why");
            AppOsError::integration(text).code_is("connected_system_unavailable").caused_by(error)
        })?;
        let own = self.is_dev && url.expose_secret().starts_with("sqlite:");
        let migrate = self.like.migrate.unwrap_or(if own { Migrate::Auto } else { Migrate::Check });
        let mut known = self.known();
        let same = known.remove(system).map(|(_, settings)| settings);
        // The same `Arc` as long as nothing has changed: another one opens the database anew.
        let same = same.filter(|settings| settings.url.expose_secret() == url.expose_secret());
        let settings = same.unwrap_or_else(|| {
            let like = self.like.clone();
            Arc::new(DatabaseConfig {
                url,
                migrate: Some(migrate),
                max_connections: settings.pool_size.unwrap_or(like.max_connections),
                idle_timeout: settings.idle_timeout.unwrap_or(like.idle_timeout),
                connect_timeout: settings.connect_timeout.unwrap_or(like.connect_timeout),
                statement_timeout: settings.timeout.unwrap_or(like.statement_timeout),
                ..like
            })
        });
        known.insert(system, (now, Arc::clone(&settings)));
        Ok(settings)
    }
}

impl SystemDatabases for BySystem {
    fn settings(&self, system: &'static str) -> BoxFuture<'_, Result<Arc<DatabaseConfig>>> {
        self.of(system).boxed()
    }
}

/// Asks the databases in which records are for a sign of life, and tells the log of those that give none, or whose
/// tables do not fit: a system outside keeps no platform from starting.
pub(super) async fn look(store: Arc<Store>) {
    let mut systems: Vec<_> = Registry::global().records().filter_map(|(_, record)| record.connected_system).collect();
    systems.sort_unstable();
    systems.dedup();
    for system in systems {
        let answer = match store.systems() {
            Ok(systems) => systems.ping(system).await,
            Err(error) => Err(error),
        };
        match answer {
            Ok(took) => tracing::info!(system, ?took, "the database of a connected system answers"),
            Err(error) => {
                tracing::warn!(system, error = error.message(), "the database of a connected system cannot be used");
            }
        }
    }
}

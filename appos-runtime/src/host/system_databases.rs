//! How the databases of connected systems are reached: by their addresses, and for the rest like the platform's own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use secrecy::{ExposeSecret, SecretString};

use crate::config::{DatabaseConfig, Migrate, PlatformConfig, SystemAddresses};
use crate::error::{AppOsError, Result};
use crate::record::{Store, SystemDatabases};
use crate::registry::Registry;

/// How long an address is believed before it is asked for again.
const BELIEVED: Duration = Duration::from_secs(1);

/// Databases that are like the platform's own, but for where they are.
pub(super) struct ByAddress {
    /// What is said of the platform's own database holds for these, too, but for the address.
    like: DatabaseConfig,
    addresses: SystemAddresses,
    is_dev: bool,
    known: Mutex<HashMap<&'static str, (Instant, Arc<DatabaseConfig>)>>,
}

impl ByAddress {
    pub(super) fn new(config: &PlatformConfig) -> Self {
        let like = DatabaseConfig { min_connections: 0, ..config.database.clone() };
        Self {
            like,
            addresses: config.system_addresses.clone(),
            is_dev: config.environment == "dev",
            known: Mutex::default(),
        }
    }

    fn of(&self, system: &'static str) -> Result<Arc<DatabaseConfig>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if let Some((read, settings)) = known.get(system)
            && now.duration_since(*read) < BELIEVED
        {
            return Ok(Arc::clone(settings));
        }
        let unknown = |why: String| {
            let text = format!("the database of {system} is not set up; the log says why");
            AppOsError::integration(text).code_is("connected_system_unavailable").caused_by(why)
        };
        let url = self.addresses.of(system).map_err(unknown)?;
        let same = known.remove(system).map(|(_, settings)| settings);
        let same = same.filter(|settings| settings.url.expose_secret() == url.expose_secret());
        let settings = same.unwrap_or_else(|| Arc::new(self.with(url)));
        known.insert(system, (now, Arc::clone(&settings)));
        Ok(settings)
    }

    fn with(&self, url: SecretString) -> DatabaseConfig {
        let own = self.is_dev && url.expose_secret().starts_with("sqlite:");
        let migrate = self.like.migrate.unwrap_or(if own { Migrate::Auto } else { Migrate::Check });
        DatabaseConfig { url, migrate: Some(migrate), ..self.like.clone() }
    }
}

impl SystemDatabases for ByAddress {
    fn settings(&self, system: &'static str) -> BoxFuture<'_, Result<Arc<DatabaseConfig>>> {
        std::future::ready(self.of(system)).boxed()
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

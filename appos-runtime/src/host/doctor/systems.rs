//! Connected systems: are the secrets there that they need. None is asked: `cargo appos connection test` does that.

use super::Check;
use crate::config::PlatformConfig;
use crate::platform::PlatformGuard;
use crate::platform::stored_secrets::{SecretSource, StoredSecret, secret_source, stored_secrets};
use crate::record::{Store, is_there};
use crate::registry::{ObjectDetail, Registry, Secret};

const NAME: &str = "secrets";

/// Nothing, while no system needs a secret, or the database has no tables; what is wrong with it is told elsewhere.
pub(super) async fn examine(config: &PlatformConfig) -> Vec<Check> {
    let needed: Vec<(&str, &str)> = Registry::global()
        .objects()
        .iter()
        .filter_map(|object| match object.detail {
            ObjectDetail::ConnectedSystem(system) => Some((object.reference, (system.auth)().secrets())),
            _ => None,
        })
        .flat_map(|(reference, secrets)| secrets.into_iter().map(move |secret: Secret| (reference, secret.name())))
        .collect();
    if needed.is_empty() {
        return Vec::new();
    }
    let Some(stored) = stored(config).await else { return Vec::new() };
    let missing = needed.iter().filter(|(_, name)| secret_source(&stored, name) == SecretSource::Missing);
    let checks: Vec<Check> = missing
        .map(|(system, name)| {
            let found = format!("{system} needs {name}, which nobody has entered: it cannot be called");
            Check::warning(NAME, found, format!("`cargo appos secrets set {name}`, or set the environment variable"))
        })
        .collect();
    if checks.is_empty() { vec![Check::ok(NAME, "all that connected systems need are there")] } else { checks }
}

/// Those that are stored; none, before there is a database.
async fn stored(config: &PlatformConfig) -> Option<Vec<StoredSecret>> {
    if !is_there(&config.database) {
        return Some(Vec::new());
    }
    let store = Store::open_to_read(&config.database, PlatformGuard::new(&[])).await.ok()?;
    let stored = stored_secrets(&store).await;
    store.close().await;
    stored.ok()
}

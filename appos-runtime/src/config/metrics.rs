//! Settings of metrics.

use std::net::SocketAddr;
use std::time::Duration;

use super::mistake::{Wrong, shown};
use super::platform::PlatformConfig;
use super::value::{Value, text};

/// `metrics`: what is counted of objects.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MetricsConfig {
    /// `interval`: how often what was counted is written to the database; a program that is killed loses as much.
    pub interval: Duration,
    /// `listen`: address on which `/metrics` is answered to whoever reaches it; without it, only beside the rest, to
    /// whoever may `use` the rule `platform.rules.prometheus`.
    pub listen: Option<SocketAddr>,
}

impl Default for MetricsConfig {
    fn default() -> Self {
        Self { interval: Duration::from_mins(1), listen: None }
    }
}

pub(super) fn listen(config: &mut PlatformConfig, value: Value<'_>) -> Result<(), Wrong> {
    const EXAMPLE: &str = "listen: 127.0.0.1:9464";
    let written = text(value, EXAMPLE)?;
    let address = written.parse().map_err(|_| {
        let message = format!("`{}` is not an address with a port to listen on", shown(written));
        Wrong::new(message, format!("write `{EXAMPLE}`, or `listen: 0.0.0.0:9464` for every network"))
    })?;
    config.metrics.listen = Some(address);
    Ok(())
}

//! Settings of metrics.

use std::net::SocketAddr;
use std::time::Duration;

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

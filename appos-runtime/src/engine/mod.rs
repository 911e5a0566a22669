//! The one entry to every object: resolve, authorize, open an execution, run, record.

mod authorize;
mod boot;
mod counts;
#[cfg(feature = "web")]
mod disguise;
mod dispatch;
mod dynamic;
mod execution;
mod guard;
mod metrics;
mod spawn;

pub use crate::registry::Object;
pub use boot::{Engine, EngineBuilder, Settings};
#[cfg(feature = "web")]
pub(crate) use counts::{BUCKETS, Counts};
#[cfg(feature = "web")]
pub(crate) use disguise::{disguised, disguised_now};
#[cfg(feature = "db")]
pub(crate) use dispatch::run_within;
pub(crate) use dispatch::{run, run_cached};
pub use dynamic::{ObjectRef, dispatch};
#[cfg(feature = "web")]
pub(crate) use dynamic::{dispatch_received, dispatch_with, start_with};
pub(crate) use dynamic::{fit, is_trial};
#[cfg(feature = "db")]
pub(crate) use dynamic::{resolve, try_arguments};
#[cfg(feature = "web")]
pub(crate) use execution::outcome_of;
#[cfg(feature = "db")]
pub(crate) use guard::panicked;
pub use metrics::{LatencySummary, ObjectMetrics};
pub use spawn::{JoinSet, spawn};

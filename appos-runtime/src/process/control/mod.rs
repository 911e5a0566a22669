//! What people and programs ask of instances that are there: to see them, to tell them something, to end them, to
//! have them go on. Each is a dispatch of the instance's process.

mod answer;
mod bulk;
mod change;
mod found;
mod rules;
mod see;
mod stats;
#[cfg(feature = "web")]
mod stranded;
mod workers;

pub(crate) use bulk::Steering;
pub(crate) use found::instance_of;
pub(super) use found::with;
pub(crate) use rules::{process_list as list_instances, process_scale, process_stats, process_steer, process_workers};
pub(crate) use see::{EntrySeen, InstanceSeen, Listed, Waits, Wanted, show, unknown_state};
#[cfg(feature = "web")]
pub(crate) use stats::all_counted;
pub(crate) use stats::{MinuteSeen, ProcessStats, Stats, StatsWanted};
#[cfg(feature = "web")]
pub(crate) use stranded::{Stranded, stranded};
#[cfg(feature = "web")]
pub(crate) use workers::works_here;
pub(crate) use workers::{WorkerSeen, WorkersSeen};

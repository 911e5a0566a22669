//! What people and programs ask of instances that are there: to see them, to tell them something, to end them, to
//! have them go on. Each is a dispatch of the instance's process.

mod answer;
mod change;
mod found;
mod rules;
mod see;
#[cfg(feature = "web")]
mod stranded;

pub(crate) use found::instance_of;
pub(super) use found::with;
pub(crate) use rules::process_list as list_instances;
pub(crate) use see::{EntrySeen, InstanceSeen, Listed, Waits, Wanted, show, unknown_state};
#[cfg(feature = "web")]
pub(crate) use stranded::{Stranded, stranded};

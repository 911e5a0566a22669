//! Whether a platform is well, and how it is used: what `/ready` and `/metrics` tell, and what is kept of the counts of
//! objects when a program ends. It knows no HTTP server, and gives nothing of a row.

mod cached;
mod gauges;
mod health;
mod histogram;
mod monitor;
mod prometheus;
mod recorder;
mod report;
mod rules;
mod table;
mod window;

pub(crate) use gauges::Gauges;
pub(crate) use health::{Health, State, Status};
pub(crate) use monitor::Monitor;
pub(crate) use recorder::Recorder;
pub(crate) use report::{Metrics, MetricsWanted, ObjectUse, Point};
pub(crate) use rules::{health, metrics, prometheus_text};
pub(crate) use table::prepare;
pub(crate) use window::WINDOWS;

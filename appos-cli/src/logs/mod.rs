//! Reads the log files of a platform: lines of JSON, in a file for each kind of object, category and
//! day (UTC). Files may have many gigabytes: no more of one is held than a part and some positions.
//!
//! A line is written when an execution ends, and bears the time at which it began. So the lines of
//! a file are in the order of their ends, nearly: threads write side by side.

mod filter;
mod folder;
mod follow;
#[cfg(fuzzing)]
pub mod fuzzing;
mod line;
mod measure;
mod moment;
mod packed;
mod read;
mod select;
mod show;
mod trace;

pub(crate) use filter::{Filter, Outcomes, SeenBy, Until};
pub(crate) use folder::{CATEGORIES, Days, LogFile, LogFolder};
pub(crate) use follow::{Follow, follow};
pub(crate) use line::IdPrefix;
pub(crate) use measure::{Measured, measure};
pub(crate) use moment::{FORMS, Zone, duration, moment};
pub(crate) use read::Reading;
pub(crate) use select::{MOST, all, last};
pub(crate) use show::Shown;
pub(crate) use trace::{find, text};

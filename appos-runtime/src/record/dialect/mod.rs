//! What the databases do differently, behind one seam: the rest of the room, and the
//! platform's own tables, name no database.

mod given;
mod months;
mod mysql;
pub(super) mod mysql_pool;
mod postgres;
pub(super) mod postgres_pool;
mod readers;
mod seam;
mod sqlite;
pub(super) mod sqlite_pool;
mod to_its_end;

pub(crate) use given::GivenType;
pub(crate) use months::{Monthly, Parts};
#[cfg(feature = "web")]
pub(crate) use readers::PoolUse;
pub(super) use readers::Readers;
pub(super) use seam::Fault;
pub(crate) use seam::{Dialect, SetUp};

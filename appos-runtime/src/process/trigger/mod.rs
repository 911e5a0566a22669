//! What starts processes without anybody calling them.

mod schedule;
mod ticks;
mod write;

pub(super) use schedule::start_due;

pub use write::{row_id, start_with_write};

//! What starts processes without anybody calling them.

mod write;

pub use write::{row_id, start_with_write};

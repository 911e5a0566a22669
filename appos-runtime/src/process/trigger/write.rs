//! A record's process, which is started with a write of a row.

use std::pin::Pin;

use crate::error::Result;
use crate::model::{Record, Row};
use crate::process::ProcessCall;
use crate::value::Id;

/// The id of a row. Not the row: the process runs later, when the row may be another.
pub fn row_id<R: Record>(row: &Row) -> Id<R> {
    Id::new(row.system.id)
}

/// Starts a process in the transaction of a write, as whoever writes: it runs if and only if that is committed.
pub fn start_with_write<T: 'static>(
    call: ProcessCall<T>,
) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'static>> {
    Box::pin(async move { call.start().await.map(drop) })
}

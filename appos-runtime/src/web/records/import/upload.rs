//! A file on its way in: kept in a temporary file first, so that no transaction waits for a
//! client, and memory does not grow with it.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::time::{Duration, Instant};

use actix_web::web::Payload;
use futures_util::StreamExt;

use super::progress::Running;
use crate::error::{AppOsError, Result};
use crate::web::body::too_slow;

/// Receives a file.
///
/// # Errors
/// It is larger than allowed, does not arrive whole or not in time, or there is no room for it.
pub(super) async fn receive(
    mut payload: Payload,
    (limit, patience, until): (usize, Duration, Instant),
    running: &Running,
) -> Result<File> {
    let failed = |error: std::io::Error| {
        AppOsError::dispatch("the file cannot be kept for its import").code_is("storage_full").caused_by(error)
    };
    let mut file = tempfile::tempfile().map_err(failed)?;
    let mut length = 0_usize;
    loop {
        // A sender that says nothing for so long has gone, and one that never comes to an end must not stay.
        let wait = patience.min(until.saturating_duration_since(Instant::now()));
        let Ok(part) = tokio::time::timeout(wait, payload.next()).await else { return Err(too_slow()) };
        let Some(part) = part else { break };
        let part =
            part.map_err(|_| AppOsError::validation("the body did not arrive whole").code_is("malformed_file"))?;
        length = length.saturating_add(part.len());
        if length > limit {
            return Err(AppOsError::validation("the file is larger than the server imports").code_is("body_too_large"));
        }
        file.write_all(&part).map_err(failed)?;
        running.received(length);
    }
    file.seek(SeekFrom::Start(0)).map_err(failed)?;
    Ok(file)
}

//! A file on its way in: kept in a temporary file first, so that no transaction waits for a
//! client, and memory does not grow with it.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};

use actix_web::web::Payload;
use futures_util::StreamExt;

use super::progress::Running;
use crate::error::{AppOsError, Result};

/// Receives a file.
///
/// # Errors
/// It is larger than allowed, does not arrive whole, or there is no room for it.
pub(super) async fn receive(mut payload: Payload, limit: usize, running: &Running) -> Result<File> {
    let failed = |error: std::io::Error| {
        AppOsError::dispatch("the file cannot be kept for its import").code_is("storage_full").caused_by(error)
    };
    let mut file = tempfile::tempfile().map_err(failed)?;
    let mut length = 0_usize;
    while let Some(part) = payload.next().await {
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

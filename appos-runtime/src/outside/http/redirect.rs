//! Where a redirect may lead: within the system as it likes; elsewhere only to read, without credentials, never out of
//! TLS.

use reqwest::header::LOCATION;
use reqwest::{Method, Response, StatusCode, Url};

use crate::error::{AppOsError, Result};

/// Most redirects of one attempt.
pub(super) const MOST: usize = 5;

/// The next request.
pub(super) struct Next {
    pub(super) url: Url,
    pub(super) method: Method,
    /// It leads to another system, which is shown nothing.
    pub(super) is_elsewhere: bool,
    pub(super) keeps_body: bool,
}

/// `None`: the answer is no redirect.
///
/// # Errors
/// It leads where it may not (code `redirect_refused`).
pub(super) fn next(from: &Url, method: &Method, response: &Response) -> Result<Option<Next>> {
    let status = response.status();
    let keeps_body = match status {
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND | StatusCode::SEE_OTHER => false,
        StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT => true,
        _ => return Ok(None),
    };
    let Some(location) = response.headers().get(LOCATION) else { return Ok(None) };
    let target = location.to_str().ok().and_then(|location| from.join(location).ok());
    let url = target.ok_or_else(|| refused("leads to no address"))?;
    if !matches!(url.scheme(), "http" | "https") || (from.scheme() == "https" && url.scheme() == "http") {
        return Err(refused("leads out of TLS"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refused("holds a login"));
    }
    let reads = matches!(*method, Method::GET | Method::HEAD);
    let is_elsewhere = url.origin() != from.origin();
    if is_elsewhere && !reads {
        return Err(refused("leads to another system, which would be sent what was not for it"));
    }
    let method = if keeps_body || reads { method.clone() } else { Method::GET };
    Ok(Some(Next { url, method, is_elsewhere, keeps_body: keeps_body && !reads }))
}

pub(super) fn refused(why: &str) -> AppOsError {
    AppOsError::integration(format!("the system's redirect {why}")).code_is("redirect_refused")
}

//! The trace of a request: what the system is told of it, and what the log is.

use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::RequestBuilder;

use super::call::Request;
use super::client::HttpClient;
use crate::error::AppOsError;
use crate::journal::RequestNote;
use crate::state::Ctx;

/// Tells the system in which trace it is called.
pub(super) fn traced(ctx: &Ctx, request: RequestBuilder) -> RequestBuilder {
    let (parent, state) = ctx.trace_headers();
    let request = request.header("traceparent", parent);
    match state {
        Some(state) => request.header("tracestate", state),
        None => request,
    }
}

/// Notes an attempt that has ended, for the record of the call of the system.
pub(super) fn note(
    ctx: &Ctx,
    (request, client, attempt): (&Request, &HttpClient, u32),
    took: Duration,
    end: Result<u16, &AppOsError>,
) {
    let (Some(asked), Some(system)) = (ctx.asked(), ctx.object) else { return };
    if !ctx.engine.journal().is_enabled() {
        return;
    }
    let duration_ns = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
    asked.note_request(RequestNote {
        system: system.reference,
        method: request.method.to_string(),
        host: Arc::clone(&client.host),
        path: format!("{}{}", client.base.path().trim_end_matches('/'), request.path),
        at_us: ctx.unix_us(Instant::now()).saturating_sub(duration_ns / 1000),
        duration_ns,
        attempt,
        status: end.ok(),
        error: end.err().map(|error| error.code().to_owned()),
    });
}

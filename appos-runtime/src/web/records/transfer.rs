//! What exports and imports share: they may take longer than other requests.

use std::time::Instant;

use crate::state::Ctx;
use crate::web::router::Call;

/// The context of a request that has the time of a transfer.
pub(super) fn unhurried(call: &Call<'_>) -> Option<Ctx> {
    Ctx::current().map(|ctx| ctx.until(Instant::now() + call.server.transfer_timeout))
}

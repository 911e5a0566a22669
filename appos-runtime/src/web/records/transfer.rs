//! What exports and imports share: they may take longer than other requests, and the security
//! log is told of them.

use std::time::Instant;

use crate::journal::{Event, SecurityEvent};
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::state::{Ctx, Scope};
use crate::web::router::Call;

/// The context of a request that has the time of a transfer.
pub(in crate::web) fn unhurried(call: &Call<'_>) -> Option<Ctx> {
    Ctx::current().map(|ctx| ctx.until(Instant::now() + call.server.transfer_timeout))
}

/// Tells the security log that many rows leave, or come in, at once.
pub(super) fn note(
    scope: &Scope,
    object: &'static ObjectDescriptor,
    (action, permission): (&'static str, Permission),
    detail: String,
) {
    scope.engine.journal().record(Event::Security(Box::new(SecurityEvent {
        at_us: scope.unix_us(Instant::now()),
        execution_id: Some(scope.root_id()),
        object: Some(object),
        action,
        permission: Some(permission),
        user_id: scope.user.id,
        detail,
        address: scope.request.as_ref().and_then(|request| request.address),
        change: None,
    })));
}

//! Writes of rows on which decisions about access depend, as the security log is told of them:
//! after the commit, whatever path led to the write, and never of what was rolled back.

use std::time::Instant;

use super::audit::{Action, changes};
use super::feed::changed;
use super::store::Store;
use super::transaction::tell_at_commit;
use crate::journal::{Event, RowChange, SecurityEvent};
use crate::model::Row;
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::state::Ctx;

/// What waits for the commit.
pub(super) type Told = Box<SecurityEvent>;

/// After a write: tells of it, or leaves it to the open transaction to tell.
pub(super) fn tell(
    store: &Store,
    object: &'static ObjectDescriptor,
    action: Action,
    (old, new): (Option<&Row>, Option<&Row>),
) {
    changed(store, object, new.or(old).map(|row| row.system.id));
    let (Some(name), Some(ctx), Some(row)) = (store.guard().told_as(object), Ctx::current(), new.or(old)) else {
        return;
    };
    let scope = ctx.scope();
    let event = Box::new(SecurityEvent {
        at_us: scope.unix_us(Instant::now()),
        execution_id: Some(ctx.execution_id),
        object: Some(object),
        action: name,
        permission: Some(match action {
            Action::Create => Permission::Create,
            Action::Update => Permission::Update,
            Action::Delete | Action::Restore => Permission::Delete,
        }),
        user_id: ctx.user.id,
        detail: action.as_str().to_owned(),
        address: ctx.request.as_ref().and_then(|request| request.address),
        change: Some(RowChange { row_id: row.system.id, fields: changes(object, old, new) }),
    });
    if let Some(event) = tell_at_commit(event) {
        scope.engine.journal.record(Event::Security(event));
    }
}

/// After a commit: writes what has waited for it.
pub(super) fn write_all(told: Vec<Told>) {
    let Some(ctx) = Ctx::current() else { return };
    for event in told {
        ctx.scope().engine.journal.record(Event::Security(event));
    }
}

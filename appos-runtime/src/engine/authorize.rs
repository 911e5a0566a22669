//! The second step of dispatch: may the principal do this with the object?

use crate::error::Result;
use crate::registry::ObjectDescriptor;
use crate::security::{Because, Permission};
use crate::state::Ctx;

/// The decision, if it is known as of now: two atomic loads, no lock, no allocation.
#[inline]
pub(super) fn allowed_now(caller: &Ctx, object: &ObjectDescriptor, permission: Permission) -> Option<Because> {
    caller.scope().with_current_rights(|rights| rights.answer(object, permission))
}

/// The decision, after loading what has changed.
///
/// # Errors
/// The security data cannot be read: nothing is allowed then.
pub(super) async fn authorize(
    caller: Ctx,
    object: &'static ObjectDescriptor,
    permission: Permission,
) -> Result<Because> {
    Ok(caller.scope().fresh_rights().await?.answer(object, permission))
}

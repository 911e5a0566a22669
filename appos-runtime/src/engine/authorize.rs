//! The second step of dispatch: may the principal do this with the object?

use crate::error::Result;
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::state::Ctx;

/// True if the caller's principal has the permission now.
///
/// Warm, it reads two atomics; only after a change of the security data does it load.
///
/// # Errors
/// The security data changed and cannot be read: nothing is allowed then.
#[inline]
pub(super) async fn authorize(caller: &Ctx, object: &ObjectDescriptor, permission: Permission) -> Result<bool> {
    let scope = caller.scope();
    match scope.with_current_rights(|rights| rights.allows(object, permission)) {
        Some(allowed) => Ok(allowed),
        None => Ok(scope.fresh_rights().await?.allows(object, permission)),
    }
}

//! What whoever is refused may learn.

use crate::error::{AppOsError, ErrorKind};
use crate::security::{Permission, Rights};
use crate::state::Scope;

/// What a refused principal may learn: that it is not signed in; that it lacks the permission, if it may
/// view the object; else nothing, not even that the object exists.
pub(crate) async fn disguised(scope: &Scope, error: AppOsError) -> AppOsError {
    if !conceals(&error) {
        return error;
    }
    let may_view = scope.fresh_rights().await.is_ok_and(|rights| may_view(scope, &rights, &error));
    told_instead(scope, may_view, &error).unwrap_or(error)
}

/// The same where nothing can be waited for: what is told in the error's place, if something else is.
/// Rights that are not known count as none.
pub(crate) fn disguised_now(scope: &Scope, error: &AppOsError) -> Option<AppOsError> {
    if !conceals(error) {
        return None;
    }
    let may_view = scope.with_current_rights(|rights| may_view(scope, rights, error)).unwrap_or(false);
    told_instead(scope, may_view, error)
}

/// True if an error tells that an object exists.
fn conceals(error: &AppOsError) -> bool {
    error.kind() == ErrorKind::Security && error.code() == "denied"
}

fn may_view(scope: &Scope, rights: &Rights, error: &AppOsError) -> bool {
    let object = error.chain().last().and_then(|reference| scope.engine.registry.find(reference));
    // What names no object conceals none.
    object.is_none_or(|object| rights.allows(object, Permission::View))
}

fn told_instead(scope: &Scope, may_view: bool, error: &AppOsError) -> Option<AppOsError> {
    let other = if scope.user.id == 0 {
        AppOsError::security("sign in first").code_is("not_signed_in")
    } else if may_view {
        return None;
    } else {
        AppOsError::dispatch("there is nothing at this path").code_is("not_found")
    };
    Some(match error.execution_id() {
        Some(id) => other.in_execution(id),
        None => other,
    })
}

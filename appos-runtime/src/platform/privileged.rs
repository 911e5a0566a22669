//! What must not happen without a line in the security log.

use super::APP;
use crate::registry::{ObjectDescriptor, ObjectKind};
use crate::security::Permission;

/// Rules that change nothing of it: they only look, or set how their caller sees things. A rule that is not named
/// here is taken for one that does.
const HARMLESS: [&str; 5] = ["list_api_keys", "list_sessions", "outbox_parked", "set_preferences", "why"];

/// True if the permission lets somebody change who may do what: by a write of the platform's own
/// records, or by one of its rules.
pub(crate) fn is_privileged(object: &ObjectDescriptor, permission: Permission) -> bool {
    object.app == APP
        && permission != Permission::View
        && !(object.kind == ObjectKind::Rule && HARMLESS.contains(&object.name))
}

//! What must not happen without a line in the security log.

use super::APP;
use crate::registry::{ObjectDescriptor, ObjectKind};
use crate::security::Permission;

/// Rules that only look. A rule that is not named here is taken for one that changes something.
const LOOKS: [&str; 19] = [
    "explain_permission",
    "health",
    "list_api_keys",
    "list_caught_mail",
    "list_connected_systems",
    "list_objects",
    "list_secrets",
    "list_sessions",
    "metrics",
    "outbox_parked",
    "permission_matrix",
    "process_stats",
    "process_workers",
    "prometheus",
    "saved_views",
    "show_caught_mail",
    "show_object",
    "test_connected_system",
    "why",
];

/// Rules by which somebody keeps how he sees what he may see, which gives nobody anything.
const OWN: [&str; 5] = ["change_view", "default_view", "delete_view", "save_view", "set_preferences"];

/// True if the permission lets somebody change who may do what: by a write of the platform's own
/// records, or by one of its rules.
pub(crate) fn is_privileged(object: &ObjectDescriptor, permission: Permission) -> bool {
    object.app == APP
        && permission != Permission::View
        && !(object.kind == ObjectKind::Rule && (LOOKS.contains(&object.name) || OWN.contains(&object.name)))
}

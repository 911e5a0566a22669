//! What the console asks: who may do what and why, also with other groups, and what objects there are. Rules for
//! system administrators, that only look.

mod matrix;
mod objects;

pub(crate) use matrix::{Explanation, ObjectRights, PermissionMatrix, explain_permission, permission_matrix};
pub(crate) use objects::{ObjectFacts, ObjectRow, list_objects, show_object};

use crate::error::AppOsError;

/// One argument is wrong.
fn wrong(field: &'static str, code: &'static str, message: String) -> AppOsError {
    AppOsError::validation("some fields are wrong").code_is("invalid_fields").field(field, code, message)
}

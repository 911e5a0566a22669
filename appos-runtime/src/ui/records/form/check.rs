//! What is wrong with one field, while the form is filled in.

use serde_json::Map;

use super::super::words;
use super::summary::sentence;
use super::text;
use crate::error::ErrorKind;
use crate::record::{self, Input};
use crate::registry::{FieldDescriptor, ObjectDescriptor};
use crate::security::Permission;

/// Asks the checks of a write what they say of one field. `None`: nothing, or nobody can tell now; what
/// counts is said when the form is sent.
pub(super) async fn check(
    object: &'static ObjectDescriptor,
    permission: Permission,
    field: &'static FieldDescriptor,
    typed: &str,
) -> Option<String> {
    let json = match text::read(field, typed) {
        Ok(json) => json,
        Err(error) => return Some(sentence((words::label(field), Some(field)), &error.code, &error.message)),
    };
    let input = Input::Json(Map::from_iter([(field.name.to_owned(), json)]));
    match record::check(object, permission, input).await {
        Err(error) if error.kind() == ErrorKind::Validation => {
            let own = error.fields().iter().find(|wrong| wrong.field == field.name)?;
            Some(sentence((words::label(field), Some(field)), &own.code, &own.message))
        }
        _ => None,
    }
}

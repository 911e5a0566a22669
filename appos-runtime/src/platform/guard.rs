//! What a write of a platform record must satisfy beyond its field types.

use crate::error::{AppOsError, Result};
use crate::model::record_of;
use crate::record::WriteGuard;
use crate::registry::ObjectDescriptor;
use crate::security::{PUBLIC_ACCESS, Pattern, SYSTEM_ADMIN};
use crate::value::Value;

/// What the platform asks of writes to its own records.
pub(crate) struct PlatformGuard;

impl WriteGuard for PlatformGuard {
    fn before(&self, object: &'static ObjectDescriptor, values: &[Option<Value>]) -> Result<()> {
        if object.app == super::APP { check(object, values) } else { Ok(()) }
    }

    fn decides_access(&self, object: &'static ObjectDescriptor) -> bool {
        object.app == super::APP
    }
}

fn check(object: &'static ObjectDescriptor, values: &[Option<Value>]) -> Result<()> {
    let text = |name: &str| {
        let (place, _) = record_of(object).field(name)?;
        match values.get(place)? {
            Some(Value::Text(text)) => Some(text.as_str()),
            _ => None,
        }
    };
    let wrong = |field: &str, code: &'static str, message: String| {
        Err(AppOsError::validation("some fields are wrong").code_is("invalid_fields").field(field, code, message))
    };
    match object.name {
        "object_permission" => match text("pattern").map(str::parse::<Pattern>) {
            Some(Err(error)) => wrong("pattern", "bad_pattern", error.to_string()),
            _ => Ok(()),
        },
        "group" => match text("name") {
            Some(SYSTEM_ADMIN | PUBLIC_ACCESS) => wrong("name", "reserved", "is a built-in group".to_owned()),
            Some(name) if !is_group_name(name) => wrong(
                "name",
                "bad_name",
                "must be lower case letters, digits and underscores, beginning with a letter".to_owned(),
            ),
            _ => Ok(()),
        },
        "user" => match text("email") {
            // One spelling for one address, so that signing in and uniqueness agree.
            Some(email) if email != email.to_lowercase() => {
                wrong("email", "bad_email", "must be in lower case".to_owned())
            }
            _ => Ok(()),
        },
        _ => Ok(()),
    }
}

fn is_group_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

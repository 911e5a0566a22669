//! What instances can be found by: inputs that their process names, and variables that say so.

use std::borrow::Cow;

use serde_json::{Map, Value as Json};

use super::start::process_of;
use crate::error::{AppOsError, Result};
use crate::registry::ObjectDescriptor;
use crate::value::{ChoiceValue, Date, DateTime, Decimal, Id};

/// Longest value, in characters.
pub(crate) const LONGEST_VALUE: usize = 200;

/// A type by whose values instances can be found: one that is written as a text, a number, or yes or no.
#[diagnostic::on_unimplemented(
    message = "instances cannot be found by a `{Self}`",
    label = "no text, number, day, moment, id or `bool`",
    note = "leave it out of `search`, or set a part of it in the body: `ctx.var.searchable(\"tier\", tier)?`"
)]
pub trait Searchable {}

macro_rules! searchable {
    ($($type:ty),*) => { $(impl Searchable for $type {})* };
}

searchable!(String, bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64, Decimal, Date, DateTime, uuid::Uuid);

impl<T> Searchable for Id<T> {}
impl<T: Searchable> Searchable for Option<T> {}
impl<T: ChoiceValue> Searchable for T {}

/// Proves that a parameter is one by which instances can be found.
pub const fn searched<T: Searchable>() {}

/// A value as it is looked for; `None`: there is nothing to be found by.
///
/// # Errors
/// It is no plain value, or too long.
pub(super) fn search_text(value: &Json) -> Result<Option<String>> {
    let text = match value {
        Json::Null => return Ok(None),
        Json::String(text) => Cow::Borrowed(text.as_str()),
        Json::Bool(_) | Json::Number(_) => Cow::Owned(value.to_string()),
        Json::Array(_) | Json::Object(_) => {
            let error = "instances are found by texts, numbers, and yes or no, and this is a list or an object";
            return Err(AppOsError::validation(error).code_is("invalid_variable"));
        }
    };
    if text.chars().count() > LONGEST_VALUE {
        let error = format!("what instances are found by has at most {LONGEST_VALUE} characters");
        return Err(AppOsError::validation(error).code_is("invalid_variable"));
    }
    // No database keeps a text with this character.
    Ok(Some(text.replace('\0', "")))
}

/// What an instance that is given this can be found by.
///
/// # Errors
/// A value is too long (code `invalid_arguments`).
pub(super) fn attributes(
    object: &'static ObjectDescriptor,
    shown: &Map<String, Json>,
) -> Result<Vec<(&'static str, String)>> {
    let mut attributes = Vec::new();
    for name in process_of(object).map(|process| process.search).unwrap_or_default() {
        let Some(value) = shown.get(*name) else { continue };
        match search_text(value) {
            Ok(Some(text)) => attributes.push((*name, text)),
            Ok(None) => {}
            Err(_) => {
                let wrong = AppOsError::validation("some fields are wrong").code_is("invalid_fields");
                let message = format!("must have at most {LONGEST_VALUE} characters: instances are found by it");
                return Err(wrong.field(*name, "too_long", message));
            }
        }
    }
    Ok(attributes)
}

//! What a test expects of a call that does not succeed.

use std::fmt::Debug;

use crate::error::{AppOsError, ErrorKind, Result};

/// Passes only if a call was refused for lack of a right: `assert_denied!(rules::secret().await)`.
///
/// Any other error fails, as does an answer; the message shows what came instead. The refusal is given back.
#[macro_export]
macro_rules! assert_denied {
    ($result:expr $(,)?) => {
        $crate::host::testing::denied(::core::stringify!($result), $result)
    };
}

/// Passes only if a call was refused for what was put in, and names this field:
/// `assert_invalid!(records::Customer::create(new).await, "email")`.
///
/// Without a field, any mistake in the input passes. The refusal is given back.
#[macro_export]
macro_rules! assert_invalid {
    ($result:expr $(,)?) => {
        $crate::host::testing::invalid(::core::stringify!($result), $result, ::core::option::Option::None)
    };
    ($result:expr, $field:expr $(,)?) => {
        $crate::host::testing::invalid(::core::stringify!($result), $result, ::core::option::Option::Some($field))
    };
}

/// What `assert_denied!` does.
///
/// # Panics
/// It was not refused.
#[track_caller]
#[doc(hidden)]
pub fn denied<T: Debug>(what: &str, result: Result<T>) -> AppOsError {
    match result {
        Err(error) if error.kind() == ErrorKind::Security => error,
        other => panic!("`{what}` was not refused\n  wanted: no permission\n     got: {}", shown(&other)),
    }
}

/// What `assert_invalid!` does.
///
/// # Panics
/// It was not refused, or for something else.
#[track_caller]
#[doc(hidden)]
pub fn invalid<T: Debug>(what: &str, result: Result<T>, field: Option<&str>) -> AppOsError {
    let names = |error: &AppOsError| match field {
        Some(field) => error.fields().iter().any(|wrong| wrong.field == field),
        None => true,
    };
    match result {
        Err(error) if error.kind() == ErrorKind::Validation && names(&error) => error,
        other => {
            let wanted =
                field.map_or_else(|| "a mistake in the input".to_owned(), |field| format!("a mistake in `{field}`"));
            panic!("`{what}` was not refused for this\n  wanted: {wanted}\n     got: {}", shown(&other))
        }
    }
}

fn shown<T: Debug>(result: &Result<T>) -> String {
    match result {
        Ok(value) => format!("the answer {value:?}"),
        Err(error) => super::outcome::shown(error),
    }
}

//! What generated code may name. No public interface: it changes with the macros, without
//! notice, and nothing in it opens a way around dispatch.

use std::future::Future;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};

pub use inventory::submit;
pub use serde;

pub use crate::__record_traits as record_traits;
pub use crate::engine::Object;
use crate::engine::{fit, is_trial};
pub use crate::error::{AppOsError, Result};
#[cfg(feature = "web")]
pub use crate::host::{PlatformDescriptor, run_platform};
pub use crate::journal::LoggedArguments;
#[cfg(feature = "db")]
pub use crate::migration::Migration;
pub use crate::model::{
    Column, ColumnRef, Comparison, Condition, Direction, ManyColumn, NewRecord, PatchRecord, Query, Record,
    RecordQuery, RowReader, Rows, Sort, SystemValues, TextMatch, clone_new, clone_patch, clone_record,
    deserialize_choice, deserialize_new, deserialize_patch, deserialize_record, fmt_new, fmt_patch, fmt_record,
    serialize_choice, serialize_new, serialize_patch, serialize_record, typed_row,
};
#[cfg(feature = "db")]
pub use crate::platform::{UserRef, enqueue_hook};
pub use crate::registry::{
    AppDescriptor, AppRegistration, ConstantDescriptor, FieldDescriptor, Hook, Hooks, ObjectDescriptor, ObjectDetail,
    ObjectKind, OnDelete, Parameter, PermissionLists, RecordDescriptor, Registration, RuleDescriptor, Slot,
    SystemField, Validation, on_length, on_number, on_text,
};
pub use crate::security::Permission;
pub use crate::state::Ctx;
pub use crate::value::{
    Choice, ChoiceValue, ChoicesDescriptor, Date, DateTime, Decimal, FieldPass, FieldType, FieldValue, Id, Many, One,
    Ref, Restricted, Value,
};

/// Proof that dispatch has authorized this call; only dispatch makes one.
pub struct Pass(());

/// A typed call of a rule or constant.
///
/// The caller's context is taken when the call is written down, so the call stays its
/// caller's even when another task polls it.
pub fn dispatch<T, B, F>(
    object: &'static ObjectDescriptor,
    arguments: LoggedArguments,
    body: B,
) -> impl Future<Output = Result<T>> + Send
where
    T: Serialize + Send,
    B: FnOnce(Ctx, Pass) -> F + Send,
    F: Future<Output = Result<T>> + Send,
{
    let use_it = (Permission::Use, "call");
    crate::engine::run(Ctx::current(), object, use_it, arguments, |ctx| body(ctx, Pass(())))
}

/// A typed call whose answer is kept for a time.
pub fn dispatch_cached<T, B, F>(
    object: &'static ObjectDescriptor,
    kept_for: Duration,
    key: Result<Vec<u8>>,
    arguments: LoggedArguments,
    body: B,
) -> impl Future<Output = Result<T>> + Send
where
    T: Serialize + Clone + Send + Sync + 'static,
    B: FnOnce(Ctx, Pass) -> F + Send,
    F: Future<Output = Result<T>> + Send,
{
    crate::engine::run_cached(Ctx::current(), object, kept_for, key, arguments, |ctx| body(ctx, Pass(())))
}

/// The arguments of a call as the key of its kept answer.
///
/// # Errors
/// An argument cannot be written as JSON.
pub fn cache_key<T: Serialize>(arguments: &T) -> Result<Vec<u8>> {
    Ok(serde_json::to_vec(arguments)?)
}

/// An answer as JSON.
///
/// # Errors
/// The value cannot be written as JSON.
pub fn to_json<T: Serialize>(value: T) -> Result<Json> {
    serde_json::to_value(value)
        .map_err(|error| AppOsError::execution("the answer cannot be written as JSON").caused_by(error))
}

/// Reads the arguments of a dynamic call, collecting everything that is wrong with them.
pub struct ArgumentReader {
    entries: Map<String, Json>,
    error: Option<AppOsError>,
}

impl ArgumentReader {
    /// Begins to read.
    ///
    /// # Errors
    /// The arguments are not a JSON object.
    pub fn new(arguments: Json, parameters: &'static [Parameter]) -> Result<Self> {
        let entries = match arguments {
            Json::Object(entries) => entries,
            Json::Null if parameters.is_empty() => Map::new(),
            _ => {
                let names: Vec<_> = parameters.iter().map(|parameter| parameter.name).collect();
                return Err(AppOsError::validation(format!(
                    "arguments must be a JSON object with: {}",
                    names.join(", ")
                )));
            }
        };
        let mut reader = Self { entries, error: None };
        let unknown: Vec<String> = reader
            .entries
            .keys()
            .filter(|name| parameters.iter().all(|parameter| parameter.name != *name))
            .cloned()
            .collect();
        for name in unknown {
            reader.wrong(&name, "unknown_argument", "is not a parameter".to_owned());
        }
        Ok(reader)
    }

    fn wrong(&mut self, name: &str, code: &'static str, message: String) {
        let error = self.error.take().unwrap_or_else(|| AppOsError::validation("the arguments do not fit"));
        self.error = Some(error.field(name, code, message));
    }

    /// Reads one argument; an absent one is read as `null`, so that an `Option` may be left out.
    pub fn take<T: DeserializeOwned>(&mut self, name: &'static str) -> Option<T> {
        let given = self.entries.remove(name);
        let absent = given.is_none();
        match serde_json::from_value(given.unwrap_or(Json::Null)) {
            Ok(value) => Some(value),
            Err(_) if absent => {
                self.wrong(name, "required", "is required".to_owned());
                None
            }
            Err(error) => {
                self.wrong(name, "wrong_type", error.to_string());
                None
            }
        }
    }

    /// True if nothing was wrong so far, and the call is meant to be made.
    pub fn is_ok(&self) -> bool {
        self.error.is_none() && !is_trial()
    }

    /// Everything that was wrong.
    pub fn into_error(self) -> AppOsError {
        match self.error {
            Some(error) => error,
            None if is_trial() => fit(),
            None => AppOsError::validation("the arguments do not fit"),
        }
    }
}

/// A value written for one environment, as the constant's type: itself, or a literal that
/// stands for it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a value of this constant, which is a `{T}`",
    note = "write a value of type `{T}`"
)]
pub trait IntoConstant<T> {
    /// The value.
    fn into_constant(self) -> T;
}

impl<T> IntoConstant<T> for T {
    fn into_constant(self) -> T {
        self
    }
}

impl IntoConstant<String> for &str {
    fn into_constant(self) -> String {
        self.to_owned()
    }
}

impl IntoConstant<Decimal> for i32 {
    fn into_constant(self) -> Decimal {
        self.into()
    }
}

impl IntoConstant<Decimal> for f64 {
    /// The decimal number that was written: a float's shortest text is its literal's.
    fn into_constant(self) -> Decimal {
        self.to_string().parse().unwrap_or_default()
    }
}

/// Traits of a record and its companions; every body is one call into generic code.
#[doc(hidden)]
#[macro_export]
macro_rules! __record_traits {
    ($record:ident, $new:ident, $patch:ident) => {
        $crate::__record_traits!(@one $record, clone_record, fmt_record, serialize_record, deserialize_record);
        $crate::__record_traits!(@one $new, clone_new, fmt_new, serialize_new, deserialize_new);
        $crate::__record_traits!(@one $patch, clone_patch, fmt_patch, serialize_patch, deserialize_patch);
    };
    (@one $ty:ident, $clone:ident, $fmt:ident, $serialize:ident, $deserialize:ident) => {
        impl ::core::clone::Clone for $ty {
            fn clone(&self) -> Self {
                $crate::codegen_support::$clone(self)
            }
        }

        impl ::core::fmt::Debug for $ty {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::codegen_support::$fmt(self, f)
            }
        }

        impl $crate::codegen_support::serde::Serialize for $ty {
            fn serialize<S: $crate::codegen_support::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::codegen_support::$serialize(self, serializer)
            }
        }

        impl<'de> $crate::codegen_support::serde::Deserialize<'de> for $ty {
            fn deserialize<D: $crate::codegen_support::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::codegen_support::$deserialize(deserializer)
            }
        }
    };
}

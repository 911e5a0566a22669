//! What generated code may name. No public interface: it changes with the macros, without
//! notice, and nothing in it opens a way around dispatch.

use std::future::Future;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Map;

#[cfg(feature = "web")]
pub use dioxus::core::{AttributeValue, IntoAttributeValue};
#[cfg(feature = "web")]
pub use dioxus::prelude::{Element, Props};
pub use inventory::submit;
pub use serde;

pub use crate::__record_traits as record_traits;
pub use crate::engine::Object;
use crate::engine::{fit, is_trial};
pub use crate::error::{AppOsError, Result};
#[cfg(feature = "web")]
pub use crate::host::testing::{Expected, run_case, run_test};
#[cfg(feature = "web")]
pub use crate::host::{PlatformDescriptor, run_platform};
pub use crate::journal::LoggedArguments;
#[cfg(feature = "db")]
pub use crate::migration::Migration;
pub use crate::model::{
    Column, ColumnRef, Columns, Comparison, Condition, Direction, FieldKind, FieldPass, ManyColumn, New, Patch, Query,
    Record, RecordFields, RecordQuery, RowReader, Rows, Sort, SystemValues, TextMatch, WriteKind, clone_fields,
    clone_record, deserialize_choice, deserialize_fields, deserialize_record, fmt_fields, fmt_record, serialize_choice,
    serialize_fields, serialize_record, typed_row,
};
#[cfg(feature = "web")]
pub use crate::outside::files::{DocumentRecord, FileContent, FileUpload};
#[cfg(feature = "db")]
pub use crate::outside::http::{Answer, Call, Download, FromAnswer, all_pages, requests};
#[cfg(feature = "db")]
pub use crate::outside::{FtpSystem, ImapSystem, SmtpSystem, open_system};
#[cfg(feature = "db")]
pub use crate::platform::{SystemColumns, UserRef, enqueue_hook, enqueue_start};
#[cfg(feature = "db")]
pub use crate::process::{
    Given, ProcessCall, ProcessObject, StepCall, StepObject, newer_process, row_id, searched, start_with_write,
    undoing_step,
};
#[cfg(feature = "db")]
pub use crate::record::AuditEntry;
pub use crate::registry::{
    AppDescriptor, AppRegistration, Auth, CatchUp, ConnectedSystemDescriptor, ConstantDescriptor, FieldDescriptor,
    FilingDescriptor, Hook, Hooks, Input, InputOf, IntegrationDescriptor, InterfaceDescriptor, ObjectDescriptor,
    ObjectDetail, ObjectKind, OnDelete, PageDescriptor, PageParameter, Parameter, PermissionLists, PieceDescriptor,
    PieceKind, Plural, PluralCategory, ProcessDescriptor, RateLimit, RecordDescriptor, RecordTrigger, Registration,
    RowEvent, RuleDescriptor, Schedule, SignatureStyle, SiteDescriptor, Slot, StepDescriptor, SystemField, SystemKind,
    SystemObject, TextDescriptor, TranslationSetDescriptor, UnknownInput, Validation, WebApiAuth, WebApiDescriptor,
    WebhookSignature, Wording, auth, on_length, on_number, on_text,
};
pub use crate::security::Permission;
pub use crate::state::Ctx;
#[cfg(feature = "web")]
pub use crate::ui::objects::{
    AddressReader, Link, Navigation, NavigationCall, PageArguments, PageEntry, PageObject, SiteEntry, page_object,
    read_parameter,
};
#[cfg(feature = "web")]
pub use crate::ui::pieces::{PieceEntry, mount, piece_of_form, piece_of_input, piece_of_row, piece_of_value};
#[cfg(feature = "web")]
pub use crate::ui::text::{Argument, Count, Given as GivenText, NumberArgument, TextArgument, Translations, told};
pub use crate::value::{
    Choice, ChoiceValue, ChoicesDescriptor, Date, DateTime, Decimal, FieldAccess, FieldType, FieldValue, Id, Json,
    Many, One, Ref, Restricted, UploadedFile, Value,
};
/// Where parameters of web APIs stand.
#[cfg(feature = "web")]
pub mod http {
    pub use crate::web_api::{Form, Headers, Input, Json, Query};
}
#[cfg(feature = "web")]
pub use crate::web_api::{
    AnswerOf, HidesShape, InputEntry, InputKind, InputReader, TellsShape, WebApiEntry, answer as web_answer,
    answer_form, shape_of,
};
pub use chrono_tz::Tz;

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

/// A typed call whose body runs with the rights of a service account. Whether it may be called is decided by those of
/// whoever calls.
#[cfg(feature = "db")]
pub fn dispatch_as<T, B, F>(
    object: &'static ObjectDescriptor,
    run_as: &'static str,
    arguments: LoggedArguments,
    body: B,
) -> impl Future<Output = Result<T>> + Send
where
    T: Serialize + Send,
    B: FnOnce(Ctx, Pass) -> F + Send,
    F: Future<Output = Result<T>> + Send,
{
    let use_it = (Permission::Use, "call");
    crate::engine::run(Ctx::current(), object, use_it, arguments, async move |ctx: Ctx| {
        let ctx = crate::platform::elevated(ctx, object, run_as).await?;
        ctx.clone().enter(body(ctx, Pass(()))).await
    })
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

/// The connected system that an integration names.
pub fn system_object<S: SystemObject>() -> &'static ObjectDescriptor {
    S::object()
}

/// A typed call of an integration: its body says what is to be sent.
#[cfg(feature = "db")]
pub fn dispatch_integration<T, B>(
    object: &'static ObjectDescriptor,
    arguments: LoggedArguments,
    body: B,
) -> impl Future<Output = Result<T>> + Send
where
    T: FromAnswer + Serialize + Send,
    B: FnOnce(Ctx, Pass) -> Result<Call<T>> + Send,
{
    crate::outside::http::dispatch_integration(object, arguments, |ctx| body(ctx, Pass(())))
}

/// Runs the body of a process, for its worker.
#[cfg(feature = "db")]
pub fn dispatch_process<T, B, F>(
    object: &'static ObjectDescriptor,
    arguments: LoggedArguments,
    body: B,
) -> impl Future<Output = Result<T>> + Send
where
    T: Serialize + Send,
    B: FnOnce(Ctx, Pass) -> F + Send,
    F: Future<Output = Result<T>> + Send,
{
    crate::process::run_process(object, arguments, |ctx| body(ctx, Pass(())))
}

/// Starts a process by reference, once for a key.
///
/// # Errors
/// What the typed start answers.
#[cfg(feature = "db")]
pub async fn start_process<T: 'static>(call: ProcessCall<T>, key: Option<String>) -> Result<Json> {
    let call = match key {
        Some(key) => call.key(key),
        None => call,
    };
    to_json(call.start().await?)
}

/// Runs the body of a step, for its process.
#[cfg(feature = "db")]
pub fn dispatch_step<T, B, F>(
    object: &'static ObjectDescriptor,
    arguments: LoggedArguments,
    body: B,
) -> impl Future<Output = Result<T>> + Send
where
    T: Serialize + Send,
    B: FnOnce(Ctx, Pass) -> F + Send,
    F: Future<Output = Result<T>> + Send,
{
    crate::process::run_step(object, arguments, |ctx| body(ctx, Pass(())))
}

/// Proves that an answer can be written down and read back: a step's is, when its process goes on.
pub const fn kept_answer<T: Serialize + DeserializeOwned + Send + 'static>() {}

/// Draws an interface.
#[cfg(feature = "web")]
pub fn render_interface<I: PartialEq + Clone + 'static>(
    object: &'static ObjectDescriptor,
    inputs: &I,
    body: impl FnOnce(Ctx, Pass) -> Element,
) -> Element {
    crate::ui::objects::render_interface(object, inputs, |ctx| body(ctx, Pass(())))
}

/// Draws a page.
///
/// # Errors
/// The visitor may not view it, or its body failed.
#[cfg(feature = "web")]
pub fn render_page(
    object: &'static ObjectDescriptor,
    given: &PageArguments,
    arguments: LoggedArguments,
    body: impl FnOnce(Ctx, Pass) -> Element,
) -> Result<Element> {
    crate::ui::objects::render_page(object, given, arguments, |ctx| body(ctx, Pass(())))
}

/// Reads the navigation of a site.
#[cfg(feature = "web")]
pub fn read_navigation(
    object: &'static ObjectDescriptor,
    body: impl FnOnce(Ctx, Pass) -> Navigation + Send + 'static,
) -> NavigationCall {
    crate::ui::objects::read_navigation(object, |ctx| body(ctx, Pass(())))
}

/// A typed call of a translation set: its texts in the caller's language.
#[cfg(feature = "web")]
pub fn dispatch_translations(object: &'static ObjectDescriptor) -> impl Future<Output = Result<Translations>> + Send {
    dispatch(object, LoggedArguments::none(), move |ctx, _| async move { Ok(Translations::of(object, &ctx.language)) })
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

/// A field that is the other side of a reference.
pub const fn many_of<R: Record>(name: &'static str, label: &'static str) -> FieldDescriptor {
    FieldDescriptor::plain(name, label, (FieldType::Many(R::object), false, FieldAccess::NONE))
}

/// The system values of a row; each change is its time and its author.
#[cfg(feature = "db")]
pub fn system_values<R>(
    id: Id<R>,
    created: (DateTime, Option<UserRef>),
    updated: (DateTime, Option<UserRef>),
    version: i64,
) -> SystemValues {
    let ((created_at, created_by), (updated_at, updated_by)) = (created, updated);
    let (created_by, updated_by) = (created_by.map(Ref::get), updated_by.map(Ref::get));
    SystemValues { id: id.get(), created_at, created_by, updated_at, updated_by, version }
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
    ///
    /// # Errors
    /// The value does not fit. What exactly is told by [`finish`](Self::finish), which is asked
    /// before any argument is used.
    pub fn take<T: DeserializeOwned>(&mut self, name: &'static str) -> Result<T> {
        let given = self.entries.remove(name);
        let absent = given.is_none();
        match serde_json::from_value(given.unwrap_or(Json::Null)) {
            Ok(value) => return Ok(value),
            Err(_) if absent => self.wrong(name, "required", "is required".to_owned()),
            Err(error) => self.wrong(name, "wrong_type", error.to_string()),
        }
        Err(AppOsError::validation("the arguments do not fit"))
    }

    /// All arguments were read.
    ///
    /// # Errors
    /// Everything that was wrong; or nothing was, and the call is not meant to be made.
    pub fn finish(self) -> Result<()> {
        match self.error {
            Some(error) => Err(error),
            None if is_trial() => Err(fit()),
            None => Ok(()),
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

/// Traits of a record and of its fields for writing; every body is one call into generic code.
#[doc(hidden)]
#[macro_export]
macro_rules! __record_traits {
    ($record:ident, $fields:ident) => {
        $crate::__record_traits!(@one [] $record, clone_record, fmt_record, serialize_record, deserialize_record);
        $crate::__record_traits!(@one [K: $crate::codegen_support::WriteKind] $fields<K>, clone_fields, fmt_fields, serialize_fields, deserialize_fields);
    };
    (@one [$($kind:tt)*] $ty:ty, $clone:ident, $fmt:ident, $serialize:ident, $deserialize:ident) => {
        impl<$($kind)*> ::core::clone::Clone for $ty {
            fn clone(&self) -> Self {
                $crate::codegen_support::$clone(self)
            }
        }

        impl<$($kind)*> ::core::fmt::Debug for $ty {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::codegen_support::$fmt(self, f)
            }
        }

        impl<$($kind)*> $crate::codegen_support::serde::Serialize for $ty {
            fn serialize<S: $crate::codegen_support::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::codegen_support::$serialize(self, serializer)
            }
        }

        impl<'de, $($kind)*> $crate::codegen_support::serde::Deserialize<'de> for $ty {
            fn deserialize<D: $crate::codegen_support::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::codegen_support::$deserialize(deserializer)
            }
        }
    };
}

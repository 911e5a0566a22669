//! The one error type of AppOS: what went wrong, in which execution, in which object.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use serde::Serialize;
use uuid::Uuid;

/// What every fallible AppOS function returns.
///
/// The second parameter lets an app use the same name for errors of its own.
pub type Result<T, E = AppOsError> = std::result::Result<T, E>;

/// The family an error belongs to; decides the HTTP status and how a caller may react.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ErrorKind {
    /// The principal is not known or holds no permission. HTTP 401 or 403.
    Security,
    /// The object or the row does not exist, or cannot be reached. HTTP 404 or 503.
    Dispatch,
    /// The input is wrong, or conflicts with what is stored. HTTP 4xx.
    Validation,
    /// A deadline passed or the execution was cancelled. HTTP 504.
    Timeout,
    /// An external system failed. HTTP 502.
    Integration,
    /// The body of an object failed or panicked. HTTP 500.
    Execution,
}

/// One wrong field: which one, why, in words for a person and as a stable code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// Field name as written in the record or the parameter list.
    pub field: String,
    /// Stable machine-readable cause, such as `required` or `unknown_field`.
    pub code: Cow<'static, str>,
    /// What is wrong, in words; names limits, never values of secrets.
    pub message: String,
}

/// An error of AppOS or of an app's body.
///
/// Cheap to move (one pointer). Carries the execution in which it arose, the object and the
/// chain of objects it passed through, so that a log line can be found from it.
///
/// ```
/// use appos_runtime::{AppOsError, ErrorKind};
/// let error = AppOsError::validation("quantity must be positive").field("quantity", "range", "must be at least 1");
/// assert_eq!(error.kind(), ErrorKind::Validation);
/// assert_eq!(error.fields()[0].field, "quantity");
/// ```
pub struct AppOsError(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    code: Cow<'static, str>,
    message: Cow<'static, str>,
    fields: Vec<FieldError>,
    execution_id: Option<Uuid>,
    object_ref: Option<Cow<'static, str>>,
    object_type: Option<&'static str>,
    /// Innermost first: the objects the error passed through.
    chain: Vec<&'static str>,
    source: Option<Box<dyn Error + Send + Sync>>,
    /// Seconds after which it is worth trying again.
    retry_after: Option<u32>,
    /// The same would be answered again.
    #[cfg(feature = "db")]
    permanent: bool,
}

impl AppOsError {
    /// An error of the given kind with a stable `code` and a message for people.
    pub fn new(kind: ErrorKind, code: impl Into<Cow<'static, str>>, message: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner {
            kind,
            code: code.into(),
            message: message.into(),
            fields: Vec::new(),
            execution_id: None,
            object_ref: None,
            object_type: None,
            chain: Vec::new(),
            source: None,
            retry_after: None,
            #[cfg(feature = "db")]
            permanent: false,
        }))
    }

    /// The principal may not do this (code `denied`).
    pub fn security(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Security, "denied", message)
    }

    /// The object or row cannot be reached (code `not_found`).
    pub fn dispatch(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Dispatch, "not_found", message)
    }

    /// The input is wrong (code `invalid`).
    pub fn validation(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Validation, "invalid", message)
    }

    /// A deadline passed (code `timeout`).
    pub fn timeout(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Timeout, "timeout", message)
    }

    /// An external system failed (code `integration`).
    pub fn integration(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Integration, "integration", message)
    }

    /// The body of an object failed (code `failed`).
    pub fn execution(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Execution, "failed", message)
    }

    /// Replaces the machine-readable code.
    #[must_use]
    pub fn code_is(mut self, code: impl Into<Cow<'static, str>>) -> Self {
        self.0.code = code.into();
        self
    }

    /// Adds a wrong field.
    #[must_use]
    pub fn field(
        mut self,
        field: impl Into<String>,
        code: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
    ) -> Self {
        self.0.fields.push(FieldError { field: field.into(), code: code.into(), message: message.into() });
        self
    }

    /// Adds several wrong fields.
    #[must_use]
    pub fn with_fields(mut self, fields: Vec<FieldError>) -> Self {
        self.0.fields.extend(fields);
        self
    }

    /// Keeps the cause; it is logged, never sent to a client.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Says when it is worth trying again; a client is told in `Retry-After`.
    #[must_use]
    pub(crate) fn retry_after(mut self, seconds: u32) -> Self {
        self.0.retry_after = Some(seconds);
        self
    }

    /// Seconds after which it is worth trying again, if that is known.
    #[cfg(feature = "web")]
    pub(crate) fn seconds_to_wait(&self) -> Option<u32> {
        self.0.retry_after
    }

    /// Says that it is of no use to try again: the same would be answered.
    #[must_use]
    #[cfg(feature = "db")]
    pub(crate) fn permanent(mut self) -> Self {
        self.0.permanent = true;
        self
    }

    /// True if it is known to be of no use to try again.
    #[cfg(feature = "db")]
    pub(crate) fn is_permanent(&self) -> bool {
        self.0.permanent
    }

    /// The family of this error.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The stable machine-readable cause.
    pub fn code(&self) -> &str {
        &self.0.code
    }

    /// What went wrong, in words.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The wrong fields, if the error is about input.
    pub fn fields(&self) -> &[FieldError] {
        &self.0.fields
    }

    /// The execution in which the error arose, once it has passed through dispatch.
    pub fn execution_id(&self) -> Option<Uuid> {
        self.0.execution_id
    }

    /// The object in which the error arose, such as `crm.rules.customer_ltv`.
    pub fn object_ref(&self) -> Option<&str> {
        self.0.object_ref.as_deref()
    }

    /// The type of that object, such as `rule`.
    pub fn object_type(&self) -> Option<&'static str> {
        self.0.object_type
    }

    /// The objects the error passed through, innermost first.
    pub fn chain(&self) -> &[&'static str] {
        &self.0.chain
    }

    /// Notes where the error arose (the first note wins) and which object it passes through.
    pub(crate) fn passes(&mut self, execution_id: Uuid, object_ref: &'static str, object_type: &'static str) {
        if self.0.execution_id.is_none() {
            self.0.execution_id = Some(execution_id);
            self.0.object_ref = Some(Cow::Borrowed(object_ref));
            self.0.object_type = Some(object_type);
        }
        self.0.chain.push(object_ref);
    }

    /// Notes the execution of an error that arose before an object was known.
    pub(crate) fn in_execution(mut self, execution_id: Uuid) -> Self {
        self.0.execution_id.get_or_insert(execution_id);
        self
    }
}

impl fmt::Display for AppOsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        if let Some(object) = &self.0.object_ref {
            write!(f, " (in {object})")?;
        }
        for wrong in &self.0.fields {
            write!(f, "; {}: {}", wrong.field, wrong.message)?;
        }
        Ok(())
    }
}

impl fmt::Debug for AppOsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppOsError")
            .field("kind", &self.0.kind)
            .field("code", &self.0.code)
            .field("message", &self.0.message)
            .field("fields", &self.0.fields)
            .field("execution_id", &self.0.execution_id)
            .field("object_ref", &self.0.object_ref)
            .field("chain", &self.0.chain)
            .field("source", &self.0.source)
            .finish()
    }
}

impl Error for AppOsError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source.as_ref().map(|source| &**source as &(dyn Error + 'static))
    }
}

/// Lets `?` carry common standard errors out of a body.
macro_rules! from_std {
    ($($error:ty => $kind:ident),* $(,)?) => {$(
        impl From<$error> for AppOsError {
            fn from(error: $error) -> Self {
                Self::$kind(error.to_string()).caused_by(error)
            }
        }
    )*};
}

from_std! {
    std::num::ParseIntError => validation,
    std::num::ParseFloatError => validation,
    std::num::TryFromIntError => validation,
    std::str::Utf8Error => validation,
    std::string::FromUtf8Error => validation,
    fmt::Error => execution,
    std::io::Error => execution,
    serde_json::Error => validation,
    chrono::ParseError => validation,
    rust_decimal::Error => validation,
    uuid::Error => validation,
}

impl From<String> for AppOsError {
    fn from(message: String) -> Self {
        Self::execution(message)
    }
}

impl From<&'static str> for AppOsError {
    fn from(message: &'static str) -> Self {
        Self::execution(message)
    }
}

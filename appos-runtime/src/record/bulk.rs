//! Many writes of one record in one request: one dispatch for the request, and one for each
//! write below it, so that every write is allowed, checked and recorded as if it came alone.

use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::databases::transaction_of;
use super::entry::{SYSTEM_UNAVAILABLE, run};
use super::input::Input;
use super::service;
use crate::error::{AppOsError, ErrorKind, FieldError, Result};
use crate::journal::LoggedArguments;
use crate::model::Row;
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::state::Ctx;

/// One write of many.
pub(crate) enum Operation {
    /// A new row.
    Create(Map<String, Json>),
    /// A change: id and version of the row, and the fields to change.
    Update(i64, Option<i64>, Map<String, Json>),
    /// The end of a row, in this version if one is named.
    Delete(i64, Option<i64>),
}

/// What a write has left.
pub(crate) enum Written {
    Created(Row),
    Updated(Row),
    Deleted,
}

/// The answers to many writes, in their order.
pub(crate) struct Answers(pub(crate) Vec<Result<Written>>);

/// Logs say how many there were, not what was in them.
impl Serialize for Answers {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let failed = self.0.iter().filter(|answer| answer.is_err()).count();
        serializer.collect_map([("operations", self.0.len()), ("failed", failed)])
    }
}

impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Answers({})", self.0.len())
    }
}

/// Runs many writes in one transaction. `atomic`: all of them, or none; else those that fail
/// leave nothing, and the others stay.
///
/// # Errors
/// None of the writes may be made; the database fails; or, if `atomic`, any write failed:
/// every failure is named (code `bulk_failed`).
pub(crate) fn bulk<F>(
    object: &'static ObjectDescriptor,
    permission: Permission,
    operations: F,
) -> impl Future<Output = Result<Answers>> + Send
where
    F: FnOnce() -> Result<(bool, Vec<Operation>)> + Send,
{
    run(Ctx::current(), object, (permission, "bulk"), LoggedArguments::none(), move |ctx| {
        Box::pin(async move {
            let (atomic, operations) = operations()?;
            let writing = ctx.clone();
            transaction_of(&writing, object, async move {
                let mut answers = Vec::with_capacity(operations.len());
                for operation in operations {
                    // A transaction of its own, so that what a failed write and its rules did is gone.
                    let answer = transaction_of(&ctx, object, write(object, operation)).await;
                    match answer {
                        Err(error) if ends_all(&error, atomic) => return Err(error),
                        answer => answers.push(answer),
                    }
                }
                if atomic && answers.iter().any(Result::is_err) {
                    return Err(failures(&answers));
                }
                Ok(Answers(answers))
            })
            .await
        })
    })
}

async fn write(object: &'static ObjectDescriptor, operation: Operation) -> Result<Written> {
    match operation {
        Operation::Create(fields) => {
            service::create(object, move || Ok(Input::Json(fields))).await.map(Written::Created)
        }
        Operation::Update(id, version, fields) => {
            let input = move || {
                let version = version.ok_or_else(version_required)?;
                Ok((Some(version), Input::Json(fields)))
            };
            service::update(object, id, input).await.map(Written::Updated)
        }
        Operation::Delete(id, version) => {
            service::delete(object, id, move || Ok(version)).await.map(|()| Written::Deleted)
        }
    }
}

/// A change that does not say which version of the row it is a change of.
pub(crate) fn version_required() -> AppOsError {
    AppOsError::validation("a change names the version of the row that it is a change of")
        .code_is("version_required")
        .field("version", "required", "is required: the row's `version`, here or in the If-Match header")
}

/// True if the next write would fare no better, or if what failed was not the writer's fault
/// and nothing is to be kept anyway.
fn ends_all(error: &AppOsError, atomic: bool) -> bool {
    match error.kind() {
        ErrorKind::Timeout => true,
        ErrorKind::Dispatch => {
            matches!(error.code(), "database_unavailable" | "security_log_unavailable" | "storage_full")
        }
        ErrorKind::Integration if error.code() == SYSTEM_UNAVAILABLE => true,
        ErrorKind::Execution | ErrorKind::Integration => atomic,
        _ => false,
    }
}

fn failures(answers: &[Result<Written>]) -> AppOsError {
    let mut fields = Vec::new();
    for (place, error) in answers.iter().enumerate().filter_map(|(place, answer)| Some((place, answer.as_ref().err()?)))
    {
        let own = |field: String, code: &str, message: &str| FieldError {
            field,
            code: code.to_owned().into(),
            message: message.to_owned(),
        };
        if error.fields().is_empty() {
            fields.push(own(format!("operations[{place}]"), error.code(), error.message()));
        }
        let named = error.fields().iter();
        fields.extend(
            named.map(|wrong| own(format!("operations[{place}].{}", wrong.field), &wrong.code, &wrong.message)),
        );
    }
    AppOsError::validation("some operations failed, and none was done").code_is("bulk_failed").with_fields(fields)
}

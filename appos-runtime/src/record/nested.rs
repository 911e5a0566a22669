//! Rows that are written together with the row they belong to: one dispatch for that row and one
//! for each of them, so that every write is allowed, checked and recorded as if it came alone.

use std::future::Future;
use std::pin::Pin;

use serde_json::{Map, Value as Json};

use super::entry::run;
use super::fields::Readable;
use super::input::{Checked, Input, Within, wrong};
use super::service::{self, Call};
use crate::error::{AppOsError, ErrorKind, FieldError, Result};
use crate::journal::LoggedArguments;
use crate::model::{Row, record_of, referring_field};
use crate::registry::{FieldDescriptor, ObjectDescriptor};
use crate::security::Permission;
use crate::state::Ctx;
use crate::value::{FieldType, json};

/// Most rows that can be given in one field of a row.
pub(crate) const MAX_RELATED: usize = 1000;

/// What becomes of one related row.
enum Change {
    Create(Map<String, Json>),
    /// Id and version of the row, and the fields to change.
    Update(i64, i64, Map<String, Json>),
    /// Id of the row, and its version if one is named.
    Delete(i64, Option<i64>),
}

/// One related row as it was given.
struct Element {
    /// `lines[2]`
    path: String,
    target: &'static ObjectDescriptor,
    /// Place of the reference by which it belongs to the row.
    place: usize,
    change: Change,
}

/// The related rows of one write, and what is wrong with their form.
pub(super) struct Related {
    elements: Vec<Element>,
    errors: Vec<FieldError>,
}

/// Takes the related rows out of what a client has sent; `None`: there are none.
/// `exists`: the row that they belong to does, so that they may, too.
pub(super) fn take(
    object: &'static ObjectDescriptor,
    seen: &Readable,
    input: &mut Input,
    exists: bool,
) -> Option<Related> {
    let Input::Json(map) = input else { return None };
    let mut related = Related { elements: Vec::new(), errors: Vec::new() };
    let mut any = false;
    for (index, field) in record_of(object).fields.iter().enumerate() {
        let FieldType::Many(target) = field.field_type else { continue };
        // A field that may be neither read nor written is left in the map: it is unknown.
        let known = seen.can_read(index) || seen.can_write(index);
        let Some(given) = known.then(|| map.remove(field.name)).flatten() else { continue };
        any = true;
        let Some(place) = referring_field(target(), object.reference, field.unique) else { continue };
        if seen.can_write(index) {
            related.read(field, (target(), place), given, exists);
        } else {
            related.errors.push(wrong(field.name, "read_only", "may not be written by you"));
        }
    }
    any.then_some(related)
}

impl Related {
    fn read(
        &mut self,
        field: &FieldDescriptor,
        (target, place): (&'static ObjectDescriptor, usize),
        given: Json,
        exists: bool,
    ) {
        let name = field.name;
        let given = match given {
            Json::Object(one) if field.unique => vec![(name.to_owned(), Json::Object(one))],
            Json::Array(many) if !field.unique && many.len() <= MAX_RELATED => {
                many.into_iter().enumerate().map(|(at, element)| (format!("{name}[{at}]"), element)).collect()
            }
            Json::Array(_) if !field.unique => {
                let message = format!("at most {MAX_RELATED} rows can be given");
                return self.errors.push(wrong(name, "too_many", message));
            }
            _ if field.unique => return self.errors.push(wrong(name, "wrong_type", "must be an object: one row")),
            _ => return self.errors.push(wrong(name, "wrong_type", "must be a list of rows")),
        };
        for (path, element) in given {
            let Json::Object(element) = element else {
                self.errors.push(wrong(path, "wrong_type", "must be an object: one row"));
                continue;
            };
            let change = if exists { self.change(&path, target, element) } else { Some(Change::Create(element)) };
            self.elements.extend(change.map(|change| Element { path, target, place, change }));
        }
    }

    /// Reads `{…}`, `{"id": 7, "version": 2, …}` or `{"id": 7, "version": 2, "delete": true}`.
    fn change(
        &mut self,
        path: &str,
        target: &'static ObjectDescriptor,
        mut element: Map<String, Json>,
    ) -> Option<Change> {
        let before = self.errors.len();
        if !element.contains_key("id") {
            return Some(Change::Create(element));
        }
        let mut number = |name: &str| match element.remove(name)? {
            given if json::whole(&given).is_some_and(|number| number > 0) => json::whole(&given),
            _ => {
                let message = "must be a whole number from 1";
                self.errors.push(wrong(format!("{path}.{name}"), "wrong_type", message));
                None
            }
        };
        let (id, version) = (number("id"), number("version"));
        // A record may have a field of this name; its rows are deleted by themselves only.
        let delete = record_of(target).field("delete").is_none().then(|| element.remove("delete")).flatten();
        if delete.as_ref().is_some_and(|given| *given != Json::Bool(true)) {
            let message = "must be true: the row is deleted";
            self.errors.push(wrong(format!("{path}.delete"), "wrong_type", message));
        }
        if delete.is_some() {
            let others = element.keys();
            self.errors.extend(
                others.map(|name| wrong(format!("{path}.{name}"), "unknown_field", "says nothing about a deletion")),
            );
        } else if version.is_none() && self.errors.len() == before {
            let message = "is required: the version of the row that this is a change of";
            self.errors.push(wrong(format!("{path}.version"), "required", message));
        }
        match (id, version, delete) {
            _ if self.errors.len() > before => None,
            (Some(id), version, Some(_)) => Some(Change::Delete(id, version)),
            (Some(id), Some(version), None) => Some(Change::Update(id, version, element)),
            _ => None,
        }
    }

    /// Writes a new row and those that belong to it: all of them, or none.
    pub(super) async fn create(self, call: &Call, input: Input) -> Result<Row> {
        let values = input.for_create(call.object(), &call.readable);
        self.write(call, None, values).await
    }

    /// Changes a row and those that belong to it: all of them, or none.
    pub(super) async fn update(self, call: &Call, row: (i64, Option<i64>), input: Input) -> Result<Row> {
        let values = input.for_update(call.object(), &call.readable);
        self.write(call, Some(row), values).await
    }

    /// Checks what a write would write; `values`: what is to be said of the row itself.
    #[cfg(feature = "web")]
    pub(super) async fn check(self, values: Result<()>) -> Result<()> {
        let mut failures = Failures { fields: self.errors, ..Failures::default() };
        match values {
            Err(error) if is_of_the_row(&error) => failures.add("", &error),
            values => values?,
        }
        for Element { path, target, place, change } in self.elements {
            match check(target, change, place).await {
                Err(error) if is_of_the_row(&error) => failures.add(&path, &error),
                done => done?,
            }
        }
        failures.finish().map_or(Ok(()), Err)
    }

    async fn write(self, call: &Call, changed: Option<(i64, Option<i64>)>, values: Result<Checked>) -> Result<Row> {
        let all = async {
            let written = match (values, changed) {
                (Err(error), _) => Err(error),
                (Ok(_), _) if !self.errors.is_empty() => Ok(None),
                (Ok(values), None) => call.insert(values).await.map(Some),
                (Ok(values), Some(row)) => call.change(row, values).await.map(Some),
            };
            let mut failures = Failures { fields: self.errors, ..Failures::default() };
            let row = match written {
                Err(error) if error.code() == "invalid_fields" => {
                    failures.add("", &error);
                    None
                }
                // Whatever else is wrong with the row itself is told as if it came alone.
                row => row?,
            };
            for Element { path, target, place, change } in self.elements {
                let done = match &row {
                    // A transaction of its own, so that what a failed write and its rules did is gone.
                    Some(row) => call.transaction(one(target, change, Within { place, id: row.system.id })).await,
                    // Nothing is written any more; what is wrong with the others is told, too.
                    None => check(target, change, place).await,
                };
                match done {
                    Err(error) if is_of_the_row(&error) => failures.add(&path, &error),
                    done => done?,
                }
            }
            match (failures.finish(), row) {
                (None, Some(row)) => {
                    let mut row = call.current(row).await?;
                    call.readable.present(&mut row)?;
                    Ok(row)
                }
                (None, None) => Err(AppOsError::execution("nothing was written, and nothing is wrong")),
                (Some(error), _) => Err(error),
            }
        };
        call.transaction(all).await
    }
}

type Erased<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// Writes one related row. Erased: its write may itself be one of a row with related ones.
fn one(target: &'static ObjectDescriptor, change: Change, within: Within) -> Erased<'static> {
    Box::pin(async move {
        match change {
            Change::Create(fields) => {
                service::create(target, move || Ok(Input::Within(fields, within))).await.map(drop)
            }
            Change::Update(id, version, fields) => {
                let input = move || Ok((Some(version), Input::Within(fields, within)));
                service::update(target, id, input).await.map(drop)
            }
            Change::Delete(id, version) => service::delete_within(target, id, within, version).await,
        }
    })
}

/// Checks one related row, and writes nothing; needs the permission that its write needs.
fn check(target: &'static ObjectDescriptor, change: Change, place: usize) -> Erased<'static> {
    let permission = match change {
        Change::Create(_) => Permission::Create,
        Change::Update(..) => Permission::Update,
        Change::Delete(..) => Permission::Delete,
    };
    let within = Within { place, id: 0 };
    Box::pin(run(Ctx::current(), target, (permission, "check"), LoggedArguments::none(), move |ctx| {
        Box::pin(async move {
            let call = Call::open(ctx, target).await?;
            match change {
                Change::Create(fields) => Input::Within(fields, within).for_create(target, &call.readable).map(drop),
                Change::Update(_, _, fields) => {
                    Input::Within(fields, within).for_update(target, &call.readable).map(drop)
                }
                Change::Delete(..) => Ok(()),
            }
        })
    }))
}

/// True if an error is about one row, so that the others are worth a try.
fn is_of_the_row(error: &AppOsError) -> bool {
    match error.kind() {
        ErrorKind::Validation | ErrorKind::Security => true,
        ErrorKind::Dispatch => error.code() == "record_not_found",
        _ => false,
    }
}

/// What is wrong with a row and those that belong to it.
#[derive(Default)]
struct Failures {
    fields: Vec<FieldError>,
    /// Codes of the writes that failed.
    codes: Vec<String>,
    refused: bool,
}

impl Failures {
    fn add(&mut self, path: &str, error: &AppOsError) {
        self.refused |= error.kind() == ErrorKind::Security;
        if error.code() == "record_not_found" {
            self.codes.push("invalid_fields".to_owned());
            let message = "is no row that belongs to this one";
            return self.fields.push(wrong(format!("{path}.id"), "record_not_found", message));
        }
        self.codes.push(error.code().to_owned());
        let own = |field: String, code: &str, message: &str| FieldError {
            field,
            code: code.to_owned().into(),
            message: message.to_owned(),
        };
        if error.fields().is_empty() {
            self.fields.push(own(path.to_owned(), error.code(), error.message()));
        }
        let prefix = if path.is_empty() { String::new() } else { format!("{path}.") };
        self.fields.extend(
            error.fields().iter().map(|wrong| own(format!("{prefix}{}", wrong.field), &wrong.code, &wrong.message)),
        );
    }

    /// One error for all: of the kind that all have, if there is one.
    fn finish(self) -> Option<AppOsError> {
        let Self { fields, codes, refused } = self;
        if fields.is_empty() {
            return None;
        }
        let error = if refused {
            AppOsError::security("some of these rows may not be written by you, and none was")
        } else {
            let first = codes.first().filter(|first| codes.iter().all(|code| code == *first));
            let code = first.cloned().unwrap_or_else(|| "invalid_fields".to_owned());
            AppOsError::validation("some fields are wrong, and nothing was written").code_is(code)
        };
        Some(error.with_fields(fields))
    }
}

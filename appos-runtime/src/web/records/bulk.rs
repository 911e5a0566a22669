//! `POST /api/{app}/v1/{records}/bulk`: many writes in one request.

use actix_web::HttpResponse;
use actix_web::http::{Method, StatusCode};
use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::error::{AppOsError, FieldError, Result};
use crate::model::JsonRow;
use crate::record::{self, Operation, Written};
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::value::json::whole;
use crate::web::answer::json;
use crate::web::problem;
use crate::web::router::{Call, wrong_method_of};

/// Most writes of one request.
pub(in crate::web) const MAX_OPERATIONS: usize = 1000;

#[derive(Serialize)]
struct Answer<'a> {
    results: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<JsonRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<Json>,
}

/// Serves the route.
pub(in crate::web) async fn bulk(call: Call<'_>, object: &'static ObjectDescriptor) -> Result<HttpResponse> {
    if call.method() != Method::POST {
        return Err(wrong_method_of(&call, object, "POST").await);
    }
    let rights = call.scope.fresh_rights().await?;
    // Whoever may do any of them may ask; each write is asked for again.
    let permission = [Permission::Create, Permission::Update, Permission::Delete]
        .into_iter()
        .find(|permission| rights.allows(object, *permission))
        .unwrap_or(Permission::Create);
    let root = call.scope.root_id();
    let incoming = call.incoming;
    let answers = record::bulk(object, permission, move || read(incoming.object()?)).await?;
    let results = answers.0.iter().map(|answer| {
        let (status, row, problem) = match answer {
            Ok(Written::Created(row)) => (StatusCode::CREATED.as_u16(), Some(row), None),
            Ok(Written::Updated(row)) => (StatusCode::OK.as_u16(), Some(row), None),
            Ok(Written::Deleted) => (StatusCode::NO_CONTENT.as_u16(), None, None),
            Err(error) => {
                let (status, problem) = problem::part(error, error.execution_id().unwrap_or(root));
                (status, None, Some(problem))
            }
        };
        Item { status, row: row.map(|row| JsonRow::whole(object, row)), problem }
    });
    json(StatusCode::OK, &Answer { results: results.collect() })
}

fn wrong(field: impl Into<String>, code: &'static str, message: impl Into<String>) -> FieldError {
    FieldError { field: field.into(), code: code.into(), message: message.into() }
}

/// Reads the body: its form must be right as a whole, whatever becomes of each write.
fn read(mut body: Map<String, Json>) -> Result<(bool, Vec<Operation>)> {
    let mut errors = Vec::new();
    let atomic = match body.remove("atomic") {
        None => true,
        Some(Json::Bool(atomic)) => atomic,
        Some(_) => {
            errors.push(wrong("atomic", "wrong_type", "must be true or false"));
            true
        }
    };
    let mut operations = Vec::new();
    match body.remove("operations") {
        Some(Json::Array(items)) if (1..=MAX_OPERATIONS).contains(&items.len()) => {
            for (place, item) in items.into_iter().enumerate() {
                match operation(place, item) {
                    Ok(operation) => operations.push(operation),
                    Err(error) => errors.push(error),
                }
            }
        }
        Some(Json::Array(items)) if items.is_empty() => {
            errors.push(wrong("operations", "length", "must have at least one operation"));
        }
        Some(Json::Array(_)) => {
            errors.push(wrong("operations", "too_many", format!("at most {MAX_OPERATIONS} operations can be given")));
        }
        Some(_) => errors.push(wrong("operations", "wrong_type", "must be a list")),
        None => errors.push(wrong("operations", "required", "is required")),
    }
    errors.extend(body.keys().map(|name| wrong(name, "unknown_field", "is not a field of this request")));
    if errors.is_empty() {
        return Ok((atomic, operations));
    }
    Err(AppOsError::validation("some fields are wrong").code_is("invalid_fields").with_fields(errors))
}

/// Reads `{"create": {…}}`, `{"update": {"id": 1, "version": 3, …}}` or `{"delete": {"id": 1}}`.
fn operation(place: usize, item: Json) -> Result<Operation, FieldError> {
    const FORM: &str = "must be an object with one of `create`, `update`, `delete`, which is an object";
    let path = |name: &str| format!("operations[{place}]{name}");
    let form = || wrong(path(""), "wrong_type", FORM);
    let Json::Object(item) = item else { return Err(form()) };
    let mut entries = item.into_iter();
    let (Some((kind, Json::Object(mut fields))), None) = (entries.next(), entries.next()) else { return Err(form()) };
    let mut number = |name: &str| match fields.remove(name) {
        None => Ok(None),
        Some(json) => match whole(&json).filter(|number| *number > 0) {
            Some(number) => Ok(Some(number)),
            None => Err(wrong(path(&format!(".{name}")), "wrong_type", "must be a whole number from 1")),
        },
    };
    if kind == "create" {
        return Ok(Operation::Create(fields));
    }
    if kind != "update" && kind != "delete" {
        return Err(form());
    }
    let (id, version) = (number("id")?, number("version")?);
    let id = id.ok_or_else(|| wrong(path(".id"), "required", "is required"))?;
    if kind == "update" {
        return Ok(Operation::Update(id, version, fields));
    }
    match fields.keys().next() {
        None => Ok(Operation::Delete(id, version)),
        Some(name) => Err(wrong(path(&format!(".{name}")), "unknown_field", "says nothing about a deletion")),
    }
}

//! Doing it: many writes, each allowed, checked and recorded as if it came alone.

use serde_json::Map;

use super::chosen::Chosen;
use super::value;
use crate::error::{AppOsError, ErrorKind, Result};
use crate::model::record_of;
use crate::question::MAX_VALUES;
use crate::record::{self, Operation, Readable};
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::state::Ctx;
use crate::ui::page::{Form, Location, Outcome, Wrong, address};
use crate::ui::records::address::list as list_address;
use crate::ui::records::list::address::Asked;
use crate::ui::text::own::{lists, states};

/// Writes of one transaction.
const BATCH: usize = 500;
/// Most rows that an address names, to be brought back.
const UNDONE: usize = 200;

/// Does what a form for several rows asks for: says it again first, unless it was confirmed.
///
/// # Errors
/// It may not be done, or not now. What rows it could not be done with is no error.
pub(in crate::ui::records) async fn post(object: &'static ObjectDescriptor, form: &Form) -> Result<Outcome> {
    let chosen = Chosen::read(form.get("all"), form.all("row").chain(form.all("rows")));
    let back = form.get("back").unwrap_or_default();
    let what = form.get("do").unwrap_or_default();
    if chosen == Chosen::Rows(Vec::new()) {
        return Ok(refused(lists::none_selected(), Vec::new()));
    }
    // Of ticked rows there are no more than a page has, unless somebody writes the form himself.
    if what == "export"
        && let Chosen::Rows(rows) = &chosen
        && rows.len() > MAX_VALUES
    {
        return Ok(refused(&lists::too_many_exported(u64::try_from(MAX_VALUES).unwrap_or(0)), Vec::new()));
    }
    if what == "export" {
        return Ok(Outcome::Done { to: export(object, &chosen, back), note: None });
    }
    if form.get("confirmed").is_none() {
        return Ok(Outcome::Done { to: confirmation(object, &chosen, (what, back)), note: None });
    }
    let done = match what {
        "delete" => delete(object, chosen, back).await,
        "edit" => edit(object, chosen, form).await,
        "restore" => restore(object, chosen, back).await,
        _ => return Ok(refused(states::failed(), Vec::new())),
    };
    match done {
        Ok(Done { did, rows, failed }) if failed.is_empty() => {
            Ok(Outcome::Done { to: list(object, back, did, &rows), note: None })
        }
        Ok(Done { rows, failed, .. }) => {
            let number = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
            Ok(refused(&lists::some_failed(number(rows.len()), number(failed.len())), failed))
        }
        Err(error) if error.kind() == ErrorKind::Validation => Ok(Outcome::Refused(Wrong::of(&error))),
        Err(error) => Err(error),
    }
}

/// What was done, with which rows, and with which not.
struct Done {
    did: &'static str,
    rows: Vec<i64>,
    failed: Vec<(String, String, String)>,
}

fn refused(message: &str, fields: Vec<(String, String, String)>) -> Outcome {
    Outcome::Refused(Wrong { message: message.to_owned(), code: "bulk_failed".to_owned(), fields })
}

/// The address of the screen that says what is about to be done.
fn confirmation(object: &'static ObjectDescriptor, chosen: &Chosen, (what, back): (&str, &str)) -> String {
    let rows = chosen.rows();
    let which = match chosen {
        Chosen::All => ("all", "true"),
        Chosen::Rows(_) => ("rows", rows.as_str()),
    };
    let path = format!("{}/bulk", list_address(object));
    address(&path, [("do", what), which, ("back", back)].into_iter())
}

/// The address of the file with the rows.
fn export(object: &'static ObjectDescriptor, chosen: &Chosen, back: &str) -> String {
    let asked = Asked::of(&Location { path: list_address(object), query: back.to_owned() });
    let file = asked.export(object, "csv");
    match (chosen, Location::read(&file)) {
        (Chosen::Rows(rows), Some(file)) => {
            let ids: Vec<String> = rows.iter().map(|(id, _)| id.to_string()).collect();
            file.with(&[("filter[id][in]", Some(&ids.join(",")))])
        }
        _ => file,
    }
}

/// The list, which tells what was done.
fn list(object: &'static ObjectDescriptor, back: &str, did: &str, rows: &[i64]) -> String {
    let number = rows.len().to_string();
    let undone = did == "deleted" && record_of(object).soft_delete && rows.len() <= UNDONE;
    let rows = rows.iter().map(|id| format!("{id}:0")).collect::<Vec<_>>().join(",");
    let location = Location { path: list_address(object), query: back.to_owned() };
    location.with(&[("did", Some(did)), ("number", Some(&number)), ("rows", undone.then_some(rows.as_str()))])
}

async fn delete(object: &'static ObjectDescriptor, chosen: Chosen, back: &str) -> Result<Done> {
    let rows = chosen.all(object, back).await?;
    let operation = |(id, version): (i64, i64)| Operation::Delete(id, Some(version));
    many(object, ("deleted", Permission::Delete), rows, operation).await
}

async fn edit(object: &'static ObjectDescriptor, chosen: Chosen, form: &Form) -> Result<Done> {
    let ctx = Ctx::current().ok_or_else(|| AppOsError::dispatch("no execution").code_is("no_context"))?;
    let rights = ctx.scope().fresh_rights().await?;
    let name = form.get("field").unwrap_or_default();
    let fields = value::fields(object, &Readable::of(object, &rights));
    let Some(field) = fields.into_iter().find(|field| field.name == name) else {
        let error = AppOsError::validation("some fields are wrong").code_is("invalid_fields");
        return Err(error.field("field", "unknown_field", "is not a field that can be changed here"));
    };
    let json = value::read(field, form.get("value").unwrap_or_default(), form.get("empty") == Some("true"));
    let rows = chosen.all(object, form.get("back").unwrap_or_default()).await?;
    let change = Map::from_iter([(field.name.to_owned(), json)]);
    let operation = |(id, version): (i64, i64)| Operation::Update(id, Some(version), change.clone());
    many(object, ("changed", Permission::Update), rows, operation).await
}

async fn restore(object: &'static ObjectDescriptor, chosen: Chosen, back: &str) -> Result<Done> {
    let mut done = Done { did: "restored", rows: Vec::new(), failed: Vec::new() };
    for (id, _) in chosen.all(object, back).await? {
        match record::restore(object, id, || Ok(())).await {
            Ok(_) => done.rows.push(id),
            Err(error) if error.kind() == ErrorKind::Security => return Err(error),
            Err(error) => done.failed.push(failure(id, &error)),
        }
    }
    Ok(done)
}

async fn many(
    object: &'static ObjectDescriptor,
    (did, permission): (&'static str, Permission),
    rows: Vec<(i64, i64)>,
    operation: impl Fn((i64, i64)) -> Operation,
) -> Result<Done> {
    let mut done = Done { did, rows: Vec::new(), failed: Vec::new() };
    for batch in rows.chunks(BATCH) {
        let operations: Vec<Operation> = batch.iter().copied().map(&operation).collect();
        let answers = record::bulk(object, permission, move || Ok((false, operations))).await?;
        for ((id, _), answer) in batch.iter().zip(&answers.0) {
            match answer {
                Ok(_) => done.rows.push(*id),
                Err(error) => done.failed.push(failure(*id, error)),
            }
        }
    }
    Ok(done)
}

/// Why it could not be done with a row.
fn failure(id: i64, error: &AppOsError) -> (String, String, String) {
    let words = match error.kind() {
        // The text of a failed body is its author's, for the log.
        ErrorKind::Execution => states::failed().to_owned(),
        _ if error.fields().is_empty() => error.message().to_owned(),
        _ => {
            let fields = error.fields().iter().map(|wrong| format!("{} {}", wrong.field, wrong.message));
            fields.collect::<Vec<_>>().join(", ")
        }
    };
    (id.to_string(), error.code().to_owned(), words)
}

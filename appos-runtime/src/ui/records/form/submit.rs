//! What becomes of a form that is sent.

use super::gather::{Gathered, gather};
use super::plan::{MOST_ROWS, Plan};
use super::sheet::{Sheet, asks_of_itself};
use super::{super::address, names};
use crate::error::{AppOsError, ErrorKind, Result};
use crate::model::Row;
use crate::record::{self, Input};
use crate::registry::ObjectDescriptor;
use crate::security::Permission;
use crate::state::Ctx;
use crate::ui::page::{Form, Location, Note, Outcome, What, Wrong};
use crate::ui::text::own::{forms, problems};

type Object = &'static ObjectDescriptor;

/// The code of a form whose row is another by now.
pub(super) const STALE: &str = "stale_version";

/// A new row, as a form has it.
pub(crate) async fn create(object: Object, form: &Form) -> Result<Outcome> {
    let Some(prepared) = prepare(object, form, Permission::Create).await? else { return Ok(again()) };
    let Prepared { gathered, .. } = prepared;
    if let Some(refused) = refused_unread(object, Permission::Create, (form, &gathered)).await? {
        return Ok(refused);
    }
    let fields = gathered.fields.clone();
    let created = record::create(object, move || Ok(Input::Json(fields))).await;
    finish(object, created, (form, &gathered), What::Created)
}

/// A change of a row, as a form has it.
pub(crate) async fn update(object: Object, id: i64, form: &Form) -> Result<Outcome> {
    if form.get(names::MERGE).is_some() {
        record::authorize(object, Permission::Update).await?;
        return Ok(Outcome::Refused(Wrong { code: STALE.to_owned(), ..Wrong::default() }));
    }
    let Some(prepared) = prepare(object, form, Permission::Update).await? else {
        // What is not there has no form.
        record::get(object, id).await?;
        return Ok(again());
    };
    let Prepared { gathered, version } = prepared;
    if let Some(refused) = refused_unread(object, Permission::Update, (form, &gathered)).await? {
        return Ok(refused);
    }
    let Some(version) = version else {
        return Ok(Outcome::Refused(Wrong::of(&record::version_required())));
    };
    if gathered.fields.is_empty() {
        // Nothing is written, so that nothing is to be said of it; but only to whom may see the row.
        let row = record::get(object, id).await?;
        return Ok(Outcome::Done { to: back(object, form, row.system.id), note: None });
    }
    let fields = gathered.fields.clone();
    let updated = record::update(object, id, move || Ok((Some(version), Input::Json(fields)))).await;
    finish(object, updated, (form, &gathered), What::Saved)
}

pub(super) struct Prepared {
    pub(super) gathered: Gathered,
    version: Option<i64>,
}

/// Reads a form; `None`: it asks to be shown again.
pub(super) async fn prepare(object: Object, form: &Form, permission: Permission) -> Result<Option<Prepared>> {
    record::authorize(object, permission).await?;
    if asks_of_itself(form) {
        return Ok(None);
    }
    let ctx = Ctx::current().ok_or_else(|| AppOsError::execution("a form outside of a request"))?;
    let rights = ctx.scope().fresh_rights().await?;
    let plan = Plan::of(object, &rights);
    let sheet = Sheet::of_form(&plan, form);
    let mut gathered = gather(&plan, &sheet, permission == Permission::Update);
    for (rows, parts) in plan.rows.iter().zip(&sheet.rows) {
        if parts.len() > MOST_ROWS {
            gathered.wrong.push(crate::error::FieldError {
                field: rows.field.name.to_owned(),
                code: "too_many".into(),
                message: forms::too_many_rows(MOST_ROWS),
            });
        }
    }
    Ok(Some(Prepared { gathered, version: sheet.own.version }))
}

/// If something cannot be read, nothing is written; what is wrong with the rest is told, too.
async fn refused_unread(object: Object, permission: Permission, sent: (&Form, &Gathered)) -> Result<Option<Outcome>> {
    if sent.1.wrong.is_empty() {
        return Ok(None);
    }
    let input = Input::Json(sent.1.fields.clone());
    Ok(wrong_of(object, (permission, input), sent).await?.map(Outcome::Refused))
}

/// What is wrong with a form: what cannot be read, and what the record says of the rest. `None`: nothing is.
pub(super) async fn wrong_of(
    object: Object,
    (permission, input): (Permission, Input),
    (form, gathered): (&Form, &Gathered),
) -> Result<Option<Wrong>> {
    let mut wrong = Wrong::default();
    match record::check(object, permission, input).await {
        Err(error) if is_told_in_form(&error) => wrong = in_form(&error, (form, gathered)),
        checked => {
            checked?;
            if gathered.wrong.is_empty() {
                return Ok(None);
            }
        }
    }
    if gathered.wrong.is_empty() {
        return Ok(Some(wrong));
    }
    let own = gathered.wrong.iter().map(|error| (error.field.clone(), error.code.to_string(), error.message.clone()));
    let own: Vec<_> = own.collect();
    // What could not be read was not sent: it is missing for no other reason.
    wrong.fields.retain(|(field, ..)| !own.iter().any(|(unread, ..)| unread == field));
    wrong.fields.splice(0..0, own);
    "invalid_fields".clone_into(&mut wrong.code);
    problems::invalid_fields().clone_into(&mut wrong.message);
    Ok(Some(wrong))
}

/// True for what is said of values: the form is shown again with it, so that nothing typed is lost.
fn is_told_in_form(error: &AppOsError) -> bool {
    match error.kind() {
        ErrorKind::Validation => true,
        ErrorKind::Security => error.code() == "row_not_allowed" || !error.fields().is_empty(),
        _ => error.code() == "row_not_allowed",
    }
}

pub(super) fn finish(object: Object, written: Result<Row>, sent: (&Form, &Gathered), what: What) -> Result<Outcome> {
    match written {
        Ok(row) => {
            let id = row.system.id;
            Ok(Outcome::Done { to: back(object, sent.0, id), note: Some(Note { what, id: Some(id) }) })
        }
        Err(error) if is_told_in_form(&error) => Ok(Outcome::Refused(in_form(&error, sent))),
        Err(error) => Err(error),
    }
}

/// What is wrong, by the names of the form.
fn in_form(error: &AppOsError, (_, gathered): (&Form, &Gathered)) -> Wrong {
    let mut wrong = Wrong::of(error);
    for (field, ..) in &mut wrong.fields {
        *field = gathered.in_form(field);
    }
    wrong
}

/// The form is shown again, with what it asked for.
pub(super) fn again() -> Outcome {
    Outcome::Refused(Wrong::nothing())
}

/// Where the page goes when the form is done.
fn back(object: Object, form: &Form, id: i64) -> String {
    let asked = [names::THEN, names::BACK].into_iter().find_map(|name| form.get(name).and_then(Location::read));
    let asked = asked.map(|location| location.address());
    asked.unwrap_or_else(|| address::row(object, id))
}

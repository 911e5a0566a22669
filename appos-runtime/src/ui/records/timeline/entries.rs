//! Entries of an audit log as people read them.

use serde_json::{Map, Value as Json};

use super::super::relation::{Names, names};
use super::super::words;
use crate::error::{AppOsError, Result};
use crate::model::record_of;
use crate::record::{self, AuditEntry};
use crate::registry::{FieldDescriptor, ObjectDescriptor};
use crate::state::Ctx;
use crate::ui::components::{Change, TimelineEntry};
use crate::ui::text::Format;
use crate::ui::text::own::history;
use crate::value::{FieldType, Value, json};

type Object = &'static ObjectDescriptor;

/// Entries of a page.
const MANY: usize = 20;
/// The account of `cargo appos user`.
const OPERATOR: i64 = -2;

/// Some entries, and the one below which the next ones begin.
pub(super) struct Page {
    pub(super) entries: Vec<TimelineEntry>,
    pub(super) next: Option<i64>,
}

/// Reads a page of a row's audit log. Fields that may not be read are not in it.
pub(super) async fn page(object: Object, id: i64, before: Option<i64>) -> Result<Page> {
    // One more tells whether there is a next page.
    let limit = u64::try_from(MANY + 1).unwrap_or(u64::MAX);
    let mut found = record::timeline(object, id, move || Ok((before, limit))).await?;
    let more = found.len() > MANY;
    found.truncate(MANY);
    let ctx = Ctx::current().ok_or_else(|| AppOsError::execution("a screen outside of a request"))?;
    let rights = ctx.scope().fresh_rights().await?;
    let people = found.iter().filter_map(|entry| entry.user).filter(|user| *user > 0);
    let mut wanted: Vec<(Object, i64)> = people.map(|user| (words::users(), user)).collect();
    for entry in &found {
        wanted.extend(entry.changes.iter().flat_map(|(name, change)| references(object, name, change)));
    }
    let mut names = names(&rights, wanted).await?;
    names.add(words::users(), ctx.user.id, ctx.user.name.to_string());
    let next = found.last().filter(|_| more).map(|entry| entry.id);
    let now = ctx.now();
    let entries = found.iter().map(|entry| written(object, entry, &names, now)).collect();
    Ok(Page { entries, next })
}

/// The rows that the two sides of a change refer to.
fn references(object: Object, name: &str, change: &Json) -> Vec<(Object, i64)> {
    let field = record_of(object).field(name).map(|(_, field)| field.field_type);
    let Some(FieldType::Reference(target)) = field else { return Vec::new() };
    ["old", "new"].iter().filter_map(|side| Some((target(), change.get(side)?.as_i64()?))).collect()
}

fn written(object: Object, entry: &AuditEntry, names: &Names, now: crate::value::DateTime) -> TimelineEntry {
    let who = match entry.user {
        None => history::platform().to_owned(),
        Some(OPERATOR) => history::operator().to_owned(),
        Some(user) => names.of(words::users(), user).map_or_else(|| history::user(&user.to_string()), str::to_owned),
    };
    let did = match entry.action.as_str() {
        "create" => history::created(&who),
        "delete" => history::deleted(&who),
        "restore" => history::restored(&who),
        _ => history::changed(&who),
    };
    let format = Format::current();
    TimelineEntry {
        title: did,
        when: format.relative(entry.at, now),
        at: entry.at.to_rfc3339(),
        at_full: format.date_time(entry.at),
        changes: changes(object, &entry.changes, names),
        ..TimelineEntry::default()
    }
}

fn changes(object: Object, changes: &Map<String, Json>, names: &Names) -> Vec<Change> {
    let fields = record_of(object).fields.iter().filter_map(|field| Some((field, changes.get(field.name)?)));
    let all = fields.map(|(field, change)| Change {
        field: words::label(field).to_owned(),
        before: side(field, change.get("old"), names),
        after: side(field, change.get("new"), names),
    });
    all.collect()
}

/// One side of a change; `None`: there was nothing.
fn side(field: &FieldDescriptor, value: Option<&Json>, names: &Names) -> Option<String> {
    let value = value.filter(|value| !value.is_null())?;
    if let (FieldType::Reference(target), Some(id)) = (field.field_type, value.as_i64()) {
        return Some(names.of(target(), id).map_or_else(|| format!("#{id}"), str::to_owned));
    }
    match json::from_json(&field.field_type, true, value.clone()) {
        Ok(Value::Null) => None,
        Ok(value) => Some(words::shown(field, &value)),
        // What no log may hold, or a value of a type that the field had before.
        Err(_) => Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned)),
    }
}

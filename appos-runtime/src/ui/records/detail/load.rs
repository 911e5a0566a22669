//! What the screen of a row shows of the row itself.

use super::super::relation::{Names, names};
use super::super::words;
use crate::error::{AppOsError, Result};
use crate::journal::LoggedArguments;
use crate::model::{ColumnRef, Comparison, Condition, Row, Selection, record_of, referring_field};
use crate::record::{self, Readable};
use crate::registry::{ObjectDescriptor, SystemField};
use crate::security::Permission;
use crate::state::Ctx;
use crate::value::{FieldType, Value};

type Object = &'static ObjectDescriptor;

/// A row as its screen shows it.
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own about the row")]
pub(super) struct Seen {
    pub(super) row: Row,
    pub(super) names: Names,
    /// Places of the fields that have a value and may be read.
    pub(super) fields: Vec<usize>,
    /// Fields that are rows of others, which may be viewed.
    pub(super) relations: Vec<Relation>,
    /// It was deleted, and is kept.
    pub(super) deleted: bool,
    pub(super) may_create: bool,
    pub(super) may_update: bool,
    pub(super) may_delete: bool,
}

/// A field that is rows of another record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Relation {
    pub(super) place: usize,
    /// How many they are; `None`: there is one at most.
    pub(super) count: Option<u64>,
}

pub(super) async fn seen(object: Object, id: i64) -> Result<Seen> {
    let found = record::get(object, id).await;
    let ctx = Ctx::current().ok_or_else(|| AppOsError::execution("a screen outside of a request"))?;
    let rights = ctx.scope().fresh_rights().await?;
    let may = |permission| rights.allows(object, permission);
    let keeps = record_of(object).soft_delete && may(Permission::Delete) && may(Permission::View);
    let (row, deleted) = match found {
        Ok(row) => (row, false),
        Err(error) if error.code() == "record_not_found" && keeps => (kept(object, id).await?.ok_or(error)?, true),
        Err(error) => return Err(error),
    };
    let readable = Readable::of(object, &rights);
    let (mut fields, mut relations) = (Vec::new(), Vec::new());
    let mut references: Vec<(Object, i64)> = Vec::new();
    for (place, field) in record_of(object).fields.iter().enumerate().filter(|(place, _)| readable.can_read(*place)) {
        match (field.field_type, row.values.get(place)) {
            (FieldType::Many(target), _) => {
                if rights.allows(target(), Permission::View) && !deleted {
                    relations.push(Relation { place, count: None });
                }
                continue;
            }
            (FieldType::Reference(target), Some(Value::Integer(id))) => references.push((target(), *id)),
            _ => {}
        }
        fields.push(place);
    }
    // Where there is only one kind of them, their own part of the screen tells how many they are.
    let several =
        |relation: &&mut Relation| record_of(object).fields.get(relation.place).is_some_and(|field| !field.unique);
    if relations.iter_mut().filter(several).count() > 1 {
        for relation in relations.iter_mut().filter(several) {
            relation.count = counted(object, id, relation.place).await?;
        }
    }
    let by = [row.system.created_by, row.system.updated_by];
    references.extend(by.into_iter().flatten().map(|user| (words::users(), user)));
    let mut names = names(&rights, references).await?;
    names.add(words::users(), ctx.user.id, ctx.user.name.to_string());
    Ok(Seen {
        names,
        fields,
        relations,
        // A copy of a document would have no file.
        may_create: may(Permission::Create) && record_of(object).document().is_none(),
        may_update: may(Permission::Update) && !deleted,
        may_delete: may(Permission::Delete),
        row,
        deleted,
    })
}

/// Number of rows that belong to a row by the field at this place.
async fn counted(object: Object, id: i64, place: usize) -> Result<Option<u64>> {
    let Some(field) = record_of(object).fields.get(place) else { return Ok(None) };
    let FieldType::Many(target) = field.field_type else { return Ok(None) };
    let Some(back) = referring_field(target(), object.reference, field.unique) else { return Ok(None) };
    let owner = Condition::Compare(ColumnRef::Field(back), Comparison::Equal, Value::Integer(id));
    let selection = Selection { conditions: vec![owner], ..Selection::default() };
    let logged = LoggedArguments::begin().argument("of", &id).finish();
    record::count(target(), logged, move |_| Ok(selection)).await.map(Some)
}

/// A row that was deleted and is kept.
async fn kept(object: Object, id: i64) -> Result<Option<Row>> {
    let own = Condition::Compare(ColumnRef::System(SystemField::Id), Comparison::Equal, Value::Integer(id));
    let selection = Selection { conditions: vec![own], deleted: true, limit: Some(1), ..Selection::default() };
    let logged = LoggedArguments::begin().argument("id", &id).finish();
    let found = record::list(object, logged, move |_| Ok(selection)).await?;
    Ok(found.rows.into_iter().next())
}

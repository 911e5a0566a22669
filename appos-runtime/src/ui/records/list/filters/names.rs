//! What the rows that a filter names are called.

use std::collections::HashMap;

use crate::error::Result;
use crate::journal::LoggedArguments;
use crate::model::{ColumnRef, Condition, Direction, Selection, Sort, TextMatch, record_of};
use crate::record::{self, Readable};
use crate::registry::{ObjectDescriptor, SystemField};
use crate::security::{Permission, Rights};
use crate::ui::records::value::name_of;
use crate::value::{FieldType, Value};

/// Rows that a picker offers at a time.
const OFFERED: u64 = 30;

/// The names of these rows, as far as they may be seen.
pub(super) async fn names(
    target: &'static ObjectDescriptor,
    rights: &Rights,
    ids: Vec<i64>,
) -> Result<HashMap<i64, String>> {
    if ids.is_empty() || !rights.allows(target, Permission::View) {
        return Ok(HashMap::new());
    }
    let among = Condition::In(ColumnRef::System(SystemField::Id), ids.into_iter().map(Value::Integer).collect());
    let selection = Selection { conditions: vec![among], ..Selection::default() };
    let found = record::list(target, LoggedArguments::none(), move |_| Ok(selection)).await?;
    Ok(found.rows.iter().map(|row| (row.system.id, name_of(target, row).into_owned())).collect())
}

/// Some rows with this text in their name or where the record is searched, and whether there are more.
pub(in crate::ui::records::list) async fn offered(
    target: &'static ObjectDescriptor,
    rights: &Rights,
    text: &str,
) -> Result<(Vec<(i64, String)>, bool)> {
    if !rights.allows(target, Permission::View) {
        return Ok((Vec::new(), false));
    }
    let readable = Readable::of(target, rights);
    let record = record_of(target);
    let is_text =
        |place: usize| record.fields.get(place).is_some_and(|field| matches!(field.field_type, FieldType::Text));
    let display = record.display.filter(|place| {
        readable.can_read(*place) && record.fields.get(*place).is_some_and(crate::registry::FieldDescriptor::is_stored)
    });
    let searched = record.fields.iter().enumerate().filter(|(place, field)| {
        readable.can_read(*place) && field.is_stored() && (field.search || display == Some(*place)) && is_text(*place)
    });
    let text = text.replace('\0', "");
    let any = searched.map(|(place, _)| Condition::Text(ColumnRef::Field(place), TextMatch::Contains, text.clone()));
    let conditions = if text.is_empty() { Vec::new() } else { vec![Condition::Any(any.collect())] };
    let sorts = display.map(|place| Sort { column: ColumnRef::Field(place), direction: Direction::Ascending });
    let selection =
        Selection { conditions, sorts: sorts.into_iter().collect(), limit: Some(OFFERED), ..Selection::default() };
    let found = record::list(target, LoggedArguments::none(), move |_| Ok(selection)).await?;
    let rows = found.rows.iter().map(|row| (row.system.id, name_of(target, row).into_owned())).collect();
    Ok((rows, found.next.is_some()))
}

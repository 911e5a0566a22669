//! Which rows of another record can be chosen: the first of them, or those that a search finds.

use std::rc::Rc;

use crate::error::Result;
use crate::journal::LoggedArguments;
use crate::model::{ColumnRef, Comparison, Condition, Direction, Selection, Sort, TextMatch, record_of};
use crate::record::{self, Readable};
use crate::registry::{ObjectDescriptor, SystemField};
use crate::security::{Permission, Rights};
use crate::state::Ctx;
use crate::value::{FieldType, Value};

use super::super::words;

/// Most rows that are offered at a time.
const MOST: usize = 50;
/// Longest text that is searched for.
const LONGEST_SEARCH: usize = 200;

/// Rows to choose from.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::ui) struct Offer {
    /// Id and name of each.
    pub(in crate::ui) rows: Rc<[(i64, String)]>,
    /// There are more than these.
    pub(in crate::ui) more: bool,
    /// False if no row of the record may be seen; then an id is all that can be given.
    pub(in crate::ui) visible: bool,
}

/// The rows that a search finds; "" finds all. Whoever looks is among those offered if it is users.
pub(in crate::ui) async fn offer(target: &'static ObjectDescriptor, search: &str) -> Result<Offer> {
    let Some(ctx) = Ctx::current() else { return Ok(Offer::default()) };
    let rights = ctx.scope().fresh_rights().await?;
    let mut offer = Offer::default();
    if rights.allows(target, Permission::View) {
        let (selection, by_name) = selection(target, &rights, search);
        let logged = LoggedArguments::begin().argument("search", &!search.is_empty()).finish();
        let found = record::list(target, logged, move |_| Ok(selection)).await?;
        let named = found.rows.iter().map(|row| (row.system.id, words::name_of(target, row).into_owned()));
        let mut rows: Vec<(i64, String)> = named.take(MOST).collect();
        if !by_name {
            rows.sort_by_cached_key(|(_, name)| name.to_lowercase());
        }
        offer = Offer { rows: rows.into(), more: found.rows.len() > MOST, visible: true };
    } else if target.reference == "platform.records.user" && ctx.user.id > 0 {
        // Nobody needs to see the others to name himself.
        offer = Offer { rows: [(ctx.user.id, ctx.user.name.to_string())].into(), more: false, visible: true };
    }
    Ok(offer)
}

/// What to ask for, and whether the answer is in the order of names.
fn selection(target: &'static ObjectDescriptor, rights: &Rights, search: &str) -> (Selection, bool) {
    let record = record_of(target);
    let readable = Readable::of(target, rights);
    let search: String = search.trim().chars().filter(|c| *c != '\0').take(LONGEST_SEARCH).collect();
    let mut conditions = Vec::new();
    if !search.is_empty() {
        let searched = record.fields.iter().enumerate().filter(|(place, field)| {
            let is_name = field.search || record.display == Some(*place);
            is_name && matches!(field.field_type, FieldType::Text) && field.is_stored() && readable.can_read(*place)
        });
        let mut any: Vec<Condition> = searched
            .map(|(place, _)| Condition::Text(ColumnRef::Field(place), TextMatch::Contains, search.clone()))
            .collect();
        if let Ok(id) = search.trim_start_matches('#').parse::<i64>() {
            let column = ColumnRef::System(SystemField::Id);
            any.push(Condition::Compare(column, Comparison::Equal, Value::Integer(id)));
        }
        conditions.push(Condition::Any(any));
    }
    // Only where an index has the order: of a large record the first rows by name would cost a look at all.
    let display = record.display.filter(|place| {
        let indexed = record.fields.get(*place).is_some_and(|field| field.is_stored() && (field.unique || field.index));
        indexed && readable.can_read(*place)
    });
    let sorts = match display {
        Some(place) => vec![Sort { column: ColumnRef::Field(place), direction: Direction::Ascending }],
        None => vec![Sort { column: ColumnRef::System(SystemField::Id), direction: Direction::Descending }],
    };
    let limit = u64::try_from(MOST + 1).ok();
    (Selection { conditions, sorts, limit, ..Selection::default() }, display.is_some())
}

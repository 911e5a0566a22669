//! The rows that references lead to: one query for each reference of a page, each a dispatch
//! of the record at the other end, so that nobody sees more of it than on its own routes.

use std::collections::{BTreeSet, HashMap};
use std::pin::Pin;

use super::service;
use crate::error::Result;
use crate::journal::LoggedArguments;
use crate::model::{ColumnRef, Condition, Row, Selection};
use crate::registry::{ObjectDescriptor, SystemField};
use crate::security::Permission;
use crate::state::Ctx;
use crate::value::Value;

/// A reference whose rows are wanted.
pub(crate) struct Expansion {
    /// Place of the reference among the fields.
    pub(crate) place: usize,
    /// Its name.
    pub(crate) field: &'static str,
    /// The record it leads to.
    pub(crate) target: &'static ObjectDescriptor,
    /// References of that record whose rows are wanted, too.
    pub(crate) then: Vec<Expansion>,
}

/// The rows that one reference leads to, as far as they may be seen.
pub(crate) struct Expanded {
    pub(crate) place: usize,
    pub(crate) field: &'static str,
    pub(crate) target: &'static ObjectDescriptor,
    pub(crate) rows: HashMap<i64, Row>,
    pub(crate) then: Vec<Expanded>,
}

impl Expanded {
    /// The row that this one refers to, if it may be seen.
    pub(crate) fn of(&self, row: &Row) -> Option<&Row> {
        match row.values.get(self.place) {
            Some(Value::Integer(id)) => self.rows.get(id),
            _ => None,
        }
    }
}

/// Reads the rows that references of these rows lead to. What may not be viewed stays an id.
pub(crate) fn expand<'a>(
    wanted: &'a [Expansion],
    rows: &'a [&'a Row],
) -> Pin<Box<dyn Future<Output = Result<Vec<Expanded>>> + Send + 'a>> {
    Box::pin(async move {
        let mut expanded = Vec::with_capacity(wanted.len());
        for Expansion { place, field, target, then } in wanted {
            let ids: BTreeSet<i64> = rows.iter().filter_map(|row| reference(row, *place)).collect();
            if ids.is_empty() || !may_view(target).await? {
                continue;
            }
            let logged = LoggedArguments::begin().argument("expand", *field).argument("ids", &ids.len()).finish();
            let column = ColumnRef::System(SystemField::Id);
            let among = Condition::In(column, ids.into_iter().map(Value::Integer).collect());
            let selection = Selection { conditions: vec![among], ..Selection::default() };
            let found = service::list(target, logged, move |_| Ok(selection)).await?;
            let next: Vec<&Row> = found.rows.iter().collect();
            let then = expand(then, &next).await?;
            let rows = found.rows.into_iter().map(|row| (row.system.id, row)).collect();
            expanded.push(Expanded { place: *place, field, target, rows, then });
        }
        Ok(expanded)
    })
}

fn reference(row: &Row, place: usize) -> Option<i64> {
    match row.values.get(place) {
        Some(Value::Integer(id)) => Some(*id),
        _ => None,
    }
}

/// Asked before, because a refusal would stand in the security log, and nobody has tried to
/// see what is not his.
async fn may_view(target: &'static ObjectDescriptor) -> Result<bool> {
    match Ctx::current() {
        Some(ctx) => Ok(ctx.scope().fresh_rights().await?.allows(target, Permission::View)),
        None => Ok(false),
    }
}

//! What goes with a row that is deleted, or loses its reference to it: through the record's own
//! rules and audit log, not silently in the database.
//!
//! The database would do it by itself, and does where nobody is told: for records without audit
//! log and rules.

use std::collections::{HashSet, VecDeque};

use super::service::{Call, hooks_of};
use super::store::Store;
use super::write::Writing;
use crate::error::{AppOsError, Result};
use crate::model::record_of;
use crate::registry::{FieldDescriptor, ObjectDescriptor, OnDelete, Registry, RowEvent};
use crate::state::QueryCount;
use crate::value::{FieldType, Value};

/// Most rows that one deletion takes with it so.
const MAX_DEPENDENTS: usize = 10_000;
/// Rows that are asked for, or removed, together.
const TOGETHER: usize = 500;

type Object = &'static ObjectDescriptor;

/// How a row is deleted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// It is kept out of sight, and with it those of records that keep theirs, too.
    Kept,
    /// It is gone.
    ForGood,
}

impl Manner {
    pub(super) fn of(object: Object) -> Self {
        if record_of(object).soft_delete { Self::Kept } else { Self::ForGood }
    }
}

/// What happens to a dependent row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Deleted,
    /// The reference at this place becomes empty.
    Emptied(usize),
}

/// A row that depends on one that is deleted.
struct Dependent {
    object: Object,
    id: i64,
    fate: Fate,
    /// False: it was deleted before, and is kept out of sight.
    live: bool,
}

/// The fields of all records that refer to a record, with their places.
pub(crate) fn referring(object: Object) -> impl Iterator<Item = (Object, usize, &'static FieldDescriptor)> {
    Registry::global().records().flat_map(move |(other, record)| {
        let refers = move |field: &FieldDescriptor| match field.field_type {
            FieldType::Reference(target) => target().reference == object.reference,
            _ => false,
        };
        let fields = record.fields.iter().enumerate().filter(move |(_, field)| refers(field));
        fields.map(move |(place, field)| (other, place, field))
    })
}

/// True if somebody is told of what happens to the rows that depend on one of this record.
pub(super) fn concerns(object: Object, manner: Manner) -> bool {
    any_is_told(object, manner, &mut HashSet::new())
}

fn any_is_told(object: Object, manner: Manner, seen: &mut HashSet<&'static str>) -> bool {
    seen.insert(object.reference)
        && referring(object).any(|(other, _, field)| match follows(other, field, manner) {
            Some(OnDelete::Cascade) => is_told(other, manner) || any_is_told(other, manner, seen),
            Some(OnDelete::SetNull) => is_told_of_changes(other),
            _ => false,
        })
}

/// What becomes of a row of another record, if anything does.
fn follows(other: Object, field: &FieldDescriptor, manner: Manner) -> Option<OnDelete> {
    match (field.on_delete, manner) {
        (OnDelete::Restrict, _) | (OnDelete::SetNull, Manner::Kept) => None,
        (OnDelete::Cascade, Manner::Kept) if !record_of(other).soft_delete => None,
        (rule, _) => Some(rule),
    }
}

/// The audit log of rows that are kept is written where they are put out of sight.
fn is_told(object: Object, manner: Manner) -> bool {
    let record = record_of(object);
    !hooks_of(object, RowEvent::Deleted).is_empty() || (record.audit_log && manner == Manner::ForGood)
}

fn is_told_of_changes(object: Object) -> bool {
    record_of(object).audit_log || !hooks_of(object, RowEvent::Updated).is_empty()
}

/// The rows that depend on a row and of which somebody is told, each after the one it depends on.
async fn gather(store: &Store, of: (Object, i64), manner: Manner, count: &QueryCount) -> Result<Vec<Dependent>> {
    let mut all: Vec<Dependent> = Vec::new();
    let mut deleted = HashSet::from([(of.0.reference, of.1)]);
    let mut open = VecDeque::from([(of.0, vec![of.1])]);
    while let Some((object, ids)) = open.pop_front() {
        for (other, place, field) in referring(object) {
            let fate = match follows(other, field, manner) {
                Some(OnDelete::Cascade) if is_told(other, manner) || concerns(other, manner) => Fate::Deleted,
                Some(OnDelete::SetNull) if is_told_of_changes(other) => Fate::Emptied(place),
                _ => continue,
            };
            let mut next = Vec::new();
            for ids in ids.chunks(TOGETHER) {
                for (id, live) in store.dependents(other, field, ids, count).await? {
                    if fate == Fate::Deleted {
                        if (manner == Manner::Kept && !live) || !deleted.insert((other.reference, id)) {
                            continue;
                        }
                        next.push(id);
                    }
                    all.push(Dependent { object: other, id, fate, live });
                }
                if all.len() > MAX_DEPENDENTS {
                    return Err(AppOsError::validation(format!(
                        "more than {MAX_DEPENDENTS} rows depend on this one; delete some of them first"
                    ))
                    .code_is("too_many_dependents"));
                }
            }
            if !next.is_empty() {
                open.push_back((other, next));
            }
        }
    }
    // What goes needs no change before.
    all.retain(|row| row.fate == Fate::Deleted || !deleted.contains(&(row.object.reference, row.id)));
    Ok(all)
}

impl Call {
    /// Calls the rules of the rows that depend on one that is about to be deleted, and writes
    /// what their audit logs say. The permission to delete the row is that for what goes with it.
    ///
    /// # Errors
    /// A rule refuses, other rows still refer to one of them, or there are too many.
    pub(super) async fn end_dependents(&self, id: i64, manner: Manner) -> Result<()> {
        let (store, count) = (self.store()?, self.count());
        store.hold(self.object(), id, count).await?;
        let rows = gather(store, (self.object(), id), manner, count).await?;
        for row in rows.iter().filter(|row| row.live && row.fate == Fate::Deleted) {
            Box::pin(self.of(row.object).say_farewell(row.id)).await?;
        }
        if manner == Manner::Kept {
            return Ok(());
        }
        let writing = Writing { writer: self.writer(), visible: Vec::new(), ruled: false, targets: Vec::new() };
        for row in &rows {
            if let Fate::Emptied(place) = row.fate {
                Box::pin(self.of(row.object).empty(row, place, &writing)).await?;
            }
        }
        // The last first: what depends on a row is gone before it.
        let going: Vec<&Dependent> = rows.iter().rev().filter(|row| row.fate == Fate::Deleted).collect();
        for group in going.chunk_by(|one, other| one.object.reference == other.object.reference) {
            for group in group.chunks(TOGETHER) {
                let Some(first) = group.first() else { continue };
                let live: Vec<i64> = group.iter().filter(|row| row.live).map(|row| row.id).collect();
                let all: Vec<i64> = group.iter().map(|row| row.id).collect();
                store.remove_many(first.object, (&all, &live), writing.writer, count).await?;
            }
        }
        Ok(())
    }

    /// Calls the rules of a row that goes with another, unless an earlier one has removed it.
    async fn say_farewell(&self, id: i64) -> Result<()> {
        for hook in hooks_of(self.object(), RowEvent::Deleted) {
            match self.store()?.get(self.object(), id, &self.visible(), self.count()).await {
                Err(error) if error.code() == "record_not_found" => return Ok(()),
                row => self.call_hook(hook, &row?).await?,
            }
        }
        Ok(())
    }

    /// Empties a reference; of a row that is out of sight no rule is told.
    async fn empty(&self, row: &Dependent, place: usize, writing: &Writing) -> Result<()> {
        let record = record_of(self.object());
        let values = (0..record.fields.len()).map(|at| (at == place).then_some(Value::Null)).collect();
        let change = self.store()?.update(self.object(), (row.id, None), values, writing, self.count());
        let hooks = if row.live { hooks_of(self.object(), RowEvent::Updated) } else { &[] };
        match self.transaction(self.with_hooks(change, hooks)).await {
            // A rule that was called before has removed it.
            Err(error) if error.code() == "record_not_found" => Ok(()),
            changed => changed.map(drop),
        }
    }
}

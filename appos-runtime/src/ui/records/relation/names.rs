//! What rows are called that references lead to: one query for each record, each a dispatch of it, so that
//! nobody learns more of a row than on its own screen.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::super::words;
use crate::error::Result;
use crate::journal::LoggedArguments;
use crate::model::{ColumnRef, Condition, Selection};
use crate::record;
use crate::registry::{ObjectDescriptor, SystemField};
use crate::security::{Permission, Rights};
use crate::value::Value;

/// Most rows of one record whose names are asked for together.
const MOST: usize = 500;

/// What rows are called, by their record and id, as far as they may be seen.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in super::super) struct Names(HashMap<(&'static str, i64), String>);

impl Names {
    /// What a row is called.
    pub(in super::super) fn of(&self, target: &'static ObjectDescriptor, id: i64) -> Option<&str> {
        self.0.get(&(target.reference, id)).map(String::as_str)
    }

    /// Adds what a row is called.
    pub(in super::super) fn add(&mut self, target: &'static ObjectDescriptor, id: i64, name: String) {
        self.0.insert((target.reference, id), name);
    }
}

/// Asks what rows are called.
pub(in super::super) async fn names(
    rights: &Rights,
    wanted: impl IntoIterator<Item = (&'static ObjectDescriptor, i64)>,
) -> Result<Names> {
    let mut targets: BTreeMap<&'static str, (&'static ObjectDescriptor, BTreeSet<i64>)> = BTreeMap::new();
    for (target, id) in wanted {
        targets.entry(target.reference).or_insert_with(|| (target, BTreeSet::new())).1.insert(id);
    }
    let mut names = Names::default();
    for (target, ids) in targets.into_values() {
        // Asked before, because a refusal would stand in the security log, and nobody has tried to see
        // what is not his.
        if !rights.allows(target, Permission::View) {
            continue;
        }
        let logged = LoggedArguments::begin().argument("ids", &ids.len()).finish();
        let among = ids.into_iter().take(MOST).map(Value::Integer).collect();
        let among = Condition::In(ColumnRef::System(SystemField::Id), among);
        let selection = Selection { conditions: vec![among], ..Selection::default() };
        let found = record::list(target, logged, move |_| Ok(selection)).await?;
        for row in &found.rows {
            names.add(target, row.system.id, words::name_of(target, row).into_owned());
        }
    }
    Ok(names)
}

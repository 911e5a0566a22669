//! The changes of one table taken together: where each column comes from, and what of it differs.

use std::collections::BTreeMap;

use super::column::Column;
use super::operation::Change;
use super::table::{Index, Table};

/// A table before and after its changes.
pub(super) struct Altered<'a> {
    pub(super) before: &'a Table,
    pub(super) after: &'a Table,
    /// Columns of `after` that were there before, with the name they had.
    origins: BTreeMap<String, String>,
    /// What existing rows get, by column of `after`.
    fills: BTreeMap<String, Column>,
    /// The old values of columns that are dropped and replaced by a new one of the same name are
    /// not kept.
    dropped: Vec<String>,
}

impl<'a> Altered<'a> {
    pub(super) fn of(before: &'a Table, after: &'a Table, changes: &[Change]) -> Result<Self, String> {
        let mut origins: BTreeMap<String, String> =
            before.columns.iter().map(|column| (column.name.clone(), column.name.clone())).collect();
        let mut fills = BTreeMap::new();
        let mut dropped = Vec::new();
        for change in changes {
            match change {
                Change::AddColumn(column) | Change::ChangeColumn(column) => {
                    fills.insert(column.name.clone(), column.clone());
                }
                Change::DropColumn { name } => {
                    dropped.extend(origins.remove(name));
                    fills.remove(name);
                }
                Change::RenameColumn { from, to } => {
                    if let Some(origin) = origins.remove(from) {
                        origins.insert(to.clone(), origin);
                    }
                    if let Some(fill) = fills.remove(from) {
                        fills.insert(to.clone(), fill);
                    }
                }
                Change::AddIndex(_) | Change::DropIndex(_) => {}
            }
        }
        let altered = Self { before, after, origins, fills, dropped };
        for column in &after.columns {
            if altered.origin(column).is_none() && !column.nullable && altered.filled(column).value_for_rows().is_none()
            {
                return Err(format!(
                    "column `{}.{}` is new and must not be empty, and the rows there are have no value for it: give it a `.default(..)` or a `.fill(..)`, or make it `.nullable()`",
                    after.name, column.name
                ));
            }
        }
        Ok(altered)
    }

    /// The column as it was, for one of `after` that was there before.
    pub(super) fn origin(&self, column: &Column) -> Option<&'a Column> {
        self.origins.get(&column.name).and_then(|name| self.before.find(name))
    }

    /// The column with what existing rows get.
    pub(super) fn filled(&self, column: &'a Column) -> &Column {
        self.fills.get(&column.name).unwrap_or(column)
    }

    /// Columns of `before` that are gone.
    pub(super) fn dropped(&self) -> &[String] {
        &self.dropped
    }

    /// Columns that have another name now: before and after.
    pub(super) fn renamed(&self) -> impl Iterator<Item = (&Column, &Column)> {
        self.kept().filter(|(before, after)| before.name != after.name)
    }

    /// Columns that were there before: before and after.
    pub(super) fn kept(&self) -> impl Iterator<Item = (&'a Column, &'a Column)> {
        self.after.columns.iter().filter_map(|after| Some((self.origin(after)?, after)))
    }

    /// Columns that are new.
    pub(super) fn added(&self) -> impl Iterator<Item = &'a Column> {
        self.after.columns.iter().filter(|column| self.origin(column).is_none())
    }

    /// An index of `before` under the names of `after`; `None` if it is no longer the same: one
    /// of its columns is gone, or is now empty in some rows or no longer, which sorts otherwise.
    fn translated(&self, index: &Index) -> Option<Index> {
        let name = |old: &String| {
            let (before, after) = self.kept().find(|(before, _)| before.name == *old)?;
            (before.nullable == after.nullable).then(|| after.name.clone())
        };
        let columns = index.columns.iter().map(name).collect::<Option<Vec<_>>>()?;
        Some(Index { columns, ..index.clone() })
    }

    /// Indexes that are gone, as they were.
    pub(super) fn dropped_indexes(&self) -> impl Iterator<Item = &'a Index> {
        let stays = |index: &&Index| self.translated(index).is_some_and(|index| self.after.indexes.contains(&index));
        self.before.indexes.iter().filter(move |index| !stays(index))
    }

    /// Indexes that stay: before and after.
    pub(super) fn kept_indexes(&self) -> impl Iterator<Item = (&'a Index, &'a Index)> {
        self.before.indexes.iter().filter_map(|index| {
            let translated = self.translated(index)?;
            self.after.indexes.iter().find(|after| **after == translated).map(|after| (index, after))
        })
    }

    /// Indexes that are new.
    pub(super) fn added_indexes(&self) -> impl Iterator<Item = &'a Index> {
        let kept: Vec<&Index> = self.kept_indexes().map(|(_, after)| after).collect();
        self.after.indexes.iter().filter(move |index| !kept.contains(index))
    }
}

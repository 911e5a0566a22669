//! Tables as migrations describe them, and all tables at one point of a history.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::column::Column;
use super::names::LONGEST;
use super::operation::{Change, Operation};

/// An index over columns, in their order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Index {
    /// Its columns.
    pub columns: Vec<String>,
    /// No two rows have the same values in them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unique: bool,
    /// Only among the rows that are not deleted softly: those without a `deleted_at`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub live: bool,
}

/// The column of rows that are deleted softly.
pub(super) const DELETED_AT: &str = "deleted_at";

impl Index {
    /// Rows may be numbered in its column.
    pub(super) fn may_count(&self) -> bool {
        self.unique && self.columns.len() == 1
    }
}

/// A table: columns and indexes. Constraints and indexes get their names from it.
///
/// ```
/// use appos_runtime::migration::{Column, Table};
/// let customers = Table::record("crm_customer")
///     .column(Column::text("name"))
///     .column(Column::text("email"))
///     .unique(["email"]);
/// # let _ = customers;
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Name.
    pub name: String,
    /// Columns in order.
    pub columns: Vec<Column>,
    /// Indexes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indexes: Vec<Index>,
}

impl Table {
    /// A table without columns.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), columns: Vec::new(), indexes: Vec::new() }
    }

    /// A table with the columns that every record has. They never change in here: a history that
    /// is run again must lead to the same tables.
    pub fn record(name: impl Into<String>) -> Self {
        Self::new(name)
            .column(Column::id())
            .column(Column::date_time("created_at"))
            .column(Column::integer("created_by").nullable())
            .column(Column::date_time("updated_at"))
            .column(Column::integer("updated_by").nullable())
            .column(Column::integer("version"))
    }

    /// Adds a column.
    #[must_use]
    pub fn column(mut self, column: Column) -> Self {
        self.columns.push(column);
        self
    }

    /// Adds an index.
    #[must_use]
    pub fn index<const N: usize>(mut self, columns: [&str; N]) -> Self {
        self.indexes.push(Index { columns: columns.map(str::to_owned).to_vec(), unique: false, live: false });
        self
    }

    /// No two rows have the same values in these columns.
    #[must_use]
    pub fn unique<const N: usize>(mut self, columns: [&str; N]) -> Self {
        self.indexes.push(Index { columns: columns.map(str::to_owned).to_vec(), unique: true, live: false });
        self
    }

    /// No two rows that are not deleted softly have the same values in these columns.
    #[must_use]
    pub fn unique_live<const N: usize>(mut self, columns: [&str; N]) -> Self {
        self.indexes.push(Index { columns: columns.map(str::to_owned).to_vec(), unique: true, live: true });
        self
    }

    pub(super) fn find(&self, column: &str) -> Option<&Column> {
        self.columns.iter().find(|known| known.name == column)
    }

    fn place(&self, column: &str) -> Result<usize, String> {
        let missing = || format!("table `{}` has no column `{column}`", self.name);
        self.columns.iter().position(|known| known.name == column).ok_or_else(missing)
    }

    fn apply(&mut self, change: &Change) -> Result<(), String> {
        match change {
            Change::AddColumn(column) => {
                whole(&column.name)?;
                if self.find(&column.name).is_some() {
                    return Err(format!("table `{}` has a column `{}` already", self.name, column.name));
                }
                self.columns.push(Column { fill: None, ..column.clone() });
            }
            Change::DropColumn { name } => {
                let place = self.place(name)?;
                if let Some(index) = self.indexes.iter().find(|index| index.columns.contains(name)) {
                    let columns = index.columns.join(", ");
                    return Err(format!("column `{name}` of `{}` has an index ({columns}): drop it first", self.name));
                }
                if name == DELETED_AT && self.indexes.iter().any(|index| index.live) {
                    return Err(format!("indexes of `{}` depend on `{DELETED_AT}`: drop them first", self.name));
                }
                self.columns.remove(place);
            }
            Change::RenameColumn { from, to } => {
                whole(to)?;
                let place = self.place(from)?;
                if self.find(to).is_some() {
                    return Err(format!("table `{}` has a column `{to}` already", self.name));
                }
                to.clone_into(&mut self.columns[place].name);
                let named = self.indexes.iter_mut().flat_map(|index| &mut index.columns).filter(|name| *name == from);
                named.for_each(|name| to.clone_into(name));
            }
            Change::ChangeColumn(column) => {
                let place = self.place(&column.name)?;
                self.columns[place] = Column { fill: None, ..column.clone() };
            }
            Change::AddIndex(index) => {
                for column in &index.columns {
                    self.place(column)?;
                }
                if self.indexes.contains(index) {
                    return Err(format!("table `{}` has an index ({}) already", self.name, index.columns.join(", ")));
                }
                self.indexes.push(index.clone());
            }
            Change::DropIndex(index) => {
                let missing = || format!("table `{}` has no such index ({})", self.name, index.columns.join(", "));
                let place = self.indexes.iter().position(|known| known == index).ok_or_else(missing)?;
                self.indexes.remove(place);
            }
        }
        Ok(())
    }
}

/// A name that no database cuts off.
fn whole(name: &str) -> Result<(), String> {
    if name.len() <= LONGEST {
        return Ok(());
    }
    Err(format!("the name `{name}` is longer than {LONGEST} bytes; write a shorter `table` or `column`"))
}

/// All tables at one point of a history.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tables(pub(super) BTreeMap<String, Table>);

impl Tables {
    /// The tables in order of name.
    pub fn iter(&self) -> impl Iterator<Item = &Table> {
        self.0.values()
    }

    /// Does to the description what an operation does to the database.
    ///
    /// # Errors
    /// What it names is not there, or is there already.
    pub(super) fn apply(&mut self, operation: &Operation) -> Result<(), String> {
        match operation {
            Operation::CreateTable(table) => {
                std::iter::once(&table.name)
                    .chain(table.columns.iter().map(|column| &column.name))
                    .try_for_each(|name| whole(name))?;
                if self.0.contains_key(&table.name) {
                    return Err(format!("there is a table `{}` already", table.name));
                }
                if let Some(column) = table.columns.iter().enumerate().find_map(|(place, column)| {
                    table.columns[..place].iter().any(|earlier| earlier.name == column.name).then_some(&column.name)
                }) {
                    return Err(format!("table `{}` has column `{column}` twice", table.name));
                }
                for name in table.indexes.iter().flat_map(|index| &index.columns) {
                    table.place(name)?;
                }
                for key in table.columns.iter().filter_map(|column| column.references.as_ref()) {
                    if key.table != table.name {
                        self.get(&key.table)?;
                    }
                }
                self.0.insert(table.name.clone(), table.clone());
            }
            Operation::DropTable { name } => {
                self.get(name)?;
                let refers = |table: &&Table| {
                    table.columns.iter().any(|column| column.references.as_ref().is_some_and(|key| key.table == *name))
                };
                if let Some(other) = self.iter().filter(|table| table.name != *name).find(refers) {
                    return Err(format!("table `{name}` cannot be dropped: `{}` refers to it", other.name));
                }
                self.0.remove(name);
            }
            Operation::RenameTable { from, to } => {
                whole(to)?;
                self.get(from)?;
                if self.0.contains_key(to) {
                    return Err(format!("there is a table `{to}` already"));
                }
                if let Some(mut table) = self.0.remove(from) {
                    to.clone_into(&mut table.name);
                    self.0.insert(to.clone(), table);
                }
                let keys =
                    self.0.values_mut().flat_map(|table| &mut table.columns).filter_map(|c| c.references.as_mut());
                keys.filter(|key| key.table == *from).for_each(|key| to.clone_into(&mut key.table));
            }
            Operation::AlterTable { table, changes } => {
                let mut altered = self.get(table)?.clone();
                for change in changes {
                    altered.apply(change)?;
                    if let Change::AddColumn(column) | Change::ChangeColumn(column) = change
                        && let Some(key) = &column.references
                    {
                        self.get(&key.table)?;
                    }
                }
                self.0.insert(table.clone(), altered);
            }
            Operation::Sql { .. } | Operation::Code(_) => {}
        }
        Ok(())
    }

    pub(super) fn get(&self, name: &str) -> Result<&Table, String> {
        self.0.get(name).ok_or_else(|| format!("there is no table `{name}` at this point of the history"))
    }
}

impl FromIterator<Table> for Tables {
    fn from_iter<I: IntoIterator<Item = Table>>(tables: I) -> Self {
        Self(tables.into_iter().map(|table| (table.name.clone(), table)).collect())
    }
}

//! Tables and operations as data: the form in which a program describes its tables, in which
//! `snapshot.json` keeps them, and in which operations are shown before they are a file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the words are those of the runtime, which explains them")]
pub enum ColumnKind {
    Id,
    Integer,
    Float,
    Decimal { scale: u32 },
    Bool,
    Text,
    Date,
    DateTime,
    Uuid,
    Json,
    Choice(Vec<String>),
}

/// What happens to a row when the row it refers to is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the words are those of `on_delete`")]
pub enum OnDelete {
    Restrict,
    Cascade,
    SetNull,
}

/// The rows that a column refers to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignKey {
    /// Their table.
    pub table: String,
    /// What happens when one of them is deleted.
    pub on_delete: OnDelete,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Name.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
    /// May it be empty?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nullable: bool,
    /// Value for a row that names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Json>,
    /// The rows it refers to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub references: Option<ForeignKey>,
    /// Value for the rows there are; no part of the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fill: Option<Json>,
}

/// An index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// Its columns.
    pub columns: Vec<String>,
    /// No two rows have the same values in them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unique: bool,
    /// Only among the rows that are not deleted softly.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub live: bool,
}

/// A table.
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
    pub(super) fn find(&self, column: &str) -> Option<&Column> {
        self.columns.iter().find(|known| known.name == column)
    }

    /// The tables it refers to, itself not among them.
    pub(super) fn referred(&self) -> impl Iterator<Item = &str> {
        let keys = self.columns.iter().filter_map(|column| column.references.as_ref());
        keys.map(|key| key.table.as_str()).filter(|name| *name != self.name)
    }
}

/// The table of a record, as its program describes it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct RecordTable {
    /// Reference of the record.
    pub object: String,
    /// The table.
    #[serde(flatten)]
    pub table: Table,
    /// Names it may have had.
    #[serde(default)]
    pub renamed_from: Vec<String>,
    /// Names that columns had.
    #[serde(default)]
    pub renamed_columns: BTreeMap<String, String>,
    /// Fields by column, where the names differ.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
}

/// What a program says of its tables.
#[derive(Clone, Debug, Deserialize)]
pub struct Described {
    /// Version of the form.
    pub format: u32,
    /// The tables that its records need.
    pub tables: Vec<RecordTable>,
    /// The tables that its migrations make.
    pub made: Vec<Table>,
    /// Its migrations in order.
    pub migrations: Vec<DescribedMigration>,
}

/// A migration that a program has.
#[derive(Clone, Debug, Deserialize)]
pub struct DescribedMigration {
    /// Name.
    pub name: String,
}

/// `snapshot.json`: the tables as the last migration leaves them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The last migration.
    pub last: Option<String>,
    /// The tables in order of name.
    pub tables: Vec<Table>,
}

impl Snapshot {
    /// Tables without what is no part of them, in order of name.
    pub fn of(last: Option<String>, tables: impl IntoIterator<Item = Table>) -> Self {
        let mut tables: Vec<Table> = tables.into_iter().collect();
        for column in tables.iter_mut().flat_map(|table| &mut table.columns) {
            column.fill = None;
        }
        tables.sort_by(|one, other| one.name.cmp(&other.name));
        Self { last, tables }
    }
}

/// One operation of a migration.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the words are those of the runtime, which explains them")]
pub enum Operation {
    CreateTable(Table),
    DropTable { name: String },
    RenameTable { from: String, to: String },
    AlterTable { table: String, changes: Vec<Change> },
}

/// A change within a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the words are those of the runtime, which explains them")]
pub enum Change {
    AddColumn(Column),
    DropColumn { name: String },
    RenameColumn { from: String, to: String },
    ChangeColumn(Column),
    AddIndex(Index),
    DropIndex(Index),
}

//! What a migration does, as data: recorded by [`Schema`](super::Schema), read from
//! `cargo appos migrate --dry-run`, made into statements by the planner.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::access::DataAccess;
use super::column::Column;
use super::dialect::Dialect;
use super::table::{Index, Table};
use crate::error::Result;

/// One operation of a migration.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// A new table.
    CreateTable(Table),
    /// A table goes, with its rows.
    DropTable {
        /// Its name.
        name: String,
    },
    /// A table gets another name and keeps its rows.
    RenameTable {
        /// The name it has.
        from: String,
        /// The name it gets.
        to: String,
    },
    /// Changes within a table, in their order, made as one.
    AlterTable {
        /// Its name.
        table: String,
        /// What changes.
        changes: Vec<Change>,
    },
    /// A statement.
    Sql {
        /// Its text.
        sql: String,
        /// The database it is for; `None`: every one.
        dialect: Option<Dialect>,
    },
    /// Code that reads and writes rows.
    #[serde(skip)]
    Code(Code),
}

/// A change within a table.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A new column.
    AddColumn(Column),
    /// A column goes, with its values.
    DropColumn {
        /// Its name.
        name: String,
    },
    /// A column gets another name and keeps its values.
    RenameColumn {
        /// The name it has.
        from: String,
        /// The name it gets.
        to: String,
    },
    /// The column of this name is from now on as described.
    ChangeColumn(Column),
    /// A new index.
    AddIndex(Index),
    /// An index goes.
    DropIndex(Index),
}

pub(super) type Work =
    dyn for<'a> Fn(&'a DataAccess<'a>) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>> + Send + Sync;

/// Code that reads and writes rows.
#[derive(Clone)]
pub struct Code {
    pub(super) description: String,
    pub(super) work: Arc<Work>,
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Code").field(&self.description).finish()
    }
}

impl Operation {
    /// What the operation destroys, in words, so that nobody does it unknowingly.
    pub(super) fn destroys(&self) -> Vec<String> {
        match self {
            Self::DropTable { name } => vec![format!("table `{name}` with its rows")],
            Self::AlterTable { table, changes } => changes
                .iter()
                .filter_map(|change| match change {
                    Change::DropColumn { name } => Some(format!("column `{table}.{name}` with its values")),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        }
    }
}

//! What the `up` and `down` of a migration write to.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use super::access::DataAccess;
use super::column::Column;
use super::dialect::Dialect;
use super::operation::{Change, Code, Operation};
use super::table::{Index, Table};
use crate::error::Result;

/// Records what a migration does. Nothing happens to a database while it is written down: the
/// whole is checked against the history first, and can be shown as SQL.
///
/// ```
/// use appos_runtime::migration::{Column, Schema, Table};
///
/// fn up(schema: &mut Schema) {
///     schema.create_table(Table::record("crm_note").column(Column::text("text")));
///     schema.alter_table("crm_customer", |table| {
///         table.rename_column("nick", "nickname");
///         table.add_column(Column::text("website").nullable());
///         table.add_index(["country", "city"]);
///     });
///     schema.sql("UPDATE crm_customer SET website = 'https://' || website WHERE website NOT LIKE 'http%'");
/// }
/// ```
#[derive(Debug, Default)]
pub struct Schema {
    pub(super) operations: Vec<Operation>,
}

impl Schema {
    /// Only the runner of migrations makes one.
    pub(super) fn recorded(write: fn(&mut Self)) -> Vec<Operation> {
        let mut schema = Self::default();
        write(&mut schema);
        schema.operations
    }

    /// A new table with its indexes.
    pub fn create_table(&mut self, table: Table) {
        self.operations.push(Operation::CreateTable(table));
    }

    /// Removes a table with its rows. No other table may refer to it.
    pub fn drop_table(&mut self, name: &str) {
        self.operations.push(Operation::DropTable { name: name.to_owned() });
    }

    /// Gives a table another name. Rows, indexes and references to it stay.
    pub fn rename_table(&mut self, from: &str, to: &str) {
        self.operations.push(Operation::RenameTable { from: from.to_owned(), to: to.to_owned() });
    }

    /// Changes a table. All changes are made as one: on SQLite, which cannot change most of a
    /// table, its rows are copied once.
    pub fn alter_table(&mut self, table: &str, changes: impl FnOnce(&mut Alteration)) {
        let mut alteration = Alteration::default();
        changes(&mut alteration);
        self.operations.push(Operation::AlterTable { table: table.to_owned(), changes: alteration.changes });
    }

    /// A statement for rows, such as an `UPDATE`. Changes of tables belong into the other
    /// methods: what a statement does to them, the history would not know.
    pub fn sql(&mut self, statement: &str) {
        self.operations.push(Operation::Sql { sql: statement.to_owned(), dialect: None });
    }

    /// A statement for one database, where the two need different words.
    ///
    /// ```
    /// # use appos_runtime::migration::{Dialect, Schema};
    /// fn up(schema: &mut Schema) {
    ///     schema.sql_on(Dialect::Postgres, "UPDATE crm_customer SET name = initcap(name)");
    /// }
    /// ```
    pub fn sql_on(&mut self, dialect: Dialect, statement: &str) {
        self.operations.push(Operation::Sql { sql: statement.to_owned(), dialect: Some(dialect) });
    }

    /// Code for rows that SQL cannot express. It runs in the migration's transaction.
    ///
    /// ```
    /// # use appos_runtime::migration::Schema;
    /// fn up(schema: &mut Schema) {
    ///     schema.code("names in title case", |rows| {
    ///         Box::pin(async move {
    ///             for row in rows.query("SELECT id, name FROM crm_customer", &[]).await? {
    ///                 let name: String = row.get(1)?;
    ///                 let changed = [name.to_uppercase().into(), row.get::<i64>(0)?.into()];
    ///                 rows.execute("UPDATE crm_customer SET name = ? WHERE id = ?", &changed).await?;
    ///             }
    ///             Ok(())
    ///         })
    ///     });
    /// }
    /// ```
    pub fn code<F>(&mut self, description: &str, work: F)
    where
        F: for<'a> Fn(&'a DataAccess<'a>) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>
            + Send
            + Sync
            + 'static,
    {
        self.operations.push(Operation::Code(Code { description: description.to_owned(), work: Arc::new(work) }));
    }
}

/// Changes within a table, made as one. See [`Schema::alter_table`].
#[derive(Debug, Default)]
pub struct Alteration {
    changes: Vec<Change>,
}

impl Alteration {
    /// A new column. One that is not nullable needs a default or a fill for the rows there are.
    pub fn add_column(&mut self, column: Column) {
        self.changes.push(Change::AddColumn(column));
    }

    /// Removes a column with its values. Drop its indexes before.
    pub fn drop_column(&mut self, name: &str) {
        self.changes.push(Change::DropColumn { name: name.to_owned() });
    }

    /// Gives a column another name. Values and indexes stay.
    pub fn rename_column(&mut self, from: &str, to: &str) {
        self.changes.push(Change::RenameColumn { from: from.to_owned(), to: to.to_owned() });
    }

    /// From now on the column of this name is as described; its values are converted.
    pub fn change_column(&mut self, column: Column) {
        self.changes.push(Change::ChangeColumn(column));
    }

    /// A new index.
    pub fn add_index<const N: usize>(&mut self, columns: [&str; N]) {
        self.changes.push(Change::AddIndex(index(columns, false, false)));
    }

    /// From now on no two rows have the same values in these columns.
    pub fn add_unique<const N: usize>(&mut self, columns: [&str; N]) {
        self.changes.push(Change::AddIndex(index(columns, true, false)));
    }

    /// From now on no two rows that are not deleted softly have the same values in these columns.
    pub fn add_unique_live<const N: usize>(&mut self, columns: [&str; N]) {
        self.changes.push(Change::AddIndex(index(columns, true, true)));
    }

    /// Takes [`add_unique_live`](Self::add_unique_live) back.
    pub fn drop_unique_live<const N: usize>(&mut self, columns: [&str; N]) {
        self.changes.push(Change::DropIndex(index(columns, true, true)));
    }

    /// Removes an index.
    pub fn drop_index<const N: usize>(&mut self, columns: [&str; N]) {
        self.changes.push(Change::DropIndex(index(columns, false, false)));
    }

    /// Rows may from now on have the same values in these columns.
    pub fn drop_unique<const N: usize>(&mut self, columns: [&str; N]) {
        self.changes.push(Change::DropIndex(index(columns, true, false)));
    }
}

fn index<const N: usize>(columns: [&str; N], unique: bool, live: bool) -> Index {
    Index { columns: columns.map(str::to_owned).to_vec(), unique, live }
}

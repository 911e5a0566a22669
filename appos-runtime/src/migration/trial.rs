//! A database for tests of migrations: runs a history that no program has, and looks at rows
//! without records. Not part of the facade, so no app can name it.

use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use super::column::ColumnKind;
use super::dialect::quoted;
use super::history::{History, Migration};
use super::literal::Literal;
use super::runner::{Down, Limits, Runner};
use super::{Dialect, fault, live};
use crate::error::{AppOsError, Result};

/// A database and a history.
#[doc(hidden)]
pub struct Trial {
    connection: DatabaseConnection,
    history: History,
    limits: Limits,
    own_tables: Vec<String>,
}

impl Trial {
    pub(crate) fn new(
        connection: DatabaseConnection,
        migrations: &[Migration],
        limits: Limits,
        own_tables: Vec<String>,
    ) -> Result<Self> {
        let history = History::of(migrations).map_err(AppOsError::dispatch)?;
        Ok(Self { connection, history, limits, own_tables })
    }

    /// The same database with another history.
    pub fn with(&self, migrations: &[Migration]) -> Result<Self> {
        Self::new(self.connection.clone(), migrations, self.limits, self.own_tables.clone())
    }

    fn runner(&self) -> Runner<'_> {
        Runner::new(&self.connection, &self.history, self.limits, self.own_tables.clone())
    }

    /// Applies what is pending.
    pub async fn up(&self) -> Result<Vec<String>> {
        self.runner().up(None).await
    }

    /// Takes the last migration back.
    pub async fn down(&self) -> Result<Vec<String>> {
        self.runner().down(&Down::Steps(1), true).await
    }

    /// What differs from the history.
    pub async fn drift(&self) -> Result<Vec<String>> {
        self.runner().drift().await
    }

    /// Names of what is pending.
    pub async fn pending(&self) -> Result<Vec<String>> {
        self.runner().pending().await
    }

    /// The statements of what is pending.
    pub async fn sql(&self) -> Result<String> {
        self.runner().sql(&[]).await
    }

    /// Every table of the database in one text, to compare with another's.
    pub async fn fingerprint(&self) -> Result<String> {
        let dialect = self.dialect();
        let sql = match dialect {
            Dialect::Sqlite => {
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'platform_%'"
            }
            Dialect::Postgres => {
                "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema() AND tablename NOT LIKE 'platform_%'"
            }
        };
        let names = self.texts(sql).await?;
        let seen = live::tables(&self.connection, dialect, names.iter().map(String::as_str)).await.map_err(fault)?;
        Ok(format!("{seen:#?}"))
    }

    /// Runs a statement.
    pub async fn execute(&self, sql: &str) -> Result<()> {
        self.connection.execute_unprepared(sql).await.map(drop).map_err(fault)
    }

    /// The first column of each row, which must be text.
    pub async fn texts(&self, sql: &str) -> Result<Vec<String>> {
        let statement = Statement::from_string(self.connection.get_database_backend(), sql);
        let rows = self.connection.query_all_raw(statement).await.map_err(fault)?;
        rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>().map_err(fault)
    }

    /// Adds a row.
    pub async fn insert(&self, table: &str, id: i64, values: &[(&str, &ColumnKind, Option<&Literal>)]) -> Result<()> {
        let columns: Vec<String> = values.iter().map(|(column, ..)| quoted(column)).collect();
        let values: Vec<String> = values.iter().map(|(_, kind, value)| self.literal(kind, *value)).collect();
        let table = quoted(table);
        let sql = format!("INSERT INTO {table} (\"id\", {}) VALUES ({id}, {})", columns.join(", "), values.join(", "));
        self.execute(&sql).await
    }

    /// Sets a value of a row.
    pub async fn set(
        &self,
        (table, id): (&str, i64),
        (column, kind): (&str, &ColumnKind),
        value: Option<&Literal>,
    ) -> Result<()> {
        let value = self.literal(kind, value);
        self.execute(&format!("UPDATE {} SET {} = {value} WHERE \"id\" = {id}", quoted(table), quoted(column))).await
    }

    /// Does a row have this value?
    pub async fn holds(
        &self,
        (table, id): (&str, i64),
        (column, kind): (&str, &ColumnKind),
        value: Option<&Literal>,
    ) -> Result<bool> {
        let same = match self.dialect() {
            Dialect::Sqlite => "IS",
            Dialect::Postgres => "IS NOT DISTINCT FROM",
        };
        let (column, value) = (quoted(column), self.literal(kind, value));
        let sql = format!("SELECT 'yes' FROM {} WHERE \"id\" = {id} AND {column} {same} {value}", quoted(table));
        Ok(!self.texts(&sql).await?.is_empty())
    }

    fn dialect(&self) -> Dialect {
        Dialect::of(&self.connection)
    }

    fn literal(&self, kind: &ColumnKind, value: Option<&Literal>) -> String {
        value.and_then(|value| value.sql(kind, self.dialect())).unwrap_or_else(|| "NULL".to_owned())
    }
}

//! The table in which a database keeps which migrations it has seen.

use sea_orm::{ConnectionTrait, DbErr, Statement};

use crate::migration::Dialect;

/// What a database knows of one migration.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    /// When it was done; `None`: it was begun and is not yet done.
    pub(super) applied_at: Option<String>,
    /// How many of its parts are done.
    pub(super) parts: usize,
    pub(super) checksum: String,
}

const TABLE: &str = "CREATE TABLE IF NOT EXISTS platform_migration \
                     (name text NOT NULL PRIMARY KEY, applied_at text, parts bigint NOT NULL, checksum text NOT NULL)";

pub(super) async fn create(connection: &impl ConnectionTrait) -> Result<(), DbErr> {
    connection.execute_unprepared(TABLE).await.map(drop)
}

/// Makes a table of the platform's own, unless it is there.
pub(super) async fn prepare(connection: &impl ConnectionTrait, sql: &str) -> Result<(), DbErr> {
    connection.execute_unprepared(sql).await.map(drop)
}

pub(super) async fn exists(connection: &impl ConnectionTrait, dialect: Dialect) -> Result<bool, DbErr> {
    let sql = match dialect {
        Dialect::Sqlite => "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'platform_migration'",
        Dialect::Postgres => "SELECT 1 WHERE to_regclass('platform_migration') IS NOT NULL",
    };
    let found = connection.query_all_raw(Statement::from_string(connection.get_database_backend(), sql)).await?;
    Ok(!found.is_empty())
}

/// All entries, in no particular order.
pub(super) async fn read(connection: &impl ConnectionTrait) -> Result<Vec<Entry>, DbErr> {
    let sql = "SELECT name, applied_at, parts, checksum FROM platform_migration";
    let rows = connection.query_all_raw(Statement::from_string(connection.get_database_backend(), sql)).await?;
    rows.iter()
        .map(|row| {
            Ok(Entry {
                name: row.try_get_by_index(0)?,
                applied_at: row.try_get_by_index(1)?,
                parts: usize::try_from(row.try_get_by_index::<i64>(2)?).unwrap_or(0),
                checksum: row.try_get_by_index(3)?,
            })
        })
        .collect()
}

/// Writes an entry, or replaces it.
pub(super) async fn write(connection: &impl ConnectionTrait, entry: &Entry) -> Result<(), DbErr> {
    let (upsert, parts) = (
        match connection.get_database_backend() {
            sea_orm::DbBackend::Postgres => ["$1", "$2", "$3", "$4"],
            _ => ["?", "?", "?", "?"],
        },
        i64::try_from(entry.parts).unwrap_or(i64::MAX),
    );
    let sql = format!(
        "INSERT INTO platform_migration (name, applied_at, parts, checksum) VALUES ({}) \
         ON CONFLICT (name) DO UPDATE SET applied_at = excluded.applied_at, parts = excluded.parts, checksum = excluded.checksum",
        upsert.join(", ")
    );
    let values: [sea_orm::Value; 4] =
        [entry.name.clone().into(), entry.applied_at.clone().into(), parts.into(), entry.checksum.clone().into()];
    connection
        .execute_raw(Statement::from_sql_and_values(connection.get_database_backend(), sql, values))
        .await
        .map(drop)
}

pub(super) async fn remove(connection: &impl ConnectionTrait, name: &str) -> Result<(), DbErr> {
    let place = if connection.get_database_backend() == sea_orm::DbBackend::Postgres { "$1" } else { "?" };
    let sql = format!("DELETE FROM platform_migration WHERE name = {place}");
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, [name.into()]);
    connection.execute_raw(statement).await.map(drop)
}

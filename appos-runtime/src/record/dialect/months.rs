//! Tables of PostgreSQL that are parted by month, so that a month can be put away as a whole.
//!
//! Beside its months each has a part for whatever lies outside of them: a row is never refused because a clock runs
//! ahead, or because nobody has made the month in time. What lies there is moved when its month is made.

use std::fmt::Write;

use sea_orm::{ConnectionTrait, DbErr, Statement};

use crate::record::month::Month;

/// A table with rows of months, and the one that has those that were put away.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Monthly {
    pub(crate) table: &'static str,
    pub(crate) archive: &'static str,
    /// The column with the id that tells the month.
    pub(crate) key: &'static str,
}

/// Others are kept from working for as long as a change of parts waits for them: it gives up sooner than a deadlock
/// is looked for, and is tried again later.
const PATIENCE: &str = "SET LOCAL lock_timeout = '500ms'; SET LOCAL statement_timeout = 0";

async fn texts(connection: &impl ConnectionTrait, sql: &str, table: &str) -> Result<Vec<String>, DbErr> {
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, [table.into()]);
    let rows = connection.query_all_raw(statement).await?;
    rows.iter().map(|row| row.try_get_by_index::<String>(0)).collect()
}

/// What can be done with such tables.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parts;

impl Parts {
    /// True if a table is there and has no parts.
    pub(crate) async fn is_whole(self, connection: &impl ConnectionTrait, table: &str) -> Result<bool, DbErr> {
        let sql = "SELECT relname::text FROM pg_class \
                   WHERE relname = $1 AND relkind = 'r' AND relnamespace = current_schema()::regnamespace";
        Ok(!texts(connection, sql, table).await?.is_empty())
    }

    /// The months of a table that are there, the oldest first.
    pub(crate) async fn months(self, connection: &impl ConnectionTrait, table: &str) -> Result<Vec<Month>, DbErr> {
        let sql = "SELECT part.relname::text FROM pg_inherits i \
                   JOIN pg_class part ON part.oid = i.inhrelid JOIN pg_class whole ON whole.oid = i.inhparent \
                   WHERE whole.relname = $1 AND whole.relnamespace = current_schema()::regnamespace";
        let mut months: Vec<Month> =
            texts(connection, sql, table).await?.iter().filter_map(|name| Month::of_table(name)).collect();
        months.sort_unstable();
        Ok(months)
    }

    /// The part with what lies outside of all months.
    pub(crate) fn rest(table: &str) -> String {
        format!("{table}_default")
    }

    /// In a transaction: has the changes of parts that follow give up when others do not let them.
    pub(crate) async fn impatient(self, transaction: &impl ConnectionTrait) -> Result<(), DbErr> {
        transaction.execute_unprepared(PATIENCE).await.map(drop)
    }

    /// Makes a month of each table, with the rows of it that lie outside of all months.
    pub(crate) async fn make(
        self,
        transaction: &impl ConnectionTrait,
        tables: &[Monthly],
        month: Month,
    ) -> Result<(), DbErr> {
        let (from, to) = (month.first_id(), month.next().first_id());
        let rests: Vec<String> = tables.iter().map(|monthly| Self::rest(monthly.table)).collect();
        // Whoever plans a statement meanwhile must not know of the rest alone: what moves out of it would be nowhere.
        self.lock(transaction, tables).await?;
        let mut sql = format!("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE;\n", rests.join(", "));
        for (Monthly { table, key, .. }, rest) in tables.iter().zip(rests) {
            let part = month.part(table);
            // By the constraint the month can be put away later without anybody reading it.
            let _ = write!(
                sql,
                "CREATE TABLE {part} (LIKE {table} INCLUDING DEFAULTS, \
                 CONSTRAINT {part}_month CHECK ({key} >= '{from}' AND {key} < '{to}'));\n\
                 WITH moved AS (DELETE FROM {rest} WHERE {key} >= '{from}' AND {key} < '{to}' RETURNING *) \
                 INSERT INTO {part} SELECT * FROM moved;\n\
                 ALTER TABLE {table} ATTACH PARTITION {part} FOR VALUES FROM ('{from}') TO ('{to}');\n"
            );
        }
        transaction.execute_unprepared(&sql).await.map(drop)
    }

    /// Keeps everybody else out of the tables until the transaction ends.
    pub(crate) async fn lock(self, transaction: &impl ConnectionTrait, tables: &[Monthly]) -> Result<(), DbErr> {
        let names: Vec<String> = tables.iter().map(|monthly| format!("ONLY {}", monthly.table)).collect();
        let sql = format!("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE", names.join(", "));
        transaction.execute_unprepared(&sql).await.map(drop)
    }

    /// Has a month of each table belong to its archive. No row is copied.
    pub(crate) async fn put_away(
        self,
        transaction: &impl ConnectionTrait,
        tables: &[Monthly],
        month: Month,
    ) -> Result<(), DbErr> {
        let (from, to) = (month.first_id(), month.next().first_id());
        let mut sql = String::new();
        for Monthly { table, archive, .. } in tables {
            let part = month.part(table);
            let _ = write!(
                sql,
                "ALTER TABLE {table} DETACH PARTITION {part};\n\
                 ALTER TABLE {archive} ATTACH PARTITION {part} FOR VALUES FROM ('{from}') TO ('{to}');\n"
            );
        }
        transaction.execute_unprepared(&sql).await.map(drop)
    }

    /// Ends a month that was put away.
    pub(crate) async fn drop_month(
        self,
        transaction: &impl ConnectionTrait,
        tables: &[Monthly],
        month: Month,
    ) -> Result<(), DbErr> {
        let parts: Vec<String> = tables.iter().map(|monthly| month.part(monthly.table)).collect();
        transaction.execute_unprepared(&format!("DROP TABLE {}", parts.join(", "))).await.map(drop)
    }

    /// In a transaction: makes what counts the rows of tables with a column `{number}`.
    pub(crate) async fn count(self, transaction: &impl ConnectionTrait) -> Result<(), DbErr> {
        transaction.execute_unprepared("CREATE SEQUENCE IF NOT EXISTS platform_number").await.map(drop)
    }

    /// In a transaction: has the numbers go on after those of a table.
    pub(crate) async fn count_on(self, transaction: &impl ConnectionTrait, table: &str) -> Result<(), DbErr> {
        let sql = format!("SELECT setval('platform_number', (SELECT coalesce(max(id), 0) + 1 FROM {table}), false)");
        transaction.execute_unprepared(&sql).await.map(drop)
    }
}

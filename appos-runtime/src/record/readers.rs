//! Connections for reading, kept at hand between two uses.
//!
//! The pool asks a connection whether it still lives whenever it comes back, and does so in a
//! task of its own: for a row found by its id that is as much work as the row. A connection
//! whose statement has ended well needs no such question and waits here instead.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_queue::ArrayQueue;
use sea_orm::{DatabaseConnection, DbErr, QueryResult, RuntimeErr, Statement};
use sea_query_sqlx::SqlxValues;
use sqlx::pool::PoolConnection;
use sqlx::{AssertSqlSafe, Database, Pool, Postgres, Sqlite};

use super::connect::Doubt;
use super::dialect::Dialect;

/// After this time a connection goes through the pool, which knows how old it may become.
const KEPT_FOR: Duration = Duration::from_secs(30);

/// The connections that read outside of transactions.
pub(super) enum Readers {
    Sqlite(Kept<Sqlite>),
    Postgres(Kept<Postgres>),
}

/// A pool, and those of its connections that are at hand.
pub(super) struct Kept<DB: Database> {
    pool: Pool<DB>,
    at_hand: ArrayQueue<Lent<DB>>,
    doubt: Arc<Doubt>,
}

/// A connection, and when it came from the pool and was last given back. Dropped, it goes
/// to the pool: that is also the way of one whose statement failed or was cancelled.
struct Lent<DB: Database> {
    connection: PoolConnection<DB>,
    taken: Instant,
    idle_since: Instant,
}

impl<DB: Database> Kept<DB> {
    fn new(pool: &Pool<DB>, doubt: Arc<Doubt>, share: u32) -> Self {
        let most = usize::try_from(pool.options().get_max_connections() / share).unwrap_or(usize::MAX);
        Self { pool: pool.clone(), at_hand: ArrayQueue::new(most.clamp(1, 64)), doubt }
    }

    async fn take(&self) -> Result<Lent<DB>, DbErr> {
        let now = Instant::now();
        while let Some(lent) = self.at_hand.pop() {
            if now.duration_since(lent.taken) < KEPT_FOR && !self.doubt.concerns(now.duration_since(lent.idle_since)) {
                return Ok(lent);
            }
        }
        let connection = self.pool.acquire().await.map_err(|error| DbErr::Conn(RuntimeErr::SqlxError(error.into())))?;
        Ok(Lent { connection, taken: now, idle_since: now })
    }

    /// True if whoever asks the pool now has to wait.
    fn is_short(&self) -> bool {
        self.pool.num_idle() == 0 && self.pool.size() >= self.pool.options().get_max_connections()
    }

    fn give_back(&self, mut lent: Lent<DB>) {
        if !self.is_short() && !self.pool.is_closed() {
            lent.idle_since = Instant::now();
            // Full: it goes to the pool.
            self.at_hand.push(lent).ok();
        }
    }

    fn let_go(&self) {
        while self.at_hand.pop().is_some() {}
    }
}

fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}

/// Runs a statement on a connection of either database.
macro_rules! ask {
    ($readers:expr, $statement:expr, $fetch:ident) => {{
        let Statement { sql, values, .. } = $statement;
        let values = SqlxValues(values.unwrap_or_else(|| sea_orm::Values(Vec::new())));
        let query = (AssertSqlSafe(sql), values);
        match $readers {
            Readers::Sqlite(kept) => {
                let mut lent = kept.take().await?;
                let found = sqlx::query_with(query.0, query.1).$fetch(&mut *lent.connection).await.map_err(failed)?;
                kept.give_back(lent);
                Ok(found.into_iter().map(QueryResult::from).collect())
            }
            Readers::Postgres(kept) => {
                let mut lent = kept.take().await?;
                let found = sqlx::query_with(query.0, query.1).$fetch(&mut *lent.connection).await.map_err(failed)?;
                kept.give_back(lent);
                Ok(found.into_iter().map(QueryResult::from).collect())
            }
        }
    }};
}

impl Readers {
    /// Those of a pool. On a server it is the writers' pool, too: half of it stays theirs.
    pub(super) fn new(pool: &DatabaseConnection, doubt: Arc<Doubt>) -> Self {
        match Dialect::of(pool) {
            Dialect::Sqlite => Self::Sqlite(Kept::new(pool.get_sqlite_connection_pool(), doubt, 1)),
            Dialect::Postgres => Self::Postgres(Kept::new(pool.get_postgres_connection_pool(), doubt, 2)),
        }
    }

    /// All rows.
    pub(super) async fn rows(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        ask!(self, statement, fetch_all)
    }

    /// The first row. Unlike all rows it waits only for the row, not for the statement's end.
    pub(super) async fn row(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let rows: Result<Vec<QueryResult>, DbErr> = ask!(self, statement, fetch_optional);
        rows.map(|rows| rows.into_iter().next())
    }

    /// Called before somebody else asks the pool: what is at hand must not be what he waits for.
    pub(super) fn make_room(&self) {
        match self {
            Self::Sqlite(kept) if kept.is_short() => kept.let_go(),
            Self::Postgres(kept) if kept.is_short() => kept.let_go(),
            _ => {}
        }
    }

    /// Gives all connections to the pool.
    pub(super) fn let_go(&self) {
        match self {
            Self::Sqlite(kept) => kept.let_go(),
            Self::Postgres(kept) => kept.let_go(),
        }
    }
}

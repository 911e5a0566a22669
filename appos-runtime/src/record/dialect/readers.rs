//! Connections for reading outside of transactions. Those of a file are kept at hand between two
//! uses.
//!
//! A pool asks a connection whether it still lives whenever it comes back, in a task of its own:
//! for a row found by its id that is as much work as the row. A file's connection whose
//! statement has ended well needs no such question. A server's pool is the writers', too: what
//! was kept from it here could be what they wait for.

use std::time::{Duration, Instant};

use crossbeam_queue::ArrayQueue;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, QueryResult, RuntimeErr, Statement, Values};
use sea_query_sqlx::SqlxValues;
use sqlx::pool::PoolConnection;
use sqlx::{AssertSqlSafe, PgPool, Sqlite, SqlitePool};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::Dialect;

/// After this time a connection goes through the pool, which knows how old it may become.
const KEPT_FOR: Duration = Duration::from_secs(30);

/// The connections that read outside of transactions.
pub(in crate::record) enum Readers {
    /// A file's, which nobody else uses.
    Own(Box<Kept>),
    /// A server's, shared with writers. Asked without SeaORM between: for a row found by its id
    /// what it does beside is a quarter of the work.
    Server(PgPool),
    /// The only one, shared with writers.
    Shared(DatabaseConnection),
}

/// A pool, and those of its connections that are at hand.
pub(in crate::record) struct Kept {
    pool: SqlitePool,
    at_hand: ArrayQueue<Lent>,
    /// One turn for each connection: whoever has one waits for no connection that is at hand.
    turns: Semaphore,
}

/// A connection, and when it came from the pool. Dropped, it goes back there: that is also the
/// way of one whose statement failed or was cancelled.
struct Lent {
    connection: PoolConnection<Sqlite>,
    taken: Instant,
}

impl Kept {
    async fn turn(&self) -> Result<SemaphorePermit<'_>, sqlx::Error> {
        if let Ok(turn) = self.turns.try_acquire() {
            return Ok(turn);
        }
        match tokio::time::timeout(self.pool.options().get_acquire_timeout(), self.turns.acquire()).await {
            Ok(turn) => turn.map_err(|_| sqlx::Error::PoolClosed),
            Err(_) => Err(sqlx::Error::PoolTimedOut),
        }
    }

    async fn take(&self) -> Result<Lent, sqlx::Error> {
        let now = Instant::now();
        while let Some(lent) = self.at_hand.pop() {
            if now.duration_since(lent.taken) < KEPT_FOR {
                return Ok(lent);
            }
        }
        Ok(Lent { connection: self.pool.acquire().await?, taken: now })
    }

    fn give_back(&self, lent: Lent) {
        if !self.pool.is_closed() {
            self.at_hand.push(lent).ok();
        }
    }
}

fn unreachable(error: sqlx::Error) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(error.into()))
}

fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}

/// The text of a statement, and its parameters.
fn parts(statement: Statement) -> (AssertSqlSafe<String>, SqlxValues) {
    (AssertSqlSafe(statement.sql), SqlxValues(statement.values.unwrap_or_else(|| Values(Vec::new()))))
}

impl Readers {
    /// Those of a pool.
    pub(in crate::record) fn new(pool: DatabaseConnection) -> Self {
        if Dialect::of(&pool) == Dialect::Postgres {
            return Self::Server(pool.get_postgres_connection_pool().clone());
        }
        let own = pool.get_sqlite_connection_pool();
        let connections = usize::try_from(own.options().get_max_connections()).unwrap_or(1);
        // The only connection of a database in memory is the writer's, too.
        if connections < 2 {
            return Self::Shared(pool);
        }
        // One stays in the pool, for whoever asks that.
        let connections = connections - 1;
        let turns = Semaphore::new(connections.min(Semaphore::MAX_PERMITS));
        Self::Own(Box::new(Kept { pool: own.clone(), at_hand: ArrayQueue::new(connections), turns }))
    }

    /// All rows.
    pub(in crate::record) async fn rows(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let kept = match self {
            Self::Shared(pool) => return pool.query_all_raw(statement).await,
            Self::Server(pool) => {
                let mut connection = pool.acquire().await.map_err(unreachable)?;
                let (sql, values) = parts(statement);
                let rows = sqlx::query_with(sql, values).fetch_all(&mut *connection).await.map_err(failed)?;
                return Ok(rows.into_iter().map(QueryResult::from).collect());
            }
            Self::Own(kept) => kept,
        };
        let _turn = kept.turn().await.map_err(unreachable)?;
        let mut lent = kept.take().await.map_err(unreachable)?;
        let (sql, values) = parts(statement);
        let rows = sqlx::query_with(sql, values).fetch_all(&mut *lent.connection).await.map_err(failed)?;
        kept.give_back(lent);
        Ok(rows.into_iter().map(QueryResult::from).collect())
    }

    /// The first row. Unlike all rows it waits only for the row, not for the statement's end.
    pub(in crate::record) async fn row(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let kept = match self {
            Self::Shared(pool) => return pool.query_one_raw(statement).await,
            Self::Server(pool) => {
                let mut connection = pool.acquire().await.map_err(unreachable)?;
                let (sql, values) = parts(statement);
                let row = sqlx::query_with(sql, values).fetch_optional(&mut *connection).await.map_err(failed)?;
                return Ok(row.map(QueryResult::from));
            }
            Self::Own(kept) => kept,
        };
        let _turn = kept.turn().await.map_err(unreachable)?;
        let mut lent = kept.take().await.map_err(unreachable)?;
        let (sql, values) = parts(statement);
        let row = sqlx::query_with(sql, values).fetch_optional(&mut *lent.connection).await.map_err(failed)?;
        kept.give_back(lent);
        Ok(row.map(QueryResult::from))
    }

    /// Gives all connections to the pool.
    pub(in crate::record) fn let_go(&self) {
        if let Self::Own(kept) = self {
            while kept.at_hand.pop().is_some() {}
        }
    }
}

//! Connections for reading outside of transactions, kept at hand between two uses.
//!
//! A pool asks a connection whether it still lives whenever it comes back, in a task of its own:
//! for a row found by its id that is as much work as the row. A connection whose statement has
//! ended well needs no such question. A server's pool is the writers', too: they are let
//! through first.

use std::pin::pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use crossbeam_queue::ArrayQueue;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, QueryResult, RuntimeErr, Statement, Values};
use sea_query_sqlx::SqlxValues;
use sqlx::pool::PoolConnection;
use sqlx::{AssertSqlSafe, Database, Executor, IntoArguments, MySql, Pool, Postgres, Sqlite};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::Dialect;
use crate::record::sent::Sent;

/// After this time a connection goes through the pool, which knows how old it may become.
const KEPT_FOR: Duration = Duration::from_secs(30);

/// How long a writer waits before another connection is given up for it.
const PATIENCE: Duration = Duration::from_millis(5);

/// The connections that read outside of transactions. They are asked without SeaORM between: for a
/// row found by its id what it does beside is a quarter of the work.
pub(in crate::record) enum Readers {
    /// A file's, which nobody else uses.
    File(Arc<Kept<Sqlite>>),
    /// A server's, which writers want, too.
    Server(Arc<Kept<Postgres>>),
    /// The same of MariaDB or MySQL.
    Mysql(Arc<Kept<MySql>>),
    /// The only one, shared with writers.
    Shared(DatabaseConnection),
}

/// A pool, and those of its connections that are at hand.
pub(in crate::record) struct Kept<D: Database> {
    pool: Pool<D>,
    at_hand: ArrayQueue<Lent<D>>,
    /// One turn for each connection: whoever has one waits for no connection that is at hand.
    turns: Semaphore,
    /// Writers that are about to take a connection from the pool.
    wanted: AtomicU32,
}

/// A connection, and when it came from the pool. Dropped, it goes back there: that is also the
/// way of one whose statement failed or was cancelled.
struct Lent<D: Database> {
    connection: PoolConnection<D>,
    taken: Instant,
}

impl<D: Database> Kept<D> {
    fn new(pool: Pool<D>, connections: u32) -> Arc<Self> {
        let connections = usize::try_from(connections).unwrap_or(1).clamp(1, Semaphore::MAX_PERMITS);
        let kept = Arc::new(Self {
            pool,
            at_hand: ArrayQueue::new(connections),
            turns: Semaphore::new(connections),
            wanted: AtomicU32::new(0),
        });
        tokio::spawn(Self::let_rest(Arc::downgrade(&kept)));
        kept
    }

    /// Gives back what nobody has asked for a while, so that the pool may close it.
    async fn let_rest(kept: Weak<Self>) {
        loop {
            tokio::time::sleep(KEPT_FOR).await;
            let Some(kept) = kept.upgrade() else { return };
            for _ in 0..kept.at_hand.len() {
                match kept.at_hand.pop() {
                    Some(lent) if lent.taken.elapsed() < KEPT_FOR => kept.give_back(lent),
                    _ => {}
                }
            }
        }
    }

    async fn turn(&self) -> Result<SemaphorePermit<'_>, sqlx::Error> {
        if let Ok(turn) = self.turns.try_acquire() {
            return Ok(turn);
        }
        match tokio::time::timeout(self.pool.options().get_acquire_timeout(), self.turns.acquire()).await {
            Ok(turn) => turn.map_err(|_| sqlx::Error::PoolClosed),
            Err(_) => Err(sqlx::Error::PoolTimedOut),
        }
    }

    async fn take(&self) -> Result<Lent<D>, sqlx::Error> {
        let now = Instant::now();
        while let Some(lent) = self.at_hand.pop() {
            if now.duration_since(lent.taken) < KEPT_FOR {
                return Ok(lent);
            }
        }
        // Boxed, for it is rare, and several times the size of all else.
        Ok(Lent { connection: Box::pin(self.pool.acquire()).await?, taken: now })
    }

    fn give_back(&self, lent: Lent<D>) {
        if !self.pool.is_closed() && !self.is_short() {
            self.at_hand.push(lent).ok();
        }
    }

    fn let_go(&self) {
        while self.at_hand.pop().is_some() {}
    }

    /// True if the pool has fewer connections to give than writers want.
    fn is_short(&self) -> bool {
        let wanted = self.wanted.load(Ordering::Relaxed);
        if wanted == 0 {
            return false;
        }
        let idle = u32::try_from(self.pool.num_idle()).unwrap_or(u32::MAX);
        let unopened = self.pool.options().get_max_connections().saturating_sub(self.pool.size());
        wanted > idle.saturating_add(unopened)
    }

    /// Waits for something that takes a connection from the pool, and gives up connections at
    /// hand for it as long as it waits.
    async fn let_through<T>(&self, work: impl Future<Output = T>) -> T {
        let _wanted = Wanted::new(&self.wanted);
        let mut work = pin!(work);
        loop {
            if self.is_short() {
                self.at_hand.pop();
            }
            match tokio::time::timeout(PATIENCE, &mut work).await {
                Ok(done) => return done,
                // Whatever the numbers say: they are read one after the other.
                Err(_) => drop(self.at_hand.pop()),
            }
        }
    }
}

/// Counts a writer for as long as it waits.
struct Wanted<'a>(&'a AtomicU32);

impl<'a> Wanted<'a> {
    fn new(count: &'a AtomicU32) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Wanted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// How much of a pool is in use.
#[cfg(feature = "web")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct PoolUse {
    /// Connections that are open.
    pub(crate) open: u64,
    /// Those of them that wait for somebody.
    pub(crate) idle: u64,
    /// Most that may be open.
    pub(crate) most: u64,
}

#[cfg(feature = "web")]
impl PoolUse {
    fn of<D: Database>(pool: &Pool<D>, at_hand: usize) -> Self {
        // Read one after the other, while others take and give back.
        let open = u64::from(pool.size());
        let idle = u64::try_from(pool.num_idle().saturating_add(at_hand)).unwrap_or(u64::MAX).min(open);
        Self { open, idle, most: u64::from(pool.options().get_max_connections()) }
    }
}

impl<D> Kept<D>
where
    D: Database,
    QueryResult: From<D::Row>,
    SqlxValues: IntoArguments<D>,
    for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
{
    async fn rows(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let _turn = self.turn().await.map_err(unreachable)?;
        let mut lent = self.take().await.map_err(unreachable)?;
        let (sent, (sql, values)) = (Sent::of(&statement), parts(statement));
        let rows = sqlx::query_with(sql, values).fetch_all(&mut *lent.connection).await;
        sent.end(rows.as_ref().ok().map(Vec::len));
        let rows = rows.map_err(failed)?;
        self.give_back(lent);
        Ok(rows.into_iter().map(QueryResult::from).collect())
    }

    async fn row(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let _turn = self.turn().await.map_err(unreachable)?;
        let mut lent = self.take().await.map_err(unreachable)?;
        let (sent, (sql, values)) = (Sent::of(&statement), parts(statement));
        let row = sqlx::query_with(sql, values).fetch_optional(&mut *lent.connection).await;
        sent.end(row.as_ref().ok().map(|row| usize::from(row.is_some())));
        let row = row.map_err(failed)?;
        self.give_back(lent);
        Ok(row.map(QueryResult::from))
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
        let dialect = Dialect::of(&pool);
        let connections = match dialect {
            Dialect::Postgres => pool.get_postgres_connection_pool().options().get_max_connections(),
            Dialect::Mysql => pool.get_mysql_connection_pool().options().get_max_connections(),
            Dialect::Sqlite => pool.get_sqlite_connection_pool().options().get_max_connections(),
        };
        // The only connection of a database in memory is the writer's, too.
        if connections < 2 {
            return Self::Shared(pool);
        }
        // One stays in the pool, for whoever asks that.
        match dialect {
            Dialect::Postgres => Self::Server(Kept::new(pool.get_postgres_connection_pool().clone(), connections - 1)),
            Dialect::Mysql => Self::Mysql(Kept::new(pool.get_mysql_connection_pool().clone(), connections - 1)),
            Dialect::Sqlite => Self::File(Kept::new(pool.get_sqlite_connection_pool().clone(), connections - 1)),
        }
    }

    /// All rows.
    pub(in crate::record) async fn rows(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::File(kept) => kept.rows(statement).await,
            Self::Server(kept) => kept.rows(statement).await,
            Self::Mysql(kept) => kept.rows(statement).await,
            Self::Shared(pool) => Box::pin(pool.query_all_raw(statement)).await,
        }
    }

    /// The first row. Unlike all rows it waits only for the row, not for the statement's end.
    pub(in crate::record) async fn row(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self {
            Self::File(kept) => kept.row(statement).await,
            Self::Server(kept) => kept.row(statement).await,
            Self::Mysql(kept) => kept.row(statement).await,
            Self::Shared(pool) => Box::pin(pool.query_one_raw(statement)).await,
        }
    }

    /// Waits for something that takes a connection from the pool of writers: what is at hand for
    /// readers does not keep it waiting.
    pub(in crate::record) async fn let_through<T>(&self, work: impl Future<Output = T>) -> T {
        match self {
            Self::Server(kept) => kept.let_through(work).await,
            Self::Mysql(kept) => kept.let_through(work).await,
            // A file's writer has a pool of its own.
            Self::File(_) | Self::Shared(_) => work.await,
        }
    }

    /// How much of the pool is in use.
    #[cfg(feature = "web")]
    pub(in crate::record) fn pool_use(&self) -> PoolUse {
        match self {
            Self::File(kept) => PoolUse::of(&kept.pool, kept.at_hand.len()),
            Self::Server(kept) => PoolUse::of(&kept.pool, kept.at_hand.len()),
            Self::Mysql(kept) => PoolUse::of(&kept.pool, kept.at_hand.len()),
            Self::Shared(pool) => PoolUse::of(pool.get_sqlite_connection_pool(), 0),
        }
    }

    /// Gives all connections to the pool.
    pub(in crate::record) fn let_go(&self) {
        match self {
            Self::File(kept) => kept.let_go(),
            Self::Server(kept) => kept.let_go(),
            Self::Mysql(kept) => kept.let_go(),
            Self::Shared(_) => {}
        }
    }
}

//! Rows in and out of the database, without any question of who is asking: only the service
//! beside it, which is dispatch, can reach it.

use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use sea_orm::sea_query::{Asterisk, Expr, Func, Query, SelectStatement};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, QueryResult, Statement, StatementBuilder,
};
use tokio::sync::Notify;

use super::audit::{self, AuditEntry};
use super::bells::Bells;
use super::by_id::ById;
#[cfg(feature = "web")]
use super::connect::is_there;
use super::connect::{Connections, Doubt, connect, connect_system};
use super::databases::{Databases, SystemDatabases};
use super::decode::decode;
use super::dialect::{Dialect, Fault, Readers, SetUp};
use super::fault::database_fault;
use super::feed::Feed;
use super::fields::Readable;
use super::guard::WriteGuard;
use super::select::{after, all_columns, filter, order, restrict, total_order, turned_round};
use super::sent::{note_sent, timed};
use super::transaction::{joined, joined_to_write, note_enqueued, note_process_started};
use super::{cursor, migrate, schema};
use crate::config::{DatabaseConfig, Migrate};
use crate::error::{AppOsError, Result};
use crate::migration::Migration;
use crate::model::{Condition, Row, Selection, record_of};
use crate::registry::{ObjectDescriptor, Registry};
use crate::state::{Clock, QueryCount};
use crate::value::DateTime;

/// The database of a platform, or of a connected system.
pub struct Store {
    /// Tells it from the other databases of this program.
    identity: u64,
    pool: DatabaseConnection,
    pub(super) readers: Readers,
    writer: DatabaseConnection,
    dialect: Dialect,
    by_id: ById,
    doubt: Arc<Doubt>,
    shared: Shared,
    pub(super) enqueued: Notify,
    pub(super) bells: Bells,
    /// The databases of connected systems; only the platform's own knows them.
    systems: OnceLock<Databases>,
}

/// What all databases of a program have in common.
#[derive(Clone)]
pub(super) struct Shared {
    guard: Arc<dyn WriteGuard>,
    feed: Arc<Feed>,
    clock: Arc<Clock>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store")
    }
}

/// One page of rows.
pub(super) struct Page {
    pub(super) rows: Vec<Row>,
    pub(super) next: Option<String>,
    pub(super) previous: Option<String>,
}

impl Store {
    /// What was changed here, for those who show it.
    pub(crate) fn feed(&self) -> &Feed {
        &self.shared.feed
    }

    /// Opens the database and makes its tables fit the records of this program: by its
    /// migrations, or, if it has none, by creating what is missing.
    ///
    /// # Errors
    /// The database cannot be opened, lacks migrations that may not be applied now, or a table
    /// does not fit its record.
    pub(crate) async fn open(
        settings: &DatabaseConfig,
        migrations: (&[Migration], Migrate),
        guard: impl WriteGuard + 'static,
        clock: Arc<Clock>,
    ) -> Result<Self> {
        let connections = connect(settings).await?;
        let writer = &connections.writer;
        if migrations.0.is_empty() {
            schema::prepare(Registry::global(), writer).await?;
        } else {
            migrate::at_start(settings, writer, migrations).await?;
        }
        Ok(Self::of(connections, Shared { guard: Arc::new(guard), feed: Arc::default(), clock }))
    }

    /// Opens a database that is there, to look at it: makes no file, no table and no migration.
    ///
    /// # Errors
    /// There is none, or it cannot be opened (code `database_unavailable`).
    #[cfg(feature = "web")]
    pub(crate) async fn open_to_read(settings: &DatabaseConfig, guard: impl WriteGuard + 'static) -> Result<Self> {
        if !is_there(settings) {
            let message = "there is no database yet: start the platform once";
            return Err(AppOsError::dispatch(message).code_is("database_unavailable"));
        }
        let shared = Shared { guard: Arc::new(guard), feed: Arc::default(), clock: Arc::default() };
        Ok(Self::of(connect(settings).await?, shared))
    }

    /// This program's other databases: how those of connected systems are reached is asked whenever one is used. It is
    /// said once; what is said later is not heard.
    pub(crate) fn know_systems(&self, settings: impl SystemDatabases + 'static) {
        self.systems.get_or_init(|| Databases::new(Box::new(settings), self.shared.clone()));
    }

    /// The databases of connected systems.
    ///
    /// # Errors
    /// This program opens none.
    pub(crate) fn systems(&self) -> Result<&Databases> {
        self.systems.get().ok_or_else(|| AppOsError::dispatch("this program opens no connected systems"))
    }

    /// Opens the database of a connected system, and makes or compares the tables of its records.
    ///
    /// # Errors
    /// It cannot be opened, or a table does not fit its record.
    pub(super) async fn open_system(settings: &DatabaseConfig, system: &'static str, shared: Shared) -> Result<Self> {
        let connections = connect_system(settings).await?;
        schema::prepare_system(Registry::global(), &connections.writer, system, settings.migrate).await?;
        Ok(Self::of(connections, shared))
    }

    fn of(connections: Connections, shared: Shared) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let Connections { readers: mut pool, mut writer, doubt } = connections;
        // What reads outside of transactions is not asked through these, and notes its statements itself.
        pool.set_metric_callback(note_sent);
        writer.set_metric_callback(note_sent);
        let (dialect, readers) = (Dialect::of(&writer), Readers::new(pool.clone()));
        let by_id = ById::new(dialect, pool.get_database_backend());
        Self {
            identity: NEXT.fetch_add(1, Ordering::Relaxed),
            pool,
            readers,
            writer,
            dialect,
            by_id,
            doubt,
            shared,
            enqueued: Notify::new(),
            bells: Bells::default(),
            systems: OnceLock::new(),
        }
    }

    /// The time, as the platform's clock tells it.
    pub(crate) fn now(&self) -> DateTime {
        self.shared.clock.now()
    }

    /// The moment by the clock of the database server, in milliseconds since 1970; `None`: the database is a file.
    pub(crate) async fn server_clock(&self) -> Result<Option<i64>> {
        let Some(clock) = self.dialect.clock() else { return Ok(None) };
        let mut select = Query::select();
        select.expr(Expr::cust(clock));
        let rows = self.rows(&select).await?;
        rows.first().map(|row| row.try_get_by_index(0)).transpose().map_err(database_fault)
    }

    /// What is particular to this database.
    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// What the layer above asks of writes.
    pub(super) fn guard(&self) -> &dyn WriteGuard {
        &*self.shared.guard
    }

    /// Tells this database from the others of this program.
    pub(super) fn identity(&self) -> u64 {
        self.identity
    }

    /// Closes the connections after the statements that run.
    pub async fn close(&self) {
        if let Some(systems) = self.systems.get() {
            // Boxed: a database of a connected system is closed in the same way.
            Box::pin(systems.close()).await;
        }
        self.readers.let_go();
        for connection in [self.pool.clone(), self.writer.clone()] {
            if let Err(error) = connection.close().await {
                tracing::warn!(%error, "a database connection did not close cleanly");
            }
        }
    }

    /// The pool of the connections that read. What waits for one of them waits in
    /// [`let_through`](Self::let_through).
    pub(super) fn pool(&self) -> &DatabaseConnection {
        &self.pool
    }

    /// Waits for something that takes a connection from a pool, and not from those at hand.
    pub(super) async fn let_through<T>(&self, work: impl Future<Output = T>) -> T {
        self.readers.let_through(work).await
    }

    /// Runs a statement on the platform's own tables that writes, whatever transaction is open.
    pub(crate) async fn execute_alone<S: StatementBuilder>(&self, statement: &S) -> Result<()> {
        self.let_through(Box::pin(self.writer.execute(statement))).await.map(drop).map_err(database_fault)
    }

    /// Runs a statement on the platform's own tables that writes: in the open transaction, if
    /// there is one. Answers the number of rows.
    pub(crate) async fn changed<S: StatementBuilder>(&self, statement: &S) -> Result<u64> {
        let done = match joined_to_write(self).await? {
            Some(open) => open.connection()?.execute(statement).await,
            None => self.let_through(Box::pin(self.writer.execute(statement))).await,
        };
        Ok(done.map_err(database_fault)?.rows_affected())
    }

    /// The same, where the number of rows says nothing.
    pub(crate) async fn execute<S: StatementBuilder>(&self, statement: &S) -> Result<()> {
        self.changed(statement).await.map(drop)
    }

    /// Runs a statement on the platform's own tables that reads: in the open transaction, if
    /// there is one.
    pub(crate) async fn rows<S: StatementBuilder>(&self, statement: &S) -> Result<Vec<QueryResult>> {
        let statement = self.pool.get_database_backend().build(statement);
        self.query(statement).await.map_err(database_fault)
    }

    /// Adds a row to the outbox, in the open transaction, if there is one; the worker is told of
    /// it once it is committed.
    pub(crate) async fn enqueue<S: StatementBuilder>(&self, insert: &S) -> Result<()> {
        self.execute(insert).await?;
        note_enqueued(self);
        Ok(())
    }

    /// Adds an instance of a process, or changes one so that it is due, in the open transaction, if there is one;
    /// workers are told of it once it is committed. False: no row was added or changed.
    pub(crate) async fn begin_process<S: StatementBuilder>(&self, statement: &S) -> Result<bool> {
        let is_changed = self.changed(statement).await? > 0;
        note_process_started(self);
        Ok(is_changed)
    }

    /// In a transaction: waits until no other program does the same on this database.
    pub(crate) async fn alone(&self, what: SetUp) -> Result<()> {
        match joined(self).await? {
            Some(open) => self.dialect.alone(what, open.connection()?).await.map_err(database_fault),
            None => Ok(()),
        }
    }

    async fn query(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        if let Some(open) = joined(self).await.map_err(|error| DbErr::Custom(error.to_string()))? {
            let connection = open.connection().map_err(|error| DbErr::Custom(error.to_string()))?;
            return Box::pin(connection.query_all_raw(statement)).await;
        }
        // Only a server's connection can break; a file's needs no second copy.
        let again = self.dialect.is_server().then(|| statement.clone());
        match (self.readers.rows(statement).await, again) {
            (Err(error), Some(again)) if self.was_cut(&error) => Box::pin(self.readers.rows(again)).await,
            (answer, _) => answer,
        }
    }

    async fn found(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let again = self.dialect.is_server().then(|| statement.clone());
        match (self.readers.row(statement).await, again) {
            (Err(error), Some(again)) if self.was_cut(&error) => Box::pin(self.readers.row(again)).await,
            (answer, _) => answer,
        }
    }

    /// True if a statement failed because its connection was cut; the next one gets a
    /// connection that was asked.
    fn was_cut(&self, error: &DbErr) -> bool {
        let cut = Fault::of(error) == Fault::Broken;
        if cut {
            self.doubt.arises();
            self.readers.let_go();
        }
        cut
    }

    pub(super) async fn read(
        &self,
        count: &QueryCount,
        select: &SelectStatement,
        limit: Option<u64>,
    ) -> Result<Vec<QueryResult>> {
        let mut statement = self.pool.get_database_backend().build(select);
        if let Some(limit) = limit {
            // Not as a parameter: SQLite plans by its value, and would prepare the statement
            // anew at every use.
            statement.sql.push_str(" LIMIT ");
            statement.sql.push_str(&limit.to_string());
        }
        timed(count, self.query(statement)).await.map_err(database_fault)
    }

    pub(super) async fn get(
        &self,
        object: &'static ObjectDescriptor,
        id: i64,
        visible: &[Condition],
        count: &QueryCount,
    ) -> Result<Row> {
        let statement = self.by_id.statement(object, id, visible)?;
        let row = match joined(self).await? {
            // Few reads are in a transaction: the others carry no room for theirs.
            Some(open) => timed(count, Box::pin(open.connection()?.query_one_raw(statement))).await,
            None => timed(count, self.found(statement)).await,
        };
        let row = row.map_err(database_fault)?;
        let row = row.ok_or_else(|| not_found(object))?;
        decode(object, self.dialect, &row).map_err(database_fault)
    }

    pub(super) async fn list(
        &self,
        object: &'static ObjectDescriptor,
        selection: &Selection,
        visible: &[Condition],
        count: &QueryCount,
    ) -> Result<Page> {
        let sorts = total_order(selection);
        // Rows before a cursor are those after it in the order turned round.
        let towards = if selection.back { turned_round(&sorts) } else { sorts.clone() };
        let mut select = all_columns(object);
        filter(self.dialect, object, &mut select, selection)?;
        restrict(self.dialect, object, &mut select, visible)?;
        order(self.dialect, object, &mut select, &towards);
        if let Some(cursor) = &selection.cursor {
            after(self.dialect, object, &mut select, &towards, cursor::read(object, selection, &sorts, cursor)?)?;
        }
        // One row more tells whether there is a next page; SQLite counts as far as an `i64`.
        let limit = selection.limit.map(|limit| std::cmp::min(limit.saturating_add(1), u64::MAX >> 1));
        let found = self.read(count, &select, limit).await?;
        let mut rows = found
            .iter()
            .map(|row| decode(object, self.dialect, row))
            .collect::<Result<Vec<_>, _>>()
            .map_err(database_fault)?;
        let limit = selection.limit.and_then(|limit| usize::try_from(limit).ok());
        let more = limit.is_some_and(|limit| rows.len() > limit);
        rows.truncate(limit.unwrap_or(usize::MAX));
        let (is_more_before, is_more_after) =
            if selection.back { (more, true) } else { (selection.cursor.is_some(), more) };
        if selection.back {
            rows.reverse();
        }
        let at = |row: Option<&Row>| row.map(|row| cursor::at(object, selection, &sorts, row));
        let (previous, next) = (at(rows.first().filter(|_| is_more_before)), at(rows.last().filter(|_| is_more_after)));
        Ok(Page { rows, next, previous })
    }

    /// Entries of a row's audit log, newest first.
    pub(super) async fn timeline(
        &self,
        object: &'static ObjectDescriptor,
        (id, before, limit): (i64, Option<i64>, u64),
        readable: &Readable,
        count: &QueryCount,
    ) -> Result<Vec<AuditEntry>> {
        let rows = self.read(count, &audit::timeline(object, id, before), Some(limit)).await?;
        rows.iter()
            .map(|row| audit::decode(object, readable, (self.dialect, row)))
            .collect::<Result<_, _>>()
            .map_err(database_fault)
    }

    pub(super) async fn count(
        &self,
        object: &'static ObjectDescriptor,
        selection: &Selection,
        visible: &[Condition],
        count: &QueryCount,
    ) -> Result<u64> {
        let mut select = Query::select();
        select.expr(Func::count(Expr::col(Asterisk))).from(record_of(object).table);
        filter(self.dialect, object, &mut select, selection)?;
        restrict(self.dialect, object, &mut select, visible)?;
        let rows = self.read(count, &select, None).await?;
        let number: Option<i64> =
            rows.first().map(|row| row.try_get_by_index(0)).transpose().map_err(database_fault)?;
        Ok(number.and_then(|number| u64::try_from(number).ok()).unwrap_or(0))
    }

    /// Begins a transaction that writes.
    pub(crate) async fn begin_alone(&self) -> Result<DatabaseTransaction> {
        let begun = self.let_through(Box::pin(self.dialect.begin(&self.writer))).await;
        match begun {
            // Nothing was written yet: the beginning can be repeated.
            Err(error) if self.was_cut(&error) => self.let_through(Box::pin(self.dialect.begin(&self.writer))).await,
            answer => answer,
        }
        .map_err(database_fault)
    }
}

pub(super) fn not_found(object: &ObjectDescriptor) -> AppOsError {
    AppOsError::dispatch(format!("there is no such row of {}", object.reference)).code_is("record_not_found")
}

/// Runs a statement of the platform's own and gives its rows.
pub(crate) async fn platform_rows<S: StatementBuilder>(
    connection: &impl ConnectionTrait,
    statement: &S,
) -> Result<Vec<QueryResult>> {
    connection.query_all(statement).await.map_err(database_fault)
}

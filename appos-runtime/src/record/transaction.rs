//! Several writes as one: all of them are committed, or none.

use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex as StdMutex, MutexGuard, PoisonError};

use sea_orm::{DatabaseTransaction, TransactionTrait};
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::fault::database_fault;
use super::feed::Touched;
use super::store::Store;
use super::told::{self, Told};
use crate::error::{AppOsError, Result};
use crate::state::Ctx;

tokio::task_local! {
    static OPEN: Arc<Open>;
}

/// A transaction that calls made in its body take part in.
struct Open {
    /// The database that it is of.
    database: u64,
    /// `None` once it has ended: a call that outlived the body finds it so.
    connection: Arc<Mutex<Option<DatabaseTransaction>>>,
    noted: Arc<Noted>,
    /// What the security log is told of when it is committed, and of what is inside it.
    told: StdMutex<Vec<Told>>,
    /// What those who look at rows are told of then.
    changes: StdMutex<Vec<Touched>>,
}

/// What the commit has to tell of, also if the part that noted it was given up: to tell once
/// too often harms nobody.
#[derive(Default)]
struct Noted {
    /// Rows were written on which decisions about access depend.
    changed_access: AtomicBool,
    /// Something waits in the outbox.
    enqueued: AtomicBool,
    /// An instance of a process is due.
    process_started: AtomicBool,
}

impl Open {
    fn of(database: u64, transaction: DatabaseTransaction, noted: Arc<Noted>) -> Arc<Self> {
        Arc::new(Self {
            database,
            connection: Arc::new(Mutex::new(Some(transaction))),
            noted,
            told: StdMutex::default(),
            changes: StdMutex::default(),
        })
    }

    fn told(&self) -> MutexGuard<'_, Vec<Told>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn changes(&self) -> MutexGuard<'_, Vec<Touched>> {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a body in it, and ends it as the body's answer says.
    async fn run<T>(self: Arc<Self>, body: impl Future<Output = Result<T>>) -> Result<T> {
        let answer = OPEN.scope(Arc::clone(&self), body).await;
        let Some(transaction) = self.connection.lock().await.take() else {
            return Err(AppOsError::execution("the transaction was ended by something else"));
        };
        match &answer {
            Ok(_) => transaction.commit().await.map_err(database_fault)?,
            Err(_) => transaction.rollback().await.map_err(database_fault)?,
        }
        answer
    }
}

/// Runs `body` as one transaction: what it and the objects it calls write is committed
/// together if it answers `Ok`, and is gone if it answers an error, panics or is cancelled.
///
/// Calls in the body read what it has written; others do so only after the commit. A
/// transaction inside another is part of it: if its body answers an error, what that body wrote
/// is gone, and the outer one goes on. A task spawned in the body is not part of it: it has its
/// own connection, and waits for the transaction's end if it writes. Keep bodies short: on
/// SQLite nobody else writes meanwhile.
///
/// It is a transaction of the platform's own database. Records of a connected system are in another, and are
/// written together in `Item::transaction(..)`: no two databases can be made to commit together, so that a write
/// of the one in a transaction of the other is refused (code `transaction_spans_databases`).
///
/// # Errors
/// The body's own; outside any execution; or the database cannot commit.
pub fn transaction<T, F>(body: F) -> impl Future<Output = Result<T>>
where
    F: Future<Output = Result<T>>,
{
    // Boxed: its state would otherwise lie in every caller's.
    begun(None, Box::pin(body))
}

/// The same on the database that is meant.
pub(super) fn transaction_on<T, F>(store: &Store, body: F) -> impl Future<Output = Result<T>>
where
    F: Future<Output = Result<T>>,
{
    begun(Some(store), Box::pin(body))
}

async fn begun<T, F>(meant: Option<&Store>, body: Pin<Box<F>>) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    let ctx = Ctx::current()
        .ok_or_else(|| AppOsError::dispatch("a transaction was begun outside any execution").code_is("no_context"))?;
    let engine = Arc::clone(&ctx.scope().engine);
    let own = engine
        .resource::<Store>()
        .ok_or_else(|| AppOsError::dispatch("this program runs without a database").code_is("no_database"))?;
    let store = meant.unwrap_or(own);
    if let Some(outer) = current() {
        if outer.database != store.identity() {
            return Err(spans());
        }
        // Held to the end: what others of the outer one write must not become part of this one.
        let mut turn = Joined(outer.take_turn().await?);
        let savepoint = turn.savepoint().await?;
        let inner = Open::of(outer.database, savepoint, Arc::clone(&outer.noted));
        let answer = Arc::clone(&inner).run(body).await?;
        outer.told().append(&mut inner.told());
        outer.changes().append(&mut inner.changes());
        return Ok(answer);
    }
    let noted = Arc::<Noted>::default();
    let open = Open::of(store.identity(), store.begin_alone().await?, Arc::clone(&noted));
    let answer = Arc::clone(&open).run(body).await?;
    told::write_all(std::mem::take(&mut *open.told()));
    store.feed().tell(std::mem::take(&mut *open.changes()));
    if noted.changed_access.load(Ordering::Relaxed) {
        engine.security.changed();
    }
    if noted.enqueued.load(Ordering::Relaxed) {
        own.enqueued().notify_one();
    }
    if noted.process_started.load(Ordering::Relaxed) {
        own.bells().ring();
    }
    Ok(answer)
}

fn ended() -> AppOsError {
    AppOsError::execution("the transaction of this call has ended").code_is("transaction_ended")
}

fn spans() -> AppOsError {
    AppOsError::execution(
        "a transaction is of one database: write the records of a connected system in a transaction of their own, \
         `Item::transaction(..)`, and the others before or after it",
    )
    .code_is("transaction_spans_databases")
}

fn current() -> Option<Arc<Open>> {
    OPEN.try_with(Arc::clone).ok()
}

/// True inside a transaction.
pub(crate) fn is_open() -> bool {
    current().is_some()
}

/// Notes a write on which decisions about access depend. True: the open transaction tells of
/// it when it commits; false: there is none, and the caller has to.
pub(super) fn defers_change_of_access() -> bool {
    current().is_some_and(|open| {
        open.noted.changed_access.store(true, Ordering::Relaxed);
        true
    })
}

/// Leaves it to the open transaction to tell of a write. Gives it back if there is none: the
/// write is committed.
pub(super) fn tell_at_commit(event: Told) -> Option<Told> {
    match current() {
        Some(open) => {
            open.told().push(event);
            None
        }
        None => Some(event),
    }
}

/// The same for those who look at rows. Many changes of one record are one.
pub(super) fn change_at_commit(change: Touched) -> Option<Touched> {
    let Some(open) = current() else { return Some(change) };
    let mut changes = open.changes();
    let is_known = changes.last().is_some_and(|last| std::ptr::eq(last.object, change.object));
    if !is_known {
        changes.push(change);
    }
    None
}

/// After a change of who may sign in: what others have read meanwhile of the state before, and
/// remember, must not outlive the commit of the open transaction, if there is one.
pub(crate) fn forget_access_at_commit() {
    defers_change_of_access();
}

/// Notes a row of the outbox, which the worker is told of when it is committed.
pub(super) fn note_enqueued(store: &Store) {
    match current() {
        Some(open) => open.noted.enqueued.store(true, Ordering::Relaxed),
        None => store.enqueued().notify_one(),
    }
}

/// Notes an instance of a process that is due, which workers are told of when it is committed.
pub(super) fn note_process_started(store: &Store) {
    match current() {
        Some(open) => open.noted.process_started.store(true, Ordering::Relaxed),
        None => store.bells().ring(),
    }
}

/// The connection of the open transaction, for statements that read; `None`: there is none, or it is of another
/// database.
pub(super) async fn joined(store: &Store) -> Result<Option<Joined>> {
    match current() {
        Some(open) if open.database == store.identity() => Ok(Some(Joined(open.take_turn().await?))),
        _ => Ok(None),
    }
}

/// The same for statements that write.
///
/// # Errors
/// The open transaction is of another database: what is written here would stay when that one is undone.
pub(super) async fn joined_to_write(store: &Store) -> Result<Option<Joined>> {
    match current() {
        Some(open) if open.database != store.identity() => Err(spans()),
        _ => joined(store).await,
    }
}

impl Open {
    /// Statements of one connection run one after the other, also those of joined calls.
    async fn take_turn(&self) -> Result<OwnedMutexGuard<Option<DatabaseTransaction>>> {
        let turn = Arc::clone(&self.connection).lock_owned().await;
        if turn.is_some() { Ok(turn) } else { Err(ended()) }
    }
}

/// A turn on the connection of the open transaction.
pub(super) struct Joined(OwnedMutexGuard<Option<DatabaseTransaction>>);

impl Joined {
    /// # Errors
    /// The transaction has ended.
    pub(super) fn connection(&self) -> Result<&DatabaseTransaction> {
        self.0.as_ref().ok_or_else(ended)
    }

    /// Begins a savepoint. Whoever gives up meanwhile ends the whole transaction: its connection would no longer know
    /// how deep it is, and would commit nothing in the end.
    async fn savepoint(&mut self) -> Result<DatabaseTransaction> {
        let transaction = self.0.take().ok_or_else(ended)?;
        let savepoint = transaction.begin().await;
        *self.0 = Some(transaction);
        savepoint.map_err(database_fault)
    }
}

/// A write: a transaction of its own, or a savepoint of the open one. Dropped without
/// [`commit`](Self::commit) it leaves nothing behind, also not in the open transaction.
pub(super) struct WriteTransaction {
    transaction: DatabaseTransaction,
    /// Held until the savepoint has ended: nobody else's statements may come between.
    turn: Option<Joined>,
}

impl WriteTransaction {
    pub(super) async fn begin(store: &Store) -> Result<Self> {
        match joined_to_write(store).await? {
            None => Ok(Self { transaction: store.begin_alone().await?, turn: None }),
            Some(mut turn) => {
                let savepoint = turn.savepoint().await?;
                Ok(Self { transaction: savepoint, turn: Some(turn) })
            }
        }
    }

    /// What the database is told at its end.
    pub(super) fn last_words(&self) -> &'static str {
        if self.turn.is_some() { "RELEASE SAVEPOINT" } else { "COMMIT" }
    }

    pub(super) async fn commit(self) -> std::result::Result<(), sea_orm::DbErr> {
        self.transaction.commit().await
    }
}

impl Deref for WriteTransaction {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.transaction
    }
}

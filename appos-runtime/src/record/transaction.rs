//! Several writes as one: all of them are committed, or none.

use std::future::Future;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sea_orm::{DatabaseTransaction, TransactionTrait};
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::fault::database_fault;
use super::store::Store;
use crate::error::{AppOsError, Result};
use crate::state::Ctx;

tokio::task_local! {
    static OPEN: Arc<Open>;
}

/// A transaction that calls made in its body take part in.
struct Open {
    /// `None` once it has ended: a call that outlived the body finds it so.
    connection: Arc<Mutex<Option<DatabaseTransaction>>>,
    /// True if rows were written on which decisions about access depend.
    changed_access: AtomicBool,
}

/// Runs `body` as one transaction: what it and the objects it calls write is committed
/// together if it answers `Ok`, and is gone if it answers an error, panics or is cancelled.
///
/// Calls in the body read what it has written; others do so only after the commit. A
/// transaction inside another is part of it: if the inner one fails, what it wrote is gone, and
/// the outer one can go on. A task spawned in the body is not: it has its own
/// connection, and waits for the transaction's end if it writes. Keep bodies short: on SQLite
/// nobody else writes meanwhile.
///
/// # Errors
/// The body's own; outside any execution; or the database cannot commit.
pub async fn transaction<T, F>(body: F) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    let ctx = Ctx::current()
        .ok_or_else(|| AppOsError::dispatch("a transaction was begun outside any execution").code_is("no_context"))?;
    let engine = Arc::clone(&ctx.scope().engine);
    let outer = current();
    // Held until the inner transaction has ended: its statements are those of its body alone.
    let turn = match &outer {
        Some(outer) => Some(Joined(outer.take_turn().await?)),
        None => None,
    };
    let begun = match &turn {
        Some(turn) => turn.connection()?.begin().await.map_err(database_fault)?,
        None => {
            let store = engine.resource::<Store>();
            let missing = || AppOsError::dispatch("this program runs without a database").code_is("no_database");
            store.ok_or_else(missing)?.begin_alone().await?
        }
    };
    let connection = Arc::new(Mutex::new(Some(begun)));
    let open = Arc::new(Open { connection: Arc::clone(&connection), changed_access: AtomicBool::new(false) });
    // Boxed: its state would otherwise lie in every caller's.
    let answer = Box::pin(OPEN.scope(Arc::clone(&open), body)).await;
    let transaction = connection.lock().await.take();
    let Some(transaction) = transaction else {
        return Err(AppOsError::execution("the transaction was ended by something else"));
    };
    match answer {
        Ok(answer) => {
            transaction.commit().await.map_err(database_fault)?;
            if open.changed_access.load(Ordering::Relaxed) {
                match outer {
                    Some(outer) => outer.changed_access.store(true, Ordering::Relaxed),
                    None => engine.security.changed(),
                }
            }
            Ok(answer)
        }
        Err(error) => {
            transaction.rollback().await.map_err(database_fault)?;
            Err(error)
        }
    }
}

fn ended() -> AppOsError {
    AppOsError::execution("the transaction of this call has ended").code_is("transaction_ended")
}

fn current() -> Option<Arc<Open>> {
    OPEN.try_with(Arc::clone).ok()
}

/// Notes a write on which decisions about access depend. True: the open transaction tells of
/// it when it commits; false: there is none, and the caller has to.
pub(super) fn defers_change_of_access() -> bool {
    current().is_some_and(|open| {
        open.changed_access.store(true, Ordering::Relaxed);
        true
    })
}

/// The connection of the open transaction, for statements that read.
pub(super) async fn joined() -> Result<Option<Joined>> {
    match current() {
        Some(open) => Ok(Some(Joined(open.take_turn().await?))),
        None => Ok(None),
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
}

/// A write: a transaction of its own, or a savepoint of the open one. Dropped without
/// [`commit`](Self::commit) it leaves nothing behind, also not in the open transaction.
pub(super) struct WriteTransaction {
    transaction: DatabaseTransaction,
    /// Held until the savepoint has ended: nobody else's statements may come between.
    _turn: Option<Joined>,
}

impl WriteTransaction {
    pub(super) async fn begin(store: &Store) -> Result<Self> {
        match joined().await? {
            None => Ok(Self { transaction: store.begin_alone().await?, _turn: None }),
            Some(turn) => {
                let savepoint = turn.connection()?.begin().await.map_err(database_fault)?;
                Ok(Self { transaction: savepoint, _turn: Some(turn) })
            }
        }
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

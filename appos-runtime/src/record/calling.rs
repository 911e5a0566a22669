//! Who is told that there is something to do: workers of this program, and those of others by the database.

use sqlx::postgres::PgListener;
use tokio::sync::Notify;

use super::bells::Bells;
use super::dialect::Dialect;
use super::fault::database_fault;
use super::store::Store;
use crate::error::Result;

impl Store {
    /// By which the workers of processes are told that there is something to do.
    pub(crate) fn bells(&self) -> &Bells {
        &self.bells
    }

    /// True if the database passes on what programs say.
    pub(crate) fn has_listeners(&self) -> bool {
        self.dialect() == Dialect::Postgres
    }

    /// What other programs on the same database say on a channel; `None`: this database has none.
    ///
    /// # Errors
    /// The server cannot be reached.
    pub(crate) async fn listener(&self) -> Result<Option<PgListener>> {
        self.dialect().listener(self.pool()).await.map_err(database_fault)
    }

    /// Tells the worker of the outbox that there is something to deliver.
    pub(crate) fn enqueued(&self) -> &Notify {
        &self.enqueued
    }
}

//! Statements that were sent: timed for the count of their call, and noted with their text for its record.

use std::future::Future;
use std::sync::Arc;
use std::time::Instant;

use futures_util::FutureExt;
use sea_orm::metric::Info;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

use super::transaction::WriteTransaction;
use crate::state::{QueryCount, note_statement, statement_text};

/// No `async fn`: its future would hold the statement's twice, as a parameter and as what is awaited.
pub(super) fn timed<T>(count: &QueryCount, statement: impl Future<Output = T>) -> impl Future<Output = T> {
    let started = Instant::now();
    statement.map(move |answer| {
        count.add(started.elapsed());
        answer
    })
}

/// Ends a transaction, which is a statement like others.
pub(super) fn committed(count: &QueryCount, transaction: WriteTransaction) -> impl Future<Output = Result<(), DbErr>> {
    let sent = Sent::new(transaction.last_words(), transaction.get_database_backend());
    timed(count, transaction.commit()).map(move |done| {
        sent.end(None);
        done
    })
}

/// Notes a statement that was sent through SeaORM.
pub(super) fn note_sent(sent: &Info<'_>) {
    if let Some(text) = statement_text(&sent.statement.sql) {
        note_statement(text, database(sent.statement.db_backend), sent.elapsed, None);
    }
}

/// A statement on its way past SeaORM.
pub(in crate::record) struct Sent {
    text: Option<Arc<str>>,
    database: &'static str,
    at: Instant,
}

impl Sent {
    pub(in crate::record) fn of(statement: &Statement) -> Self {
        Self::new(&statement.sql, statement.db_backend)
    }

    fn new(sql: &str, backend: DbBackend) -> Self {
        Self { text: statement_text(sql), database: database(backend), at: Instant::now() }
    }

    /// Notes it, with the number of rows of its answer.
    pub(in crate::record) fn end(self, rows: Option<usize>) {
        if let Some(text) = self.text {
            note_statement(text, self.database, self.at.elapsed(), rows);
        }
    }
}

/// The name of a database in traces.
fn database(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => "postgresql",
        DbBackend::MySql => "mysql",
        _ => "sqlite",
    }
}

//! The table of mail that was caught, the newest of it. Moments are milliseconds since 1970.

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};

use crate::error::Result;
use crate::platform::secrets::{CAUGHT_MAIL, CAUGHT_SUMMARIES, Sealed};
use crate::record::{SetUp, Store, database_fault};
use crate::value::DateTime;

const TABLE: &str = "platform_caught_mail";

const CREATE: &str = "CREATE TABLE IF NOT EXISTS platform_caught_mail (
    id {id}, mail {text} NOT NULL UNIQUE, caught_at {integer} NOT NULL, system {text} NOT NULL,
    summary {text} NOT NULL, message {text} NOT NULL)";

/// What a mail says is sealed: a link to a new password is among it.
pub(super) const MESSAGES: Sealed = CAUGHT_MAIL;
pub(super) const SUMMARIES: Sealed = CAUGHT_SUMMARIES;

/// Most mails that are kept; older ones are dropped.
const MOST: u64 = 500;

/// A mail as it is kept.
pub(super) struct Kept {
    pub(super) mail: String,
    pub(super) system: String,
    /// Sealed.
    pub(super) summary: String,
    /// Sealed.
    pub(super) message: String,
}

/// A mail as it is read: without what was not asked for.
pub(super) struct Found {
    pub(super) mail: String,
    pub(super) system: String,
    pub(super) caught_at: Option<DateTime>,
    /// Sealed.
    pub(super) text: String,
}

/// Creates the table.
///
/// # Errors
/// The database cannot be written.
pub(crate) async fn prepare(store: &Store) -> Result<()> {
    let dialect = store.dialect();
    let transaction = store.begin_alone().await?;
    dialect.alone(SetUp::Schema, &transaction).await.map_err(database_fault)?;
    transaction.execute_unprepared(&dialect.own_table(CREATE)).await.map_err(database_fault)?;
    transaction.commit().await.map_err(database_fault)
}

/// Adds a mail, and drops what is too old.
pub(super) async fn add(store: &Store, kept: Kept) -> Result<()> {
    let mut insert = Query::insert();
    insert.into_table(TABLE).columns(["mail", "caught_at", "system", "summary", "message"]);
    insert.values_panic([
        Expr::value(kept.mail),
        Expr::value(store.now().timestamp_millis()),
        Expr::value(kept.system),
        Expr::value(kept.summary),
        Expr::value(kept.message),
    ]);
    store.execute_alone(&insert).await?;
    let mut select = Query::select();
    select.column("id").from(TABLE).order_by("id", Order::Desc).limit(1).offset(MOST);
    if let Some(row) = store.rows(&select).await?.first() {
        let newest: i64 = row.try_get_by_index(0).map_err(database_fault)?;
        let mut delete = Query::delete();
        delete.from_table(TABLE).and_where(Expr::col("id").lte(newest));
        store.execute_alone(&delete).await?;
    }
    Ok(())
}

/// All mails with their summaries, the newest first.
pub(super) async fn all(store: &Store) -> Result<Vec<Found>> {
    read(store, "summary", None).await
}

/// One mail with its message.
pub(super) async fn one(store: &Store, mail: &str) -> Result<Option<Found>> {
    Ok(read(store, "message", Some(mail)).await?.pop())
}

async fn read(store: &Store, column: &'static str, mail: Option<&str>) -> Result<Vec<Found>> {
    let mut select = Query::select();
    select.columns(["mail", "system", "caught_at", column]).from(TABLE).order_by("id", Order::Desc).limit(MOST);
    if let Some(mail) = mail {
        select.and_where(Expr::col("mail").eq(mail));
    }
    let mut found = Vec::new();
    for row in store.rows(&select).await? {
        let text = |place| row.try_get_by_index::<String>(place).map_err(database_fault);
        let caught_at: i64 = row.try_get_by_index(2).map_err(database_fault)?;
        let caught_at = DateTime::from_timestamp_millis(caught_at);
        found.push(Found { mail: text(0)?, system: text(1)?, caught_at, text: text(3)? });
    }
    Ok(found)
}

/// Drops all mails, and answers how many there were.
pub(super) async fn clear(store: &Store) -> Result<u64> {
    let mut delete = Query::delete();
    delete.from_table(TABLE);
    store.changed(&delete).await
}

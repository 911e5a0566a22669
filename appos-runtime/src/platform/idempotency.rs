//! Requests that are sent again: the answer to the first one is kept for a day under the key
//! that its sender gave it, in the transaction of what it wrote.

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};

use zeroize::Zeroizing;

use super::secrets::{ANSWERS, FINGERPRINTS};
use crate::error::Result;
use crate::record::{Store, database_fault};
use crate::vault::SecretKeys;

/// Seconds for which an answer is kept.
const KEPT: i64 = 24 * 60 * 60;

const TABLE: &str = "platform_idempotency_key";

/// Whose request, under which key.
#[derive(Clone, Copy)]
pub(crate) struct Request<'a> {
    /// The principal: keys of others are other keys.
    pub(crate) user_id: i64,
    /// The key.
    pub(crate) key: &'a str,
    /// What differs between requests that are not the same.
    pub(crate) fingerprint: &'a str,
}

impl Request<'_> {
    /// The row's name among the sealed ones.
    fn row(&self) -> String {
        format!("{} {}", self.user_id, self.key)
    }
}

/// What is known of a request.
pub(crate) enum Known {
    /// Nothing: it is to be run, and its answer to be [kept](keep).
    Nothing,
    /// It was run, and this was its answer.
    Answer(Zeroizing<String>),
    /// Another request was sent under the same key.
    OtherRequest,
}

/// In a transaction: asks for a request, and reserves its key. Of several that are sent at the
/// same time, the others wait here until the first has ended.
pub(crate) async fn claim(store: &Store, keys: &SecretKeys, request: Request<'_>) -> Result<Known> {
    let now = store.now().timestamp();
    let mut expired = Query::delete();
    expired.from_table(TABLE).and_where(Expr::col("expires_at").lte(now));
    store.execute(&expired).await?;
    let mut insert = Query::insert();
    insert.into_table(TABLE).columns(["user_id", "request_key", "fingerprint", "expires_at", "answer"]);
    insert.values_panic([
        Expr::value(request.user_id),
        Expr::value(request.key),
        // Sealed: else whoever has the database could try out what was sent.
        Expr::value(keys.seal(FINGERPRINTS.of(&request.row()), request.fingerprint)?),
        Expr::value(now.saturating_add(KEPT)),
        Expr::value(""),
    ]);
    insert.on_conflict(OnConflict::columns(["user_id", "request_key"]).do_nothing().to_owned());
    store.execute(&insert).await?;
    let mut select = Query::select();
    select
        .columns(["fingerprint", "answer"])
        .from(TABLE)
        .and_where(Expr::col("user_id").eq(request.user_id))
        .and_where(Expr::col("request_key").eq(request.key));
    let rows = store.rows(&select).await?;
    let Some(row) = rows.first() else { return Ok(Known::Nothing) };
    let (fingerprint, answer): (String, String) =
        (row.try_get_by_index(0).map_err(database_fault)?, row.try_get_by_index(1).map_err(database_fault)?);
    let fingerprint = keys.open(FINGERPRINTS.of(&request.row()), &fingerprint)?;
    Ok(match answer {
        _ if *fingerprint != request.fingerprint => Known::OtherRequest,
        // The one that this transaction has just made: others are seen with their answer only.
        answer if answer.is_empty() => Known::Nothing,
        answer => Known::Answer(keys.open(ANSWERS.of(&request.row()), &answer)?),
    })
}

/// In the same transaction: keeps the answer, sealed: it holds a copy of what was written.
pub(crate) async fn keep(store: &Store, keys: &SecretKeys, request: Request<'_>, answer: &str) -> Result<()> {
    let answer = keys.seal(ANSWERS.of(&request.row()), answer)?;
    let mut update = Query::update();
    update
        .table(TABLE)
        .value("answer", answer)
        .and_where(Expr::col("user_id").eq(request.user_id))
        .and_where(Expr::col("request_key").eq(request.key));
    store.execute(&update).await
}

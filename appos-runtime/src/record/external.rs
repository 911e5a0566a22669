//! Rows of tables that are somebody else's. These have an `id` and the columns of the fields, and nothing that tells
//! when a row was changed, or how often: its version is a number made of its values. Whoever changes a row names the
//! one that he has seen, as of any other row.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, QueryResult};
use sha2::{Digest, Sha256};

use super::decode::decode_fields;
use super::dialect::Dialect;
use super::fault::database_fault;
use super::select::{all_columns, restrict};
use super::sent::timed;
use super::store::{Store, not_found};
use super::write::{Expected, stale};
use crate::error::Result;
use crate::model::{Condition, Row, SystemValues};
use crate::registry::ObjectDescriptor;
use crate::state::QueryCount;
use crate::value::{DateTime, Value};

/// The largest number that JSON keeps whole.
const LARGEST: u64 = (1 << 53) - 1;

/// Reads a row, in the order of all columns.
pub(super) fn decode(object: &'static ObjectDescriptor, dialect: Dialect, row: &QueryResult) -> Result<Row, DbErr> {
    let id = dialect.read_id(row, 0)?.ok_or_else(|| DbErr::Type("a row has no id".to_owned()))?;
    let values = decode_fields(object, dialect, row)?;
    // Nobody has noted when.
    let never = DateTime::UNIX_EPOCH;
    let version = version(&values);
    let system = SystemValues { id, created_at: never, created_by: None, updated_at: never, updated_by: None, version };
    Ok(Row::new(system, values))
}

/// A number that is another one for other values.
fn version(values: &[Value]) -> i64 {
    let mut digest = Sha256::new();
    for value in values {
        // A text in JSON ends where it ends: no two lists of values are the same bytes.
        digest.update(serde_json::to_vec(value).unwrap_or_default());
        digest.update(b",");
    }
    let digest = digest.finalize();
    let number = digest.iter().take(8).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte)) & LARGEST;
    i64::try_from(Ord::max(number, 1)).unwrap_or(1)
}

impl Store {
    /// Reads a row that is about to be changed, and keeps it from others until the transaction ends.
    ///
    /// # Errors
    /// It is not among these, or not what the writer has read.
    pub(super) async fn held(
        &self,
        object: &'static ObjectDescriptor,
        (id, expected): (i64, Expected),
        among: &[Condition],
        transaction: &DatabaseTransaction,
        count: &QueryCount,
    ) -> Result<Row> {
        let mut select = all_columns(object);
        select.and_where(Expr::col("id").eq(id)).lock_exclusive();
        restrict(self.dialect(), object, &mut select, among)?;
        let found = timed(count, transaction.query_one(&select)).await.map_err(database_fault)?;
        let found = found.ok_or_else(|| not_found(object))?;
        let row = decode(object, self.dialect(), &found).map_err(database_fault)?;
        match expected {
            Some(version) if version != row.system.version => Err(stale()),
            _ => Ok(row),
        }
    }

    /// Reads a row that was just written.
    pub(super) async fn written(
        &self,
        object: &'static ObjectDescriptor,
        id: i64,
        transaction: &DatabaseTransaction,
        count: &QueryCount,
    ) -> Result<Row> {
        self.held(object, (id, None), &[], transaction, count).await
    }
}

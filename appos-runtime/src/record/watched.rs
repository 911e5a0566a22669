//! What is watched of a database: whether it answers, whether it has what the program needs, and how much of its
//! connections is in use.

use sea_orm::sea_query::{Expr, Query};

use super::dialect::PoolUse;
use super::migrate;
use super::store::Store;
use crate::error::Result;
use crate::migration::Migration;

impl Store {
    /// How much of the connections is in use; of a file, of those that read.
    pub(crate) fn pool_use(&self) -> PoolUse {
        self.readers.pool_use()
    }

    /// Asks the database for nothing.
    ///
    /// # Errors
    /// It does not answer.
    pub(crate) async fn ping(&self) -> Result<()> {
        let mut select = Query::select();
        select.expr(Expr::value(1));
        self.rows(&select).await.map(drop)
    }

    /// How many of a program's migrations the database lacks.
    ///
    /// # Errors
    /// The database does not answer, or the migrations contradict each other.
    pub(crate) async fn lacks(&self, migrations: &[Migration]) -> Result<usize> {
        if migrations.is_empty() { Ok(0) } else { migrate::lacking(self.pool(), migrations).await }
    }
}

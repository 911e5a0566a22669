//! The hand-written server on PostgreSQL: its types of columns, and how it connects.

use appos::prelude::Decimal;
use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
pub(super) use sqlx::PgPool as Pool;
use sqlx::postgres::PgPoolOptions;
pub(super) use sqlx::{PgConnection as Connection, postgres::PgRow as AnyRow};

#[path = "server.rs"]
pub(super) mod server;

pub(super) type Day = NaiveDate;
pub(super) type Moment = DateTime<Utc>;
pub(super) type Sum = Decimal;

pub(super) const BEGIN: &str = "BEGIN";

/// Nobody changes the row until the transaction ends.
macro_rules! locked {
    ($sql:expr) => {
        concat!($sql, " FOR UPDATE")
    };
}
pub(super) use locked;

pub(super) fn now() -> Moment {
    Utc::now().trunc_subsecs(6)
}

pub(super) fn decimal(sum: Sum) -> Decimal {
    sum.normalize()
}

#[expect(clippy::unnecessary_wraps, reason = "on the other database a sum may not fit")]
pub(super) fn sum(decimal: Decimal) -> Option<Sum> {
    Some(decimal)
}

/// The same pool reads and writes.
pub(super) async fn open(url: &str) -> (Pool, Pool) {
    let pool = PgPoolOptions::new().max_connections(10).test_before_acquire(false).connect(url).await;
    let pool = pool.expect("the database opens");
    (pool.clone(), pool)
}

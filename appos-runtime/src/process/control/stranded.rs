//! Instances that cannot go on with the code of the day.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Expr, ExprTrait, Query};

use crate::error::Result;
use crate::process::table::{INSTANCES, InstanceState};
use crate::process::worker::body_of;
use crate::record::{Store, database_fault};
use crate::registry::Registry;

/// Codes of instances that were put aside because of the code.
const OF_CODE: [&str; 2] = ["history_mismatch", "history_unreadable"];

/// What of a database can go on, and what cannot.
#[derive(Debug, Default)]
pub(crate) struct Stranded {
    /// Instances that have not ended.
    pub(crate) unfinished: u64,
    /// By process and version: those that began with a body which is no more.
    pub(crate) bodiless: BTreeMap<(String, i64), u64>,
    /// By process: those that were put aside because what has happened to them does not fit the code.
    pub(crate) misfits: BTreeMap<String, u64>,
}

/// Looks at the instances that have not ended.
///
/// # Errors
/// The database cannot be read.
pub(crate) async fn stranded(store: &Store, registry: &'static Registry) -> Result<Stranded> {
    let mut stranded = Stranded::default();
    let states = [InstanceState::Running.as_str(), InstanceState::Parked.as_str()];
    let mut select = Query::select();
    select.columns(["process", "version"]).expr(Expr::col("id").count()).from(INSTANCES);
    select.and_where(Expr::col("state").is_in(states)).group_by_columns(["process", "version"]);
    for row in store.rows(&select).await? {
        let (process, version): (String, i64) =
            (row.try_get_by_index(0).map_err(database_fault)?, row.try_get_by_index(1).map_err(database_fault)?);
        let count: i64 = row.try_get_by_index(2).map_err(database_fault)?;
        let count = count.unsigned_abs();
        stranded.unfinished += count;
        let number = u32::try_from(version).unwrap_or(u32::MAX);
        if registry.find(&process).and_then(|object| body_of(registry, object, number)).is_none() {
            stranded.bodiless.insert((process, version), count);
        }
    }
    for code in OF_CODE {
        let mut select = Query::select();
        select.column("process").expr(Expr::col("id").count()).from(INSTANCES);
        select.and_where(Expr::col("state").eq(InstanceState::Parked.as_str()));
        select.and_where(Expr::col("error").like(format!("%\"code\":\"{code}\"%"))).group_by_col("process");
        for row in store.rows(&select).await? {
            let process: String = row.try_get_by_index(0).map_err(database_fault)?;
            let count: i64 = row.try_get_by_index(1).map_err(database_fault)?;
            *stranded.misfits.entry(process).or_default() += count.unsigned_abs();
        }
    }
    Ok(stranded)
}

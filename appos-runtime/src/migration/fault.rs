//! Database errors of migrations as AppOS errors.

use sea_orm::DbErr;

use crate::error::AppOsError;

/// An error of the database; its own words are the cause, which whoever migrates may read.
pub(super) fn fault(error: DbErr) -> AppOsError {
    AppOsError::execution("the database failed").code_is("database_failed").caused_by(error)
}

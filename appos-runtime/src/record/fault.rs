//! Database errors as AppOS errors: the cause is logged, never shown.

use sea_orm::{DbErr, SqlErr};

use crate::error::AppOsError;
use crate::registry::RecordDescriptor;

/// An error of the database that the caller cannot mend.
pub(crate) fn database_fault(error: DbErr) -> AppOsError {
    let text = error.to_string();
    let unavailable = matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_))
        || text.contains("database is locked")
        || text.contains("disk is full")
        || text.contains("disk I/O error")
        || text.contains("readonly database");
    if unavailable {
        return AppOsError::dispatch("the database is not available right now")
            .code_is("database_unavailable")
            .caused_by(error);
    }
    AppOsError::execution("the database failed").code_is("database_failed").caused_by(error)
}

/// An error of a write: constraints become what the caller did wrong, with the field's name.
pub(super) fn write_fault(record: &RecordDescriptor, error: DbErr) -> AppOsError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(message)) => not_unique(record, &message),
        // References of a written row are checked before; what is left is a row still referred to.
        Some(SqlErr::ForeignKeyConstraintViolation(_)) => still_referenced(),
        _ => {
            let text = error.to_string();
            // RESTRICT is reported as a trigger's failure, not as a foreign key's.
            if text.contains("FOREIGN KEY constraint failed") {
                return AppOsError::validation("other rows still refer to this one").code_is("still_referenced");
            }
            if text.contains("CHECK constraint failed") {
                return AppOsError::validation("a value is not one of its choices").code_is("unknown_choice");
            }
            // `ON DELETE RESTRICT` fails with the code of triggers (1811), which SeaORM does not read.
            if text.contains("FOREIGN KEY constraint failed") {
                return still_referenced();
            }
            database_fault(error)
        }
    }
}

fn still_referenced() -> AppOsError {
    AppOsError::validation("other rows still refer to this one").code_is("still_referenced")
}

/// SQLite names the columns: `UNIQUE constraint failed: crm_customer.email`.
fn not_unique(record: &RecordDescriptor, message: &str) -> AppOsError {
    let error = AppOsError::validation("another row has this value already").code_is("not_unique");
    let named = message.rsplit("failed: ").next().unwrap_or_default();
    let columns: Vec<&str> = named.split(',').filter_map(|column| column.trim().rsplit('.').next()).collect();
    record
        .fields
        .iter()
        .filter(|field| {
            columns.iter().any(|column| column.trim_matches(|c: char| !c.is_alphanumeric() && c != '_') == field.column)
        })
        .fold(error, |error, field| error.field(field.name, "not_unique", "is taken by another row"))
}

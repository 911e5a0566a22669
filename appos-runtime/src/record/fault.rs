//! Database errors as AppOS errors: the cause is logged, never shown.

use sea_orm::DbErr;

use super::audit::Action;
use super::dialect::Fault;
use crate::error::AppOsError;
use crate::migration::{names, unique_indexes};
use crate::registry::{FieldDescriptor, RecordDescriptor};
use crate::value::FieldType;

/// An error of the database that the caller cannot mend.
pub(crate) fn database_fault(error: DbErr) -> AppOsError {
    let failed = match Fault::of(&error) {
        Fault::Broken | Fault::Unavailable => {
            AppOsError::dispatch("the database is not available right now").code_is("database_unavailable")
        }
        Fault::Full => AppOsError::dispatch("the database has no room left on its disk").code_is("storage_full"),
        Fault::Conflict => {
            AppOsError::validation("another transaction was in the way; the same request may succeed now")
                .code_is("write_conflict")
        }
        Fault::Slow => AppOsError::timeout("the database took longer than a statement may take"),
        Fault::OutOfRange => {
            AppOsError::validation("a value is larger than what the database can count with").code_is("out_of_range")
        }
        Fault::Unstorable => {
            AppOsError::validation("a text has a character that cannot be stored").code_is("nul_character")
        }
        _ => AppOsError::execution("the database failed").code_is("database_failed"),
    };
    failed.caused_by(error)
}

/// True if a row with this value exists already.
pub(crate) fn is_not_unique(error: &DbErr) -> bool {
    matches!(Fault::of(error), Fault::UniqueColumns(_) | Fault::UniqueIndex(_))
}

/// An error of a write: constraints become what the caller did wrong, with the field's name.
pub(super) fn write_fault(record: &'static RecordDescriptor, action: Action, error: DbErr) -> AppOsError {
    match Fault::of(&error) {
        Fault::UniqueColumns(columns) => not_unique(record, &columns),
        Fault::UniqueIndex(index) => {
            let (_, columns) = unique_indexes(record).find(|(name, _)| *name == index).unwrap_or_default();
            not_unique(record, &columns)
        }
        // Rows that are referred to were there a moment ago: one was deleted since.
        Fault::ForeignKey(Some(constraint)) if action != Action::Delete => broken_reference(record, &constraint),
        Fault::ForeignKey(_) => {
            AppOsError::validation("other rows still refer to this one").code_is("still_referenced")
        }
        Fault::Check => AppOsError::validation("a value is not one of its choices").code_is("unknown_choice"),
        Fault::NotNull(Some(column)) => match named(record, &column) {
            Some(field) => invalid().field(field.name, "required", "is required").caused_by(error),
            None => database_fault(error),
        },
        _ => database_fault(error),
    }
}

fn invalid() -> AppOsError {
    AppOsError::validation("some fields are wrong").code_is("invalid_fields")
}

fn named(record: &'static RecordDescriptor, column: &str) -> Option<&'static FieldDescriptor> {
    record.fields.iter().find(|field| field.column == column)
}

fn broken_reference(record: &'static RecordDescriptor, constraint: &str) -> AppOsError {
    let references = record.fields.iter().filter(|field| matches!(field.field_type, FieldType::Reference(_)));
    references
        .filter(|field| names::foreign_key(record.table, field.column) == constraint)
        .fold(invalid(), |error, field| error.field(field.name, "broken_reference", "the row was deleted meanwhile"))
}

fn not_unique(record: &'static RecordDescriptor, columns: &[impl AsRef<str>]) -> AppOsError {
    let error = AppOsError::validation("another row has this value already").code_is("not_unique");
    columns
        .iter()
        .filter_map(|column| named(record, column.as_ref()))
        .fold(error, |error, field| error.field(field.name, "not_unique", "is taken by another row"))
}

//! The columns that every record has.

use super::column::Column;
use crate::platform::UserRef;
use crate::registry::SystemField;
use crate::value::{DateTime, Id};

/// The columns that every record has: part of the columns of each.
pub struct SystemColumns<R> {
    /// Number of the row.
    pub id: Column<Id<R>>,
    /// When it was created.
    pub created_at: Column<DateTime>,
    /// Who created it.
    pub created_by: Column<Option<UserRef>>,
    /// When it was last changed.
    pub updated_at: Column<DateTime>,
    /// Who last changed it.
    pub updated_by: Column<Option<UserRef>>,
    /// Count of its changes.
    pub version: Column<i64>,
}

impl<R> SystemColumns<R> {
    const ALL: Self = Self {
        id: Column::system(SystemField::Id),
        created_at: Column::system(SystemField::CreatedAt),
        created_by: Column::system(SystemField::CreatedBy),
        updated_at: Column::system(SystemField::UpdatedAt),
        updated_by: Column::system(SystemField::UpdatedBy),
        version: Column::system(SystemField::Version),
    };

    /// The columns.
    pub const fn of() -> &'static Self {
        &Self::ALL
    }
}

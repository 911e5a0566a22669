//! The table of data: columns that sort, rows that are chosen and that lead somewhere.

mod bulk;
mod cell;
mod column;
#[expect(clippy::module_inception, reason = "the component is the thing the folder is about")]
mod table;

pub use bulk::{BulkBar, BulkBarProps};
pub use cell::TableCell;
pub use column::{ColumnKind, SortDirection, TableColumn};
pub use table::{DataTable, DataTableProps, Density, TableRow, TableState};

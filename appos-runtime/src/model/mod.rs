//! Records as an app sees them: typed rows, typed columns and typed queries over the erased
//! data that the generic service works with.

mod column;
mod condition;
mod query;
mod record;
mod row;
mod serde_impls;

pub use column::{Column, Columns, Order};
pub use condition::{ColumnRef, Comparison, Condition, TextMatch};
pub(crate) use query::Selection;
pub use query::{Direction, Page, Query, RecordQuery, Sort};
pub(crate) use record::new_row;
pub use record::{NewRecord, PatchRecord, Record, clone_new, clone_patch, clone_record, typed_row};
pub(crate) use row::record_of;
pub use row::{Row, RowReader, SystemValues};
pub(crate) use serde_impls::JsonRow;
pub use serde_impls::{
    deserialize_choice, deserialize_new, deserialize_patch, deserialize_record, fmt_new, fmt_patch, fmt_record,
    serialize_choice, serialize_new, serialize_patch, serialize_record,
};

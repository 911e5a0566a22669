//! Records as an app sees them: typed rows, typed columns and typed queries over the erased
//! data that the generic service works with.

#[cfg(feature = "db")]
mod aggregate;
mod column;
mod condition;
#[cfg(feature = "db")]
mod eager;
mod field_kind;
mod field_pass;
mod query;
mod record;
mod row;
mod rows;
mod serde_impls;
mod shown;
#[cfg(feature = "db")]
mod stream;
mod written;

#[cfg(feature = "db")]
pub(crate) use aggregate::{Aggregate, Function};
#[cfg(feature = "db")]
pub use aggregate::{GroupKey, Grouped, Number, Ordered};
pub use column::{Column, ManyColumn, Order};
pub use condition::{ColumnRef, Comparison, Condition, Target, TextMatch};
#[cfg(feature = "db")]
pub use eager::{Eager, Reference, ReferenceColumn};
pub use field_kind::{Columns, FieldKind, New, Patch, WriteKind};
pub use field_pass::FieldPass;
pub(crate) use query::Selection;
pub use query::{Direction, Page, Query, RecordQuery, Sort};
pub use record::{Record, clone_record, typed_row};
pub use row::{Row, RowReader, SystemValues};
pub(crate) use row::{record_of, referring_field};
pub use rows::Rows;
pub(crate) use serde_impls::JsonRow;
pub use serde_impls::{
    deserialize_choice, deserialize_fields, deserialize_record, fmt_fields, fmt_record, serialize_choice,
    serialize_fields, serialize_record,
};
pub use shown::{ChosenColumns, RecordRows};
#[cfg(feature = "db")]
pub use stream::RowStream;
pub(crate) use written::new_row;
pub use written::{NewRecord, PatchRecord, RecordFields, clone_fields};

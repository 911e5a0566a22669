//! Components that read records, as values alone: see [`components::by_name`](super::components::by_name).

use dioxus::prelude::Element;

/// The component [`RecordTable`](super::RecordTable()).
#[allow(non_upper_case_globals, reason = "`rsx!` takes what begins with a capital for a component")]
pub const RecordTable: fn(super::RecordTableProps) -> Element = super::RecordTable;

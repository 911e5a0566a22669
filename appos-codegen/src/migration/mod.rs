//! Migrations as text: what has changed between two descriptions of tables, and the Rust file
//! that does it. Used by `cargo appos migrate` only; what runs the files is not known here.

mod convert;
mod diff;
mod order;
mod render;
mod snapshot;
mod words;

pub use diff::{Answers, Difference, Question, diff};
pub use render::{Heading, render, render_empty, render_list, slug};
pub use snapshot::{
    Change, Column, ColumnKind, Described, DescribedMigration, ForeignKey, Index, OnDelete, Operation, RecordTable,
    Snapshot, Table,
};
pub use words::words;

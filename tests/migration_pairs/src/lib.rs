//! Random pairs of schemas, as the migrations that `cargo appos migrate` would write.

use appos_runtime::migration::{ColumnKind, Literal, Migration};
use serde::Deserialize;

/// A schema and the one it becomes.
pub struct Pair {
    /// The number that it was made from.
    pub seed: u64,
    /// Makes the first schema.
    pub before: Migration,
    /// From the first to the second.
    pub change: Migration,
    /// Makes the second schema at once.
    pub fresh: Migration,
    /// Rows of the first, and what becomes of them.
    pub rows: &'static str,
}

/// What `rows` of a pair says.
#[derive(Deserialize)]
pub struct Rows {
    /// Rows of the first schema.
    pub rows: Vec<Row>,
    /// True if `down` leads back with these rows.
    pub back: bool,
    /// Table, id, column, kind and value in the second schema.
    pub expected: Vec<(String, i64, String, ColumnKind, Option<Literal>)>,
}

/// A row of the first schema.
#[derive(Deserialize)]
pub struct Row {
    /// Its table.
    pub table: String,
    /// Its number.
    pub id: i64,
    /// Column, kind, value, and whether it refers to a row.
    pub values: Vec<(String, ColumnKind, Option<Literal>, bool)>,
}

/// All pairs.
pub const PAIRS: &[Pair] = include!(concat!(env!("OUT_DIR"), "/pairs.rs"));

//! What goes with a row that is deleted, on PostgreSQL: the same tests as on SQLite.

#[path = "cascades.rs"]
mod suite;

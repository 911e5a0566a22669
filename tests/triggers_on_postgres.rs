//! Processes that start with rows, on PostgreSQL: the same tests as on SQLite.

#[path = "triggers.rs"]
mod suite;

//! The outbox on PostgreSQL: the same tests as on SQLite.

#[path = "outbox.rs"]
mod suite;

//! The rules of a record on PostgreSQL: the same tests as on SQLite.

#[path = "hooks.rs"]
mod suite;

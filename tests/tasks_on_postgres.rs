//! Tasks of people on PostgreSQL: the same tests as on SQLite.

#[path = "tasks.rs"]
mod suite;

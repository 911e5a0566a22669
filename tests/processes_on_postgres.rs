//! Processes on PostgreSQL: the same tests as on SQLite.

#[path = "processes.rs"]
mod suite;

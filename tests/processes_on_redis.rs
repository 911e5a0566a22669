//! Processes on PostgreSQL, with Redis between the programs: the same tests as on SQLite.

#[path = "processes.rs"]
mod suite;

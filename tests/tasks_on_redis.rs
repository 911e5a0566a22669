//! Tasks of people on PostgreSQL, with Redis between the programs: the same tests as on SQLite.

#[path = "tasks.rs"]
mod suite;

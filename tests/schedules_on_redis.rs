//! Schedules on PostgreSQL, with Redis between the programs: the same tests as on SQLite.

#[path = "schedules.rs"]
mod suite;

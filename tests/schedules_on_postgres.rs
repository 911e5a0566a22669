//! Processes that start by themselves, on PostgreSQL: the same tests as on SQLite.

#[path = "schedules.rs"]
mod suite;

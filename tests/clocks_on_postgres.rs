//! Processes and clocks that are wrong, on PostgreSQL: the same tests as on SQLite.

#[path = "clocks.rs"]
mod suite;

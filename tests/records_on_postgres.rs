//! Records on PostgreSQL: the same tests as on SQLite.

#[path = "records.rs"]
mod suite;

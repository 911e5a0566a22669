//! Rows of the Chinook database, on PostgreSQL: the same tests as on SQLite.

#[path = "chinook.rs"]
mod suite;

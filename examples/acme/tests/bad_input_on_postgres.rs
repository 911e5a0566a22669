//! Bad input, on PostgreSQL: the same tests as on SQLite.

#[path = "bad_input.rs"]
mod suite;

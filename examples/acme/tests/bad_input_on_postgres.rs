//! Bad input, on PostgreSQL: the same tests as on SQLite.

#[path = "bad_input/main.rs"]
mod suite;

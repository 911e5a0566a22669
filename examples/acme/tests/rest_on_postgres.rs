//! What the routes of records promise, on PostgreSQL: the same tests as on SQLite.

#[path = "rest/main.rs"]
mod suite;

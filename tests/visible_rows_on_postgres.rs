//! Visible rows on PostgreSQL: the same tests as on SQLite.

#[path = "visible_rows.rs"]
mod suite;

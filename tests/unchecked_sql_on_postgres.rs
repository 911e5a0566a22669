//! SQL written by hand on PostgreSQL: the same tests as on SQLite.

#[path = "unchecked_sql.rs"]
mod suite;

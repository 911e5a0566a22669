//! Random access on PostgreSQL: the same questions as on SQLite, fewer of them.

#[path = "random_access.rs"]
mod suite;

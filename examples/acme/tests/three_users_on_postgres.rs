//! Three users, on PostgreSQL: the same tests as on SQLite.

#[path = "three_users.rs"]
mod suite;

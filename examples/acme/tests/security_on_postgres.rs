//! Every promise of the security core, on PostgreSQL: the same tests as on SQLite.

#[path = "security/main.rs"]
mod suite;

//! Texts and preferences on PostgreSQL: the same tests as on SQLite.

#[path = "translations.rs"]
mod suite;

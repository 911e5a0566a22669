//! The onboarding of customers on PostgreSQL: the same as on SQLite.

#[path = "onboarding/main.rs"]
mod suite;

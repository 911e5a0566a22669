//! The onboarding of customers on PostgreSQL with Redis between the programs: the same as on SQLite.

#[path = "onboarding/main.rs"]
mod suite;

//! The same on PostgreSQL, whose server is killed as well.

#[path = "killing/main.rs"]
mod suite;

//! A generated client, on PostgreSQL.

#[path = "client.rs"]
mod suite;

//! Transactions on PostgreSQL: the same tests as on SQLite.

#[path = "transactions.rs"]
mod suite;

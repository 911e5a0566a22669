//! The strict fuzzer, on PostgreSQL.

#[path = "fuzz.rs"]
mod suite;

//! The same on PostgreSQL with Redis between the programs, which is killed, hung and emptied as well.

#[path = "killing/main.rs"]
mod suite;

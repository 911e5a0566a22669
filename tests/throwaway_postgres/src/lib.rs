//! A PostgreSQL server for a test: made from the installed programs (installed first, if they
//! are missing and the test runs as root), reached by a socket, gone with the test's program.

mod programs;
mod server;

pub use server::{Durability, Server};

/// True if the tests of a test program run on PostgreSQL (with Redis beside it, or without): its name says so.
///
/// ```
/// assert!(throwaway_postgres::is_meant_by("records_on_postgres"));
/// assert!(throwaway_postgres::is_meant_by("processes_on_redis"));
/// assert!(!throwaway_postgres::is_meant_by("records"));
/// ```
pub fn is_meant_by(crate_name: &str) -> bool {
    crate_name.ends_with("_on_postgres") || crate_name.ends_with("_on_redis")
}

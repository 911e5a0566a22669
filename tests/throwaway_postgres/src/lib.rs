//! A PostgreSQL server for a test: made from the installed programs (installed first, if they
//! are missing and the test runs as root), reached by a socket, gone with the test's program.

mod programs;
mod server;

pub use server::{Durability, Server};

//! A Redis server for a test: started from the installed program (installed first, if it is
//! missing and the test runs as root), on a port of its own, gone with the test's program. It can
//! be stopped, hung, emptied and started again.

mod line;
mod server;

pub use line::{Fault, Line};
pub use server::{Heard, Server};

//! `cargo appos dev`: builds, runs, watches; and a proxy on the public port, so that a browser sees
//! one address whatever becomes of the program behind it.
//!
//! `run` decides what happens next; `watch` tells what has changed, `program` builds and runs,
//! `proxy` answers browsers, `page` makes what it answers itself, `report` tells the terminal.

mod page;
mod program;
mod proxy;
mod report;
mod run;
mod signals;
mod state;
mod watch;

pub(crate) use program::become_program;
pub(crate) use run::{Wish, run};

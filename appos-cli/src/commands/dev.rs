//! `cargo appos dev`: builds and runs a project, and does it again after each change.

use std::ffi::OsString;
use std::net::IpAddr;

use clap::Args;

use crate::dev::{Wish, run};
use crate::terminal::{Failure, Terminal};

/// Arguments of `cargo appos dev`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos dev
  cargo appos dev --port 3000
  cargo appos dev --no-migrate              start only if the database is up to date
  cargo appos dev --json | jq -r 'select(.event == \"build_failed\") | .title'

One address, whatever becomes of the program behind it: requests wait while it restarts, open pages
reload, and a page shows what the compiler says while it does not build. Sessions stand in the
database and stay. The port is that of `appos.yaml`; only this machine reaches it, unless `--host`
says otherwise. A change while it builds begins a new build. Ctrl+C ends it and the program.")]
pub struct Dev {
    /// Port to listen on, if not that of the settings; 0: one that is free
    #[arg(long, value_name = "NUMBER")]
    port: Option<u16>,
    /// Address to listen on; `0.0.0.0`: everybody on the network
    #[arg(long, value_name = "ADDRESS")]
    host: Option<IpAddr>,
    /// Apply no migrations: a start that needs some is refused, and says which
    #[arg(long)]
    no_migrate: bool,
    /// Package of the platform, if the workspace has several
    #[arg(long, short, value_name = "NAME")]
    package: Option<String>,
    /// Print one event a line, as JSON
    #[arg(long)]
    json: bool,
    /// Arguments for the program
    #[arg(last = true, value_name = "ARGUMENTS")]
    arguments: Vec<OsString>,
}

impl Dev {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        let Self { port, host, no_migrate, package, json, arguments } = self;
        run(terminal, Wish { package, host, port, migrates: !no_migrate, arguments, json })
    }
}

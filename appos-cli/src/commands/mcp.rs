//! `cargo appos mcp`: a server of the Model Context Protocol, by which an AI assistant looks into a project.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

use crate::mcp::{Wish, offered, serve};
use crate::terminal::{Failure, Terminal};

/// Arguments of `cargo appos mcp`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos mcp                                 on the input and output, as clients start it
  cargo appos mcp --as ann@example.com            with what ann may see
  cargo appos mcp --project ~/acme --allow-writes
  cargo appos mcp --http 127.0.0.1:7717           each request names its user by an API key
  cargo appos mcp --json                          what can be asked

Without `--as` it looks as the operator: whoever may run this command can see everything anyway. It only reads, unless
`--allow-writes` is given; then each change is asked for first.")]
pub struct Mcp {
    /// As whom it looks: e-mail address of a user, the part before its `@`, name or number; `public_access` is whoever
    /// is not signed in
    #[arg(long = "as", value_name = "USER", conflicts_with = "http")]
    user: Option<String>,
    /// Listen there, on this machine alone, instead of on the input; port 0 is a free one
    #[arg(long, value_name = "ADDRESS")]
    http: Option<SocketAddr>,
    /// Offer what changes something, too: start, retry, resume, cancel and signal processes
    #[arg(long)]
    allow_writes: bool,
    /// Folder of the project, if not this one
    #[arg(long, value_name = "FOLDER")]
    project: Option<PathBuf>,
    /// Package of the platform, if the workspace has several
    #[arg(long, short, value_name = "NAME")]
    package: Option<String>,
    /// Print what can be asked as JSON, and serve nothing
    #[arg(long, conflicts_with_all = ["user", "http", "project", "package"])]
    json: bool,
}

impl Mcp {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        if self.json {
            return terminal.json(&offered(self.allow_writes));
        }
        if let Some(folder) = &self.project {
            std::env::set_current_dir(folder).map_err(|error| {
                Failure::usage(format!("{} cannot be entered: {error}", folder.display()), "name the project's folder")
            })?;
        }
        serve(Wish { package: self.package, user: self.user, http: self.http, allows_writes: self.allow_writes })
    }
}

//! One file a command: arguments, work, report.

#[doc = include_str!("../../docs/add.md")]
pub mod add;
#[doc = include_str!("../../docs/check.md")]
pub mod check;
pub mod completions;
pub mod connection;
pub mod dev;
pub mod doctor;
#[doc = include_str!("../../docs/impact.md")]
pub mod impact;
#[doc = include_str!("../../docs/logs.md")]
pub mod logs;
pub(crate) mod logs_place;
pub mod mcp;
pub mod migrate;
#[doc = include_str!("../../docs/new.md")]
pub mod new;
pub mod objects;
pub mod permissions;
pub mod process;
pub mod routes;
pub mod secrets;
#[doc = include_str!("../../docs/test.md")]
pub mod test;
pub mod trace;
pub mod user;
pub mod why;

use clap::Subcommand;

use crate::terminal::{Failure, Terminal};

/// What can be asked for.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add an app, or an object to one
    Add(add::Add),
    /// Look for what is wrong beside what the compiler says
    Check(check::Check),
    /// Print the script with which a shell completes `cargo appos`
    Completions(completions::Completions),
    /// Look at the systems outside that a platform calls, and try them
    Connection(connection::Connection),
    /// Build and run a project, and do it again after each change; open pages reload
    Dev(dev::Dev),
    /// Look for what is wrong around a project: toolchain, settings, database, folders, clock, port
    Doctor(doctor::Doctor),
    /// Show what uses an object, what it uses, and what a change of it reaches
    Impact(impact::Impact),
    /// Show what was executed, by whom, and what went wrong
    Logs(logs::Logs),
    /// Let an AI assistant look into a project, with the rights of a user, over the Model Context Protocol
    Mcp(mcp::Mcp),
    /// Write a migration for what has changed in the records, and apply it
    Migrate(migrate::Migrate),
    /// Make a new project
    New(new::New),
    /// List the objects of a project
    Objects(objects::Objects),
    /// List which group may do what, as the code says it
    Permissions(permissions::Permissions),
    /// Look at instances of processes, and steer them
    Process(process::Process),
    /// List the routes of the objects
    Routes(routes::Routes),
    /// Enter the secrets of connected systems; make the key of what a platform keeps sealed, and change it
    Secrets(secrets::Secrets),
    /// Run the tests, or those that a change reaches
    Test(test::Test),
    /// Show the tree of calls around an execution
    Trace(trace::Trace),
    /// Look at accounts, and change them
    User(user::User),
    /// Say whether a user may do something, and why
    Why(why::Why),
}

impl Command {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        match self {
            Self::Add(add) => add.run(terminal),
            Self::Check(check) => check.run(terminal),
            Self::Completions(completions) => completions.run(terminal, crate::arguments()),
            Self::Connection(connection) => connection.run(terminal),
            Self::Dev(dev) => dev.run(terminal),
            Self::Doctor(doctor) => doctor.run(terminal),
            Self::Impact(impact) => impact.run(terminal),
            Self::Logs(logs) => logs.run(terminal),
            Self::Mcp(mcp) => mcp.run(terminal),
            Self::Migrate(migrate) => migrate.run(terminal),
            Self::New(new) => new.run(terminal),
            Self::Objects(objects) => objects.run(terminal),
            Self::Permissions(permissions) => permissions.run(terminal),
            Self::Process(process) => process.run(terminal),
            Self::Routes(routes) => routes.run(terminal),
            Self::Secrets(secrets) => secrets.run(terminal),
            Self::Test(test) => test.run(terminal),
            Self::Trace(trace) => trace.run(terminal),
            Self::User(user) => user.run(terminal),
            Self::Why(why) => why.run(terminal),
        }
    }
}

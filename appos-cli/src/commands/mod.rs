//! One file a command: arguments, work, report.

#[doc = include_str!("../../docs/check.md")]
pub mod check;
pub mod dev;
pub mod doctor;
#[doc = include_str!("../../docs/impact.md")]
pub mod impact;
pub mod migrate;
pub mod objects;
pub mod permissions;
pub mod routes;
pub mod user;
pub mod why;

use clap::Subcommand;

use crate::terminal::{Failure, Terminal};

/// What can be asked for.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Look for what is wrong beside what the compiler says
    Check(check::Check),
    /// Build and run a project, and do it again after each change; open pages reload
    Dev(dev::Dev),
    /// Look for what is wrong around a project: toolchain, settings, database, folders, clock, port
    Doctor(doctor::Doctor),
    /// Show what uses an object, what it uses, and what a change of it reaches
    Impact(impact::Impact),
    /// Write a migration for what has changed in the records, and apply it
    Migrate(migrate::Migrate),
    /// List the objects of a project
    Objects(objects::Objects),
    /// List which group may do what, as the code says it
    Permissions(permissions::Permissions),
    /// List the routes of the objects
    Routes(routes::Routes),
    /// Look at accounts, and change them
    User(user::User),
    /// Say whether a user may do something, and why
    Why(why::Why),
}

impl Command {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        match self {
            Self::Check(check) => check.run(terminal),
            Self::Dev(dev) => dev.run(terminal),
            Self::Doctor(doctor) => doctor.run(terminal),
            Self::Impact(impact) => impact.run(terminal),
            Self::Migrate(migrate) => migrate.run(terminal),
            Self::Objects(objects) => objects.run(terminal),
            Self::Permissions(permissions) => permissions.run(terminal),
            Self::Routes(routes) => routes.run(terminal),
            Self::User(user) => user.run(terminal),
            Self::Why(why) => why.run(terminal),
        }
    }
}

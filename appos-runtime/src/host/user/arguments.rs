//! What can be asked of `__user`.

use clap::{Args, Subcommand, ValueEnum};

use crate::security::UserType;

/// Arguments of `__user`.
#[derive(Args)]
pub(in crate::host) struct UserArguments {
    #[command(subcommand)]
    pub(super) verb: Verb,
}

/// What to do. A login is an e-mail address, the part before its `@`, a name or a number.
#[derive(Subcommand)]
pub(super) enum Verb {
    /// All accounts
    List,
    /// One account
    Show { login: String },
    /// A new account
    Create(Creation),
    /// Set a password, read from the input
    Password { login: String },
    /// Switch an account off
    Deactivate { login: String },
    /// Switch an account on again
    Activate { login: String },
    /// Make an account a member of a group
    AddTo { login: String, group: String },
    /// End a membership
    RemoveFrom { login: String, group: String },
    /// A link by which an account without a password gets its first one
    Invite { login: String },
    /// A link by which an account gets another password
    ResetLink { login: String },
    /// A link by which the first administrator is made
    SetupLink,
}

/// A new account.
#[derive(Args)]
pub(super) struct Creation {
    pub(super) email: String,
    /// Name for people; the e-mail address if none is given
    #[arg(long)]
    pub(super) name: Option<String>,
    /// Groups it is a member of
    #[arg(long = "group")]
    pub(super) groups: Vec<String>,
    #[arg(long = "type", default_value = "basic")]
    pub(super) user_type: Sort,
    /// Set a password, read from the input
    #[arg(long)]
    pub(super) password: bool,
}

/// The sort of an account.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(super) enum Sort {
    Basic,
    SystemAdmin,
    ServiceAccount,
}

impl From<Sort> for UserType {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Basic => Self::Basic,
            Sort::SystemAdmin => Self::SystemAdmin,
            Sort::ServiceAccount => Self::ServiceAccount,
        }
    }
}

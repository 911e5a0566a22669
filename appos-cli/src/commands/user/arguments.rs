//! What can be asked of `cargo appos user`, and what is asked of the program.

use std::fmt::Write;
use std::path::Path;

use clap::{Args, Subcommand, ValueEnum};
use serde_json::Value as Json;

use super::password::{Secret, asked, read};
use super::shown;
use crate::project::ask::{ask, program};
use crate::project::built::built;
use crate::project::locate;
use crate::terminal::{Failure, Terminal};

/// Arguments of `cargo appos user`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo appos user list
  cargo appos user create ann@example.com --name \"Ann Lee\" --group crm_users
  cargo appos user password ann                     asks twice, and shows nothing
  pass show ann | cargo appos user password ann --password-stdin
  cargo appos user add-to ann crm_admins
  cargo appos user deactivate ann@example.com
  cargo appos user invite ann                       a link by which she chooses a password
  cargo appos user setup-link                       a new link, if there is no administrator yet

A login is an e-mail address, the part before its `@`, a name or a number. Everything is done by the
project's own program, as the account `operator` (number -2): with the checks of the platform, its
audit log and its security log. A platform that serves meanwhile notices within a second.
Exit codes: 0 done, 1 it did not work, 2 it was not asked for correctly.")]
pub struct User {
    #[command(subcommand)]
    verb: Verb,
    /// Package of the platform, if the workspace has several
    #[arg(long, short, value_name = "NAME", global = true)]
    package: Option<String>,
    /// Print JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// List all accounts
    #[command(
        after_help = "Examples:\n  cargo appos user list\n  cargo appos user list --json | jq -r '.users[].email'"
    )]
    List,
    /// Show one account
    #[command(after_help = "Examples:\n  cargo appos user show ann\n  cargo appos user show ann@example.com --json")]
    Show {
        /// Who is meant
        login: String,
    },
    /// Make an account
    #[command(
        after_help = "Examples:\n  cargo appos user create ann@example.com\n  cargo appos user create ann@example.com --name \"Ann Lee\" --group crm_users"
    )]
    Create(Create),
    /// Set a password, which ends the sessions of the account
    #[command(
        after_help = "Examples:\n  cargo appos user password ann\n  pass show ann | cargo appos user password ann --password-stdin"
    )]
    Password {
        /// Who is meant
        login: String,
        /// Read it from the input instead of asking for it
        #[arg(long)]
        password_stdin: bool,
    },
    /// Switch an account off
    #[command(
        after_help = "Examples:\n  cargo appos user deactivate ann@example.com\n  cargo appos user deactivate ann --json"
    )]
    Deactivate {
        /// Who is meant
        login: String,
    },
    /// Switch an account on again
    #[command(
        after_help = "Examples:\n  cargo appos user activate ann@example.com\n  cargo appos user activate ann --json"
    )]
    Activate {
        /// Who is meant
        login: String,
    },
    /// Make an account a member of a group
    #[command(
        after_help = "Examples:\n  cargo appos user add-to ann crm_admins\n  cargo appos user add-to ann@example.com crm_users --json"
    )]
    AddTo {
        /// Who is meant
        login: String,
        /// Name of the group
        group: String,
    },
    /// End a membership
    #[command(
        after_help = "Examples:\n  cargo appos user remove-from ann crm_admins\n  cargo appos user remove-from ann@example.com crm_users --json"
    )]
    RemoveFrom {
        /// Who is meant
        login: String,
        /// Name of the group
        group: String,
    },
    /// Make a link by which an account without a password gets its first one
    #[command(
        after_help = "Examples:\n  cargo appos user invite ann\n  cargo appos user invite ann@example.com --json"
    )]
    Invite {
        /// Who is meant
        login: String,
    },
    /// Make a link by which an account gets another password
    #[command(
        after_help = "Examples:\n  cargo appos user reset-link ann\n  cargo appos user reset-link ann@example.com --json"
    )]
    ResetLink {
        /// Who is meant
        login: String,
    },
    /// Make a new link by which the first administrator is made
    #[command(after_help = "Examples:\n  cargo appos user setup-link\n  cargo appos user setup-link --json")]
    SetupLink,
}

#[derive(Debug, Args)]
struct Create {
    /// E-mail address; or a name, with `--email`
    login: String,
    /// E-mail address, if the login is none
    #[arg(long)]
    email: Option<String>,
    /// Name for people
    #[arg(long)]
    name: Option<String>,
    /// A group it is a member of; repeatable
    #[arg(long = "group", value_name = "NAME")]
    groups: Vec<String>,
    /// The sort of account
    #[arg(long = "type", value_name = "TYPE", default_value = "basic")]
    sort: Sort,
    /// Read a password from the input; without, it is asked for on a terminal
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Sort {
    Basic,
    SystemAdmin,
    ServiceAccount,
}

impl Sort {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::SystemAdmin => "system_admin",
            Self::ServiceAccount => "service_account",
        }
    }
}

impl User {
    pub(crate) fn run(self, terminal: Terminal) -> Result<(), Failure> {
        // Asked before anything is built: who types should not have to wait.
        let (arguments, password) = self.verb.asks(terminal)?;
        let platform = locate::platform(Path::new("."), self.package.as_deref())?;
        let built = built(&platform)?;
        let mut command = program(&platform, &built.program, "__user");
        command.args(&arguments);
        let answer = ask(command, password.as_ref().map(|password| password.expose().as_bytes()))?;
        if self.json {
            terminal.json(&answer)?;
            return if answer["error"].is_null() { Ok(()) } else { Err(Failure::told(1)) };
        }
        if answer["error"].is_object() {
            return Err(refused(&answer["error"]));
        }
        shown::shown(terminal, self.verb.done(), &answer)
    }
}

impl Verb {
    /// What the program is told, and the password for its input.
    fn asks(&self, terminal: Terminal) -> Result<(Vec<String>, Option<Secret>), Failure> {
        let words = |verb: &str, more: &[&String]| {
            // A name may begin with anything.
            let more = more.iter().map(|word| (*word).clone());
            [verb.to_owned(), "--".to_owned()].into_iter().chain(more).collect::<Vec<_>>()
        };
        Ok(match self {
            Self::List => (vec!["list".to_owned()], None),
            Self::SetupLink => (vec!["setup-link".to_owned()], None),
            Self::Invite { login } => (words("invite", &[login]), None),
            Self::ResetLink { login } => (words("reset-link", &[login]), None),
            Self::Show { login } => (words("show", &[login]), None),
            Self::Deactivate { login } => (words("deactivate", &[login]), None),
            Self::Activate { login } => (words("activate", &[login]), None),
            Self::AddTo { login, group } => (words("add-to", &[login, group]), None),
            Self::RemoveFrom { login, group } => (words("remove-from", &[login, group]), None),
            Self::Password { login, password_stdin } => {
                let password = if *password_stdin { Some(read()?) } else { asked(terminal, false)? };
                (words("password", &[login]), password)
            }
            Self::Create(create) => create.asks(terminal)?,
        })
    }

    /// What was done, for people.
    fn done(&self) -> shown::Done<'_> {
        use shown::Done;
        match self {
            Self::List => Done::List,
            Self::Show { .. } => Done::Show,
            Self::SetupLink => Done::Link("Set up the first administrator", ", while the platform serves there"),
            Self::Invite { .. } => Done::Link("Invitation", ""),
            Self::ResetLink { .. } => Done::Link("A new password", ""),
            Self::Create(_) => Done::Changed("made", "is there already"),
            Self::Password { .. } => Done::Changed("has a new password; its sessions have ended", ""),
            Self::Deactivate { .. } => Done::Changed("is switched off", "was switched off already"),
            Self::Activate { .. } => Done::Changed("is switched on", "was switched on already"),
            Self::AddTo { group, .. } => Done::Membership("is in", "was already in", group),
            Self::RemoveFrom { group, .. } => Done::Membership("is no longer in", "was not in", group),
        }
    }
}

impl Create {
    fn asks(&self, terminal: Terminal) -> Result<(Vec<String>, Option<Secret>), Failure> {
        let (email, named) = match &self.email {
            Some(email) => (email, Some(&self.login)),
            None => (&self.login, None),
        };
        if !email.contains('@') {
            let help = format!("write `cargo appos user create {email} --email {email}@example.com`");
            return Err(Failure::usage(format!("`{email}` is no e-mail address"), help));
        }
        let has_password = self.sort != Sort::ServiceAccount;
        let password = match (self.password_stdin, has_password) {
            (true, true) => Some(read()?),
            (true, false) => {
                return Err(Failure::usage("a service account has no password", "it signs in by an API key"));
            }
            (false, true) if terminal.can_ask() => asked(terminal, true)?,
            (false, _) => None,
        };
        let mut arguments = vec!["create".to_owned(), format!("--type={}", self.sort.as_str())];
        arguments.extend(self.name.as_ref().or(named).map(|name| format!("--name={name}")));
        arguments.extend(self.groups.iter().map(|group| format!("--group={group}")));
        arguments.extend(password.is_some().then(|| "--password".to_owned()));
        arguments.extend(["--".to_owned(), email.clone()]);
        Ok((arguments, password))
    }
}

/// Why the program did not do it.
fn refused(error: &Json) -> Failure {
    let text = |key: &str| error[key].as_str().unwrap_or_default().to_owned();
    let mut message = text("message");
    for field in error["fields"].as_array().into_iter().flatten() {
        let part = |key: &str| field[key].as_str().unwrap_or_default();
        // Writing to a text cannot fail.
        let _ = write!(message, "\n  {}: {}", part("field"), part("message"));
    }
    Failure::work(message, text("help"))
}

//! The program's answers, for people.

use serde::Deserialize;
use serde_json::Value as Json;

use crate::terminal::{Failure, Terminal};

/// What was asked for.
#[derive(Clone, Copy)]
pub(super) enum Done<'a> {
    List,
    Show,
    /// What a link is for, and what else it takes.
    Link(&'a str, &'a str),
    /// What is said of an account that was changed, or was so before.
    Changed(&'a str, &'a str),
    /// The same of a membership in this group.
    Membership(&'a str, &'a str, &'a str),
}

#[derive(Deserialize)]
struct Account {
    id: i64,
    email: String,
    name: String,
    user_type: String,
    active: bool,
    password: bool,
    groups: Vec<String>,
    language: Option<String>,
    created_at: String,
    #[serde(default)]
    starts: Vec<String>,
}

#[derive(Deserialize)]
struct Link {
    url: String,
    holds_for_seconds: u64,
}

fn read<T: for<'a> Deserialize<'a>>(json: &Json) -> Result<T, Failure> {
    T::deserialize(json).map_err(|error| Failure::work(format!("the program's answer cannot be read: {error}"), ""))
}

/// Prints an answer.
pub(super) fn shown(terminal: Terminal, done: Done<'_>, answer: &Json) -> Result<(), Failure> {
    let changed = answer["changed"].as_bool().unwrap_or(true);
    match done {
        Done::List => list(terminal, read(&answer["users"])?),
        Done::Show => terminal.text(&text(&read(&answer["user"])?)),
        Done::Link(what, when) => {
            let link: Link = read(answer)?;
            terminal.line(&format!("{what}: {}", link.url))?;
            terminal.line(&format!("It holds for {}, once{when}.", time(link.holds_for_seconds)))
        }
        Done::Changed(now, before) => {
            let account: Account = read(&answer["user"])?;
            terminal.line(&format!("{} {}", account.email, if changed { now } else { before }))?;
            without_password(terminal, &account)
        }
        Done::Membership(now, before, group) => {
            let account: Account = read(&answer["user"])?;
            terminal.line(&format!("{} {} {group}", account.email, if changed { now } else { before }))
        }
    }
}

/// A time in the largest unit that it is a whole number of.
fn time(seconds: u64) -> String {
    let units = [("days", 86_400), ("hours", 3600), ("minutes", 60)];
    let unit = units.into_iter().find(|(_, size)| seconds > *size && seconds.is_multiple_of(*size));
    unit.map_or_else(|| format!("{seconds} seconds"), |(unit, size)| format!("{} {unit}", seconds / size))
}

fn list(terminal: Terminal, accounts: Vec<Account>) -> Result<(), Failure> {
    if accounts.is_empty() {
        return terminal.line("there are no users yet: `cargo appos user setup-link` leads to the first one");
    }
    let rows = accounts.into_iter().map(|account| {
        let state = state(&account);
        [account.id.to_string(), account.email, account.name, state, account.groups.join(", ")]
    });
    terminal.table(["Id", "E-mail", "Name", "State", "Groups"], rows)
}

/// What is particular about an account, in a word.
fn state(account: &Account) -> String {
    match (account.active, account.user_type.as_str(), account.password) {
        (false, _, _) => "switched off",
        (true, "service_account", _) => "service account",
        (true, _, false) => "no password",
        (true, "system_admin", true) => "administrator",
        (true, _, true) => "active",
    }
    .to_owned()
}

fn text(account: &Account) -> String {
    let groups = if account.groups.is_empty() { "none".to_owned() } else { account.groups.join(", ") };
    let starts =
        if account.starts.is_empty() { String::new() } else { format!("  starts    {}\n", account.starts.join(", ")) };
    let yes = |is: bool| if is { "yes" } else { "no" };
    format!(
        "{} ({})\n  id        {}\n  type      {}\n  active    {}\n  password  {}\n  groups    {groups}\n  language  {}\n  created   {}\n{starts}",
        account.email,
        account.name,
        account.id,
        account.user_type,
        yes(account.active),
        yes(account.password),
        account.language.as_deref().unwrap_or("of the browser"),
        account.created_at,
    )
}

fn without_password(terminal: Terminal, account: &Account) -> Result<(), Failure> {
    if account.password || !account.active || account.user_type == "service_account" {
        return Ok(());
    }
    let email = &account.email;
    terminal.line(&format!("  it cannot sign in before it has a password: `cargo appos user password {email}`"))
}

//! Secrets of systems outside: entered, listed, forgotten. They are never shown.

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::arguments::{Named, Set};
use super::value::value;
use crate::escape::escaped;
use crate::project::outside::{Asking, asked, read};
use crate::terminal::{Failure, Tone};

#[derive(Deserialize)]
struct Secret {
    name: String,
    source: String,
    needed_by: Vec<String>,
    changed_at: Option<String>,
    changed_by_name: Option<String>,
}

/// What became of a change.
#[derive(Deserialize)]
struct Changed {
    needed_by: Vec<String>,
}

/// A name is looked at before anything is built or asked for: who mistypes should not have to wait.
fn checked(named: &Named) -> Result<&str, Failure> {
    let name = named.name.as_str();
    let looks = name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.len() <= 100
        && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    if looks {
        return Ok(name);
    }
    // It may be the secret itself, which is not said again.
    let help = "it has capital letters, digits and underscores: `cargo appos secrets set PAYMENTS_KEY`";
    Err(Failure::usage("this is no name of a secret", help))
}

pub(super) fn set(by: Asking<'_>, set: &Set) -> Result<(), Failure> {
    let name = checked(&set.named)?;
    let secret = value(by.terminal, name, set.file.as_deref())?;
    let answer = asked(by, "set-secret", &json!({ "name": name, "value": secret.expose() }))?;
    changed(by, &answer, &format!("{name} is stored; programs that serve use it with their next call"))
}

pub(super) fn delete(by: Asking<'_>, named: &Named) -> Result<(), Failure> {
    let name = checked(named)?;
    let answer = asked(by, "delete-secret", &json!({ "name": name }))?;
    changed(by, &answer, &format!("{name} is forgotten"))
}

fn changed(by: Asking<'_>, answer: &Json, told: &str) -> Result<(), Failure> {
    if by.json {
        return by.terminal.json(answer);
    }
    let Changed { needed_by } = read(answer)?;
    by.terminal.line(told)?;
    if needed_by.is_empty() {
        return by.terminal.line("  no connected system needs it: look whether its name is right");
    }
    by.terminal.line(&format!("  needed by {}", escaped(&needed_by.join(", "))))?;
    by.terminal.line("  cargo appos connection test")
}

pub(super) fn list(by: Asking<'_>) -> Result<(), Failure> {
    let answer = asked(by, "secrets", &json!({}))?;
    if by.json {
        return by.terminal.json(&answer);
    }
    let secrets: Vec<Secret> = read(&answer["secrets"])?;
    if secrets.is_empty() {
        return by.terminal.line("no secret is stored, and no connected system needs one");
    }
    let rows = secrets.into_iter().map(|secret| {
        let (tone, source) = match secret.source.as_str() {
            "stored" => (Tone::Green, "stored"),
            "environment" => (Tone::Green, "environment"),
            _ => (Tone::Red, "missing"),
        };
        let at = secret.changed_at.as_deref().unwrap_or_default();
        let at = at.get(..19).unwrap_or(at).replace('T', " ");
        let who = secret.changed_by_name.unwrap_or_default();
        let needed = if secret.needed_by.is_empty() { "nothing".to_owned() } else { secret.needed_by.join(", ") };
        [
            escaped(&secret.name).into_owned(),
            by.terminal.coloured(source, tone),
            at,
            escaped(&who).into_owned(),
            escaped(&needed).into_owned(),
        ]
    });
    by.terminal.table(["Secret", "Where", "Set", "By", "Needed by"], rows)
}

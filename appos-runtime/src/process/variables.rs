//! `ctx.var`: values that live as long as an instance, seen by all of its steps and by whoever looks at it.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sha2::Sha256;

use super::entry::row;
use super::entry::{Entry, EntryKind, EntryState};
use super::inside::Inside;
use super::run::Branch;
use super::search::search_text;
use crate::error::{AppOsError, Result};
use crate::state::{KeepsVariables, Visibility};

/// A variable with its value; of a hidden one, a hash of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Variable {
    pub(super) visibility: Visibility,
    pub(super) value: Json,
}

/// Longest name.
const LONGEST_NAME: usize = 100;

/// The variables of the process in which a call runs.
pub(super) struct ProcessVariables;

impl ProcessVariables {
    pub(super) fn shared() -> Arc<dyn KeepsVariables> {
        Arc::new(Self)
    }
}

impl KeepsVariables for ProcessVariables {
    fn set(&self, name: &str, visibility: Visibility, value: Json) -> Result<()> {
        if name.is_empty() || name.len() > LONGEST_NAME {
            let error = format!("the name of a variable has 1 to {LONGEST_NAME} bytes");
            return Err(AppOsError::validation(error).code_is("invalid_variable"));
        }
        let value = match visibility {
            Visibility::Hidden => {
                Json::String(hashed(&value, &uuid::Uuid::new_v7(uuid::Timestamp::now(uuid::NoContext)).to_string()))
            }
            Visibility::Searchable => {
                search_text(&value)?;
                value
            }
            _ => value,
        };
        let variable = Variable { visibility, value };
        if let Some(inside) = Inside::current() {
            inside.set(name.to_owned(), variable);
            return Ok(());
        }
        set_in_body(name, variable)
    }

    fn get(&self, name: &str) -> Result<Option<Json>> {
        let Some(variable) = find(name)? else { return Ok(None) };
        match variable.visibility {
            Visibility::Hidden => {
                let error = format!("`{name}` is hidden: only its hash is kept; ask with `ctx.var.matches`");
                Err(AppOsError::execution(error).code_is("hidden_variable"))
            }
            _ => Ok(Some(variable.value)),
        }
    }

    fn matches(&self, name: &str, value: &Json) -> Result<bool> {
        let Some(variable) = find(name)? else { return Ok(false) };
        if variable.visibility != Visibility::Hidden {
            return Ok(variable.value == *value);
        }
        let kept = variable.value.as_str().unwrap_or_default();
        let salt = kept.split_once('$').map_or("", |(salt, _)| salt);
        Ok(subtle::ConstantTimeEq::ct_eq(kept.as_bytes(), hashed(value, salt).as_bytes()).into())
    }
}

fn find(name: &str) -> Result<Option<Variable>> {
    if let Some(inside) = Inside::current() {
        let own = inside.get(name);
        return Ok(own.or_else(|| inside.run.state().variables.get(name).cloned()));
    }
    let branch = Branch::current("ctx.var")?;
    Ok(branch.run.state().variables.get(name).cloned())
}

/// The value that is set first is the one that counts, whatever the body works out when it runs again.
fn set_in_body(name: &str, variable: Variable) -> Result<()> {
    let branch = Branch::current("ctx.var")?;
    let (run, place) = (&branch.run, branch.next());
    let mut state = run.state();
    let known = match state.history.at(&place, (EntryKind::Variable, name)) {
        Ok(entry) => entry.and_then(|entry| serde_json::from_value::<Variable>(entry.result.clone()?).ok()),
        Err(parked) => {
            drop(state);
            let error = AppOsError::execution(parked.message.clone()).code_is(parked.code);
            run.park(parked.code, parked.message);
            return Err(error);
        }
    };
    let is_new = known.is_none();
    let variable = known.unwrap_or(variable);
    state.variables.insert(name.to_owned(), variable.clone());
    if is_new {
        let now = run.work.now();
        let entry = Entry {
            kind: EntryKind::Variable,
            name: name.to_owned(),
            state: EntryState::Completed,
            attempts: 0,
            result: Some(serde_json::to_value(&variable)?),
            error: None,
            due_at: None,
            arguments: None,
            started_at: now,
            seen: true,
        };
        let mut row = row(&place, &entry);
        row.ended_at = Some(now);
        state.history.put(place, entry);
        drop(state);
        run.note(|changes| {
            changes.entries.push(row);
            changes.variables.push((name.to_owned(), variable));
        });
    }
    Ok(())
}

/// A hash of a value with a salt of its own, so that equal values do not look equal.
fn hashed(value: &Json, salt: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(salt.as_bytes()) else { return String::new() };
    mac.update(value.to_string().as_bytes());
    format!("{salt}${}", STANDARD_NO_PAD.encode(mac.finalize().into_bytes()))
}

//! As whom something is done that the program is asked for at its machine: as the operator, or with the rights of
//! somebody whom the operator names, or whose key he was given.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value as Json;

use super::operator::Refusal;
use super::start::Started;
use super::why;
use crate::engine::Engine;
use crate::error::AppOsError;
use crate::journal::{Event, SecurityEvent};
use crate::platform::api_key::Presented;
use crate::platform::{acting_for, operator_account};
use crate::state::{Scope, ScopeBuilder};

/// As whom something is done. Holds a secret, and so is not shown.
#[derive(Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Caller {
    /// Whoever may run the program.
    #[default]
    Operator,
    /// A user, by e-mail address, the part of it before its `@`, name or number.
    User(String),
    /// The service account of an API key.
    Key(String),
}

impl Caller {
    /// Takes `as` out of what is asked for; without it everything is done as the operator.
    ///
    /// # Errors
    /// It names nobody.
    pub(super) fn taken(asked: &mut Json) -> Result<Self, Refusal> {
        let Some(named) = asked.as_object_mut().and_then(|asked| asked.remove("as")) else { return Ok(Self::Operator) };
        // What is written there may be a key: it is not repeated.
        serde_json::from_value(named).map_err(|_| {
            Refusal::new("wrong_caller", "`as` is neither `operator` nor an object with `user` or `key`", "")
        })
    }

    /// The scope in which his calls are made: with his rights of now.
    ///
    /// # Errors
    /// There is nobody of that name, he is switched off, the key does not count, or the database cannot be read.
    pub(super) async fn scope(&self, started: &Started) -> Result<Arc<Scope>, Refusal> {
        let (engine, store) = (&started.engine, &started.store);
        match self {
            Self::Operator => {
                let operator = operator_account().user;
                let rights = engine.load_rights(&operator).await?;
                Ok(ScopeBuilder::new(Arc::clone(engine), operator, rights).build())
            }
            Self::User(named) => {
                let account = why::account(store, named).await?;
                if !account.active {
                    let message = format!("the account {} is switched off", account.user.email);
                    return Err(Refusal::new("account_off", message, "`cargo appos user activate` switches it on"));
                }
                let detail = format!("{} ({})", account.user.email, account.user.id);
                note(engine, "acted_as", operator_account().user.id, detail);
                Ok(acting_for(engine, store, account.user.id).await?.build())
            }
            Self::Key(key) => {
                let found = Box::pin(started.api_keys.find(key, engine.security().epoch())).await?;
                let (account, noted) = match found {
                    Presented::Good { account, noted } => (account, noted),
                    Presented::Refused(why) => return Err(refused(engine, why)),
                };
                if let Some(key) = noted {
                    note(engine, "key_used", account.user.id, format!("key {key}, at the platform's machine"));
                }
                Ok(acting_for(engine, store, account.user.id).await?.build())
            }
        }
    }
}

/// Why a key does not count stands in the security log, as it does for one that comes over HTTP.
fn refused(engine: &Engine, why: String) -> Refusal {
    note(engine, "key_refused", 0, why);
    AppOsError::security("the API key is wrong, has expired or was revoked").code_is("bad_api_key").into()
}

fn note(engine: &Engine, action: &'static str, user_id: i64, detail: String) {
    engine.journal.record(Event::Security(Box::new(SecurityEvent {
        at_us: u64::try_from(engine.clock.unix_us()).unwrap_or_default(),
        execution_id: None,
        object: None,
        action,
        permission: None,
        user_id,
        detail,
        address: None,
        change: None,
    })));
}

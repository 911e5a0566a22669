//! What is done with accounts: in one transaction, of which other programs learn.

use std::future::Future;
use std::io::Read;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::arguments::{Creation, Verb};
use super::{Refusal, account};
use crate::codegen_support::{Record, RecordQuery};
use crate::config::{ServerConfig, SignInConfig};
use crate::error::{AppOsError, Result};
use crate::model::new_row;
use crate::platform::records::{Membership, User, UserPatch, UserTypeChoice};
use crate::platform::rules::{Secret, create_password_reset, create_setup_token, invite_user, set_password};
use crate::platform::setup::LINK_HOLDS;
use crate::platform::sign_in::Purpose;
use crate::record::{Store, transaction};
use crate::security::UserType;
use crate::value::{FieldValue, Id, Value};

/// Most bytes that are read as a password; more than one may have.
const LONGEST_PASSWORD: u64 = 4096;

/// What the verbs work with.
pub(super) struct Work {
    pub(super) store: Arc<Store>,
    pub(super) server: ServerConfig,
    pub(super) sign_in: SignInConfig,
}

impl Work {
    /// Does one thing.
    ///
    /// # Errors
    /// It may not be done, or names what is not there; then nothing was done.
    pub(super) async fn done(&self, verb: Verb) -> Result<Json, Refusal> {
        match verb {
            Verb::List => Ok(json!({ "users": account::all(&self.store).await? })),
            Verb::Show { login } => {
                let user = account::user(&self.store, &login).await?;
                Ok(json!({ "user": account::one(&self.store, user.id).await? }))
            }
            Verb::Create(creation) => self.create(creation).await,
            Verb::Password { login } => {
                let user = account::user(&self.store, &login).await?;
                let password = password()?;
                self.change(user.id, async { set_password(user.id, password).await.map(|()| true) }).await
            }
            Verb::Deactivate { login } => self.switch(&login, false).await,
            Verb::Activate { login } => self.switch(&login, true).await,
            Verb::AddTo { login, group } => {
                let user = account::user(&self.store, &login).await?;
                let group = account::group(&group).await?;
                let id = user.id;
                self.change(id, async {
                    if Membership::query().user(id).group(group.id).exists().await? {
                        return Ok(false);
                    }
                    join(id, group.id.get()).await.map(|()| true)
                })
                .await
            }
            Verb::RemoveFrom { login, group } => {
                let user = account::user(&self.store, &login).await?;
                let group = account::group(&group).await?;
                self.change(user.id, async {
                    match Membership::query().user(user.id).group(group.id).first().await? {
                        Some(membership) => membership.delete().await.map(|()| true),
                        None => Ok(false),
                    }
                })
                .await
            }
            Verb::Invite { login } => self.link(&login, Purpose::Invitation).await,
            Verb::ResetLink { login } => self.link(&login, Purpose::Reset).await,
            Verb::SetupLink => self.setup_link().await,
        }
    }

    /// Changes an account. `true` from the body: something is different now.
    async fn change(&self, id: Id<User>, body: impl Future<Output = Result<bool>>) -> Result<Json, Refusal> {
        let changed = transaction(body).await?;
        Ok(json!({ "changed": changed, "user": account::one(&self.store, id).await? }))
    }

    async fn switch(&self, login: &str, active: bool) -> Result<Json, Refusal> {
        let user = account::user(&self.store, login).await?;
        let id = user.id;
        let changes = user.active != active;
        self.change(id, async move {
            if changes {
                user.update(UserPatch { active: Some(active), ..UserPatch::default() }).await?;
            }
            Ok(changes)
        })
        .await
    }

    async fn create(&self, creation: Creation) -> Result<Json, Refusal> {
        let Creation { email, name, groups, user_type, password: with_password } = creation;
        let user_type = UserType::from(user_type);
        let mut members = Vec::new();
        for group in &groups {
            members.push(account::group(group).await?.id.get());
        }
        let password = if with_password { Some(password()?) } else { None };
        let email = email.trim().to_lowercase();
        let name = name.unwrap_or_else(|| email.clone());
        let created = transaction(async move {
            let row = vec![
                Value::Text(email),
                Value::Text(name),
                UserTypeChoice(user_type).into_value(),
                Value::Bool(true),
                Value::Null,
            ];
            let user = User::create(new_row(row)?).await?;
            for group in members {
                join(user.id, group).await?;
            }
            if let Some(password) = password {
                set_password(user.id, password).await?;
            }
            Ok::<_, AppOsError>(user.id)
        });
        let id = created.await?;
        Ok(json!({ "changed": true, "user": account::one(&self.store, id).await? }))
    }

    async fn link(&self, login: &str, purpose: Purpose) -> Result<Json, Refusal> {
        let user = account::user(&self.store, login).await?;
        let link = match purpose {
            Purpose::Invitation => invite_user(user.id).await?,
            Purpose::Reset => create_password_reset(user.id).await?,
        };
        let holds = match purpose {
            Purpose::Invitation => self.sign_in.invitation_valid_for,
            Purpose::Reset => self.sign_in.reset_valid_for,
        };
        let user = account::one(&self.store, user.id).await?;
        Ok(json!({ "user": user, "url": link.expose(), "holds_for_seconds": holds.as_secs() }))
    }

    async fn setup_link(&self) -> Result<Json, Refusal> {
        let token = create_setup_token().await.map_err(|error| {
            let help = "`cargo appos user password <login>` gives it a new password";
            if error.code() == "has_administrator" {
                Refusal::new(error.code(), error.message(), help)
            } else {
                error.into()
            }
        })?;
        let ServerConfig { host, port, public_url, .. } = &self.server;
        let url = public_url.clone().unwrap_or_else(|| format!("http://{host}:{port}"));
        Ok(json!({ "url": format!("{url}/setup?token={}", token.expose()), "holds_for_seconds": LINK_HOLDS }))
    }
}

async fn join(user: Id<User>, group: i64) -> Result<()> {
    let row = vec![Value::Integer(user.get()), Value::Integer(group)];
    Membership::create(new_row(row)?).await.map(drop)
}

/// The password on the input: one line, whose end is no part of it.
fn password() -> Result<Secret, Refusal> {
    let mut text = String::new();
    let read = std::io::stdin().take(LONGEST_PASSWORD).read_to_string(&mut text);
    read.map_err(|error| {
        Refusal::new("no_password", format!("the password cannot be read: {error}"), "write it as UTF-8")
    })?;
    let text = text.strip_suffix('\n').unwrap_or(&text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    if text.contains(['\n', '\r', '\0']) {
        return Err(Refusal::new("no_password", "the password has more than one line", "write it as one line"));
    }
    Ok(Secret::from(text.to_owned()))
}

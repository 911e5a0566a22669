//! Rules of the platform: what an administrator does that is not a plain write of a row.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use secrecy::SecretString;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::json;

use super::acting::enqueue_as_system;
use super::api_key::{ApiKey, ApiKeys};
use super::identity::{Account, account_by_id};
use super::password::{hash_password, keeping, password_version, strong_enough};
use super::records::User;
use super::session::Sessions;
use super::sign_in::{Links, Purpose};
use crate::codegen_support::{ArgumentReader, dispatch, to_json};
use crate::error::{AppOsError, Result};
use crate::journal::{Event, LoggedArguments, SecurityEvent, is_redacting};
use crate::record::Store;
use crate::registry::{
    ObjectDescriptor, ObjectDetail, ObjectKind, Parameter, PermissionLists, Registration, RuleDescriptor, Slot,
};
use crate::security::{Decision, Permission, UserType};
use crate::state::Ctx;
use crate::value::{DateTime, Id};

/// A text that is given out once and shown in no log and no debug output.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(if is_redacting() { "[secret]" } else { &self.0 })
    }
}

/// The descriptor of a rule of the platform.
macro_rules! platform_rule {
    ($object:ident, $rule:ident, $name:literal, $description:literal, $returns:literal,
     [$($parameter:ident: $ty:ty),*], $call:expr) => {
        platform_rule!($object, $rule, $name, $description, $returns, use [$crate::security::SYSTEM_ADMIN],
            [$($parameter: $ty),*], $call);
    };
    // What everybody does with what is his own; the body asks who that is.
    ($object:ident, $rule:ident, $name:literal, $description:literal, $returns:literal,
     [$($parameter:ident: $ty:ty),*], $call:expr, everyone) => {
        platform_rule!($object, $rule, $name, $description, $returns, use [$crate::security::PUBLIC_ACCESS],
            [$($parameter: $ty),*], $call);
    };
    ($object:ident, $rule:ident, $name:literal, $description:literal, $returns:literal, use [$group:expr],
     [$($parameter:ident: $ty:ty),*], $call:expr) => {
        static $rule: RuleDescriptor = RuleDescriptor {
            parameters: &[$(Parameter { name: stringify!($parameter), type_name: stringify!($ty) }),*],
            returns: $returns,
            cache: None,
            invoke: |arguments| {
                Box::pin(async move {
                    #[allow(unused_mut, reason = "a rule without parameters reads none")]
                    let mut reader = ArgumentReader::new(arguments, $rule.parameters)?;
                    $(let $parameter = reader.take::<$ty>(stringify!($parameter));)*
                    reader.finish()?;
                    $(let $parameter = $parameter?;)*
                    to_json($call.await?)
                })
            },
        };
        static $object: ObjectDescriptor = ObjectDescriptor {
            reference: concat!("platform.rules.", $name),
            kind: ObjectKind::Rule,
            app: crate::platform::APP,
            name: $name,
            module: module_path!(),
            file: file!(),
            line: line!(),
            description: $description,
            permissions: PermissionLists {
                view: Some(&[$group]),
                use_: Some(&[$group]),
                create: None,
                update: None,
                delete: None,
                admin: None,
            },
            public_access: false,
            timeout: None,
            detail: ObjectDetail::Rule(&$rule),
            slot: Slot::new(),
        };
        inventory::submit! { Registration(&$object) }
    };
}

pub(crate) use platform_rule;

pub use super::preferences::{PreferencesGiven, set_preferences};

platform_rule!(SET_PASSWORD, SET_PASSWORD_RULE, "set_password", "Sets the password of a user and ends the user's sessions.", "()",
    [user: Id<User>, password: Secret], set_password(user, password));
platform_rule!(INVITE_USER, INVITE_USER_RULE, "invite_user", "Makes a link by which a user without a password chooses one; it is shown once.", "Secret",
    [user: Id<User>], invite_user(user));
platform_rule!(CREATE_PASSWORD_RESET, CREATE_PASSWORD_RESET_RULE, "create_password_reset", "Makes a link by which a user chooses another password; it is shown once.", "Secret",
    [user: Id<User>], create_password_reset(user));
platform_rule!(CREATE_API_KEY, CREATE_API_KEY_RULE, "create_api_key", "Makes an API key for a service account; it is shown once.", "Secret",
    [user: Id<User>, name: String, expires_at: Option<DateTime>], create_api_key(user, name, expires_at));
platform_rule!(REVOKE_API_KEY, REVOKE_API_KEY_RULE, "revoke_api_key", "Ends an API key.", "bool",
    [id: i64], revoke_api_key(id));
platform_rule!(LIST_API_KEYS, LIST_API_KEYS_RULE, "list_api_keys", "Lists the API keys of a service account, without the keys themselves.", "Vec<ApiKey>",
    [user: Id<User>], list_api_keys(user));
platform_rule!(WHY, WHY_RULE, "why", "Tells whether a user has a permission for an object, and why.", "Decision",
    [user: Id<User>, permission: String, object: String], why(user, permission, object));

platform_rule!(
    CREATE_SETUP_TOKEN,
    CREATE_SETUP_TOKEN_RULE,
    "create_setup_token",
    "Makes the token of a link by which the first administrator is made, if there is none yet.",
    "Secret",
    [],
    create_setup_token()
);

/// What the engine of a call holds for the platform.
pub(crate) fn resource<T: Send + Sync + 'static>(ctx: &Ctx) -> Result<&T> {
    let resource = ctx.scope().engine.resource::<T>();
    resource.ok_or_else(|| AppOsError::dispatch("this program runs without a database").code_is("no_database"))
}

/// Tells the security log what was done.
pub(crate) fn note(ctx: &Ctx, action: &'static str, detail: String) {
    let scope = ctx.scope();
    scope.engine.journal.record(Event::Security(Box::new(SecurityEvent {
        at_us: scope.unix_us(std::time::Instant::now()),
        execution_id: Some(ctx.execution_id),
        object: ctx.object,
        action,
        permission: None,
        user_id: ctx.user.id,
        detail,
        address: ctx.request.as_ref().and_then(|request| request.address),
        change: None,
    })));
}

pub(super) fn no_such_user(id: Id<User>) -> AppOsError {
    AppOsError::validation("some fields are wrong").code_is("invalid_fields").field(
        "user",
        "broken_reference",
        format!("there is no user {id}"),
    )
}

/// The account of a user, who is a person.
async fn with_password(store: &Store, user: Id<User>) -> Result<Account> {
    let account = account_by_id(store, user.get()).await?.ok_or_else(|| no_such_user(user))?;
    if account.user.user_type == UserType::ServiceAccount {
        return Err(AppOsError::validation("a service account has no password; make an API key").field(
            "user",
            "service_account",
            "is a service account",
        ));
    }
    Ok(account)
}

/// Sets the password of a user and ends the user's sessions.
#[cfg_attr(feature = "impact", deprecated(note = "platform.rules.set_password"))]
pub fn set_password(user: Id<User>, password: Secret) -> impl Future<Output = Result<()>> + Send {
    let logged = LoggedArguments::begin().argument("user", &user).redacted("password").finish();
    dispatch(&SET_PASSWORD, logged, move |ctx, _| async move {
        let store = resource::<Store>(&ctx)?;
        with_password(store, user).await?;
        let password = SecretString::from(password.0);
        strong_enough(&password)?;
        let hash = hash_password(password).await?;
        // First of all, as whoever uses one does it.
        resource::<Links>(&ctx)?.forget(user.get()).await?;
        store.execute(&keeping(user.get(), hash, store.now())).await?;
        resource::<Sessions>(&ctx)?.end_all(user.get()).await?;
        note(&ctx, "password_set", format!("user {user}"));
        Ok(())
    })
}

/// Makes a link by which a user without a password chooses one.
#[cfg_attr(feature = "impact", deprecated(note = "platform.rules.invite_user"))]
pub fn invite_user(user: Id<User>) -> impl Future<Output = Result<Secret>> + Send {
    let logged = LoggedArguments::begin().argument("user", &user).finish();
    dispatch(&INVITE_USER, logged, move |ctx, _| link(ctx, user, Purpose::Invitation))
}

/// Makes a link by which a user chooses another password.
#[cfg_attr(feature = "impact", deprecated(note = "platform.rules.create_password_reset"))]
pub fn create_password_reset(user: Id<User>) -> impl Future<Output = Result<Secret>> + Send {
    let logged = LoggedArguments::begin().argument("user", &user).finish();
    dispatch(&CREATE_PASSWORD_RESET, logged, move |ctx, _| link(ctx, user, Purpose::Reset))
}

async fn link(ctx: Ctx, user: Id<User>, purpose: Purpose) -> Result<Secret> {
    let store = resource::<Store>(&ctx)?;
    let account = with_password(store, user).await?;
    let refused = |code: &'static str, why: &'static str| {
        Err(AppOsError::validation("there is no such link for this user").field("user", code, why))
    };
    if !account.active {
        return refused("inactive", "is switched off");
    }
    let has_password = !password_version(store, user.get()).await?.is_empty();
    match (purpose, has_password) {
        // It holds for days; who has a password already is not left open for so long.
        (Purpose::Invitation, true) => {
            return refused("has_password", "has a password; `create_password_reset` is for it");
        }
        (Purpose::Reset, false) => return refused("no_password", "has no password; `invite_user` is for it"),
        _ => {}
    }
    let links = resource::<Links>(&ctx)?;
    let url = links.create(user.get(), purpose).await?;
    if purpose == Purpose::Invitation && links.are_mailed() {
        let arguments = json!({ "user": user, "link": url });
        enqueue_as_system(ctx.scope(), "platform.rules.mail_invitation", arguments).await?;
    }
    let action = match purpose {
        Purpose::Invitation => "invitation_created",
        Purpose::Reset => "reset_link_created",
    };
    note(&ctx, action, format!("user {user}"));
    Ok(Secret(url))
}

/// Makes the token of a link by which the first administrator is made.
pub(crate) fn create_setup_token() -> impl Future<Output = Result<Secret>> + Send {
    dispatch(&CREATE_SETUP_TOKEN, LoggedArguments::none(), |ctx, _| async move {
        let token = super::setup::new_token(resource::<Store>(&ctx)?).await?;
        note(&ctx, "setup_link_created", String::new());
        Ok(Secret(token))
    })
}

/// Makes an API key for a service account.
#[cfg_attr(feature = "impact", deprecated(note = "platform.rules.create_api_key"))]
pub fn create_api_key(
    user: Id<User>,
    name: String,
    expires_at: Option<DateTime>,
) -> impl Future<Output = Result<Secret>> + Send {
    let logged = LoggedArguments::begin().argument("user", &user).argument("name", &name).finish();
    dispatch(&CREATE_API_KEY, logged, move |ctx, _| async move {
        let account = account_by_id(resource::<Store>(&ctx)?, user.get()).await?.ok_or_else(|| no_such_user(user))?;
        if account.user.user_type != UserType::ServiceAccount {
            return Err(AppOsError::validation("only a service account has API keys").field(
                "user",
                "not_a_service_account",
                "is not a service account",
            ));
        }
        if name.is_empty() || name.chars().count() > 120 {
            return Err(AppOsError::validation("some fields are wrong").field(
                "name",
                "length",
                "must have 1 to 120 characters",
            ));
        }
        let key = resource::<ApiKeys>(&ctx)?.create(user.get(), &name, expires_at).await?;
        note(&ctx, "api_key_created", format!("user {user}, key {name}"));
        Ok(Secret(key))
    })
}

/// The API keys of an account, oldest first; the keys themselves are known to nobody.
fn list_api_keys(user: Id<User>) -> impl Future<Output = Result<Vec<ApiKey>>> + Send {
    let logged = LoggedArguments::begin().argument("user", &user).finish();
    dispatch(&LIST_API_KEYS, logged, move |ctx, _| async move {
        account_by_id(resource::<Store>(&ctx)?, user.get()).await?.ok_or_else(|| no_such_user(user))?;
        resource::<ApiKeys>(&ctx)?.list(user.get()).await
    })
}

/// Ends an API key; false if there is none with this id.
fn revoke_api_key(id: i64) -> impl Future<Output = Result<bool>> + Send {
    let logged = LoggedArguments::begin().argument("id", &id).finish();
    dispatch(&REVOKE_API_KEY, logged, move |ctx, _| async move {
        let done = resource::<ApiKeys>(&ctx)?.revoke(id).await?;
        note(&ctx, "api_key_revoked", format!("key {id}"));
        Ok(done)
    })
}

/// Tells whether a user has a permission for an object, and why.
#[cfg_attr(feature = "impact", deprecated(note = "platform.rules.why"))]
pub fn why(user: Id<User>, permission: String, object: String) -> impl Future<Output = Result<Decision>> + Send {
    let logged = LoggedArguments::begin()
        .argument("user", &user)
        .argument("permission", &permission)
        .argument("object", &object)
        .finish();
    dispatch(&WHY, logged, move |ctx, _| async move {
        let engine = Arc::clone(&ctx.scope().engine);
        let wrong = AppOsError::validation("some fields are wrong").code_is("invalid_fields");
        let permission: Permission = match permission.parse() {
            Ok(permission) => permission,
            Err(error) => return Err(wrong.field("permission", "unknown_permission", error.to_string())),
        };
        let Some(object) = engine.registry.find(&object) else {
            return Err(wrong.field("object", "unknown_object", "is not an object of this platform"));
        };
        if account_by_id(resource::<Store>(&ctx)?, user.get()).await?.is_none() {
            return Err(no_such_user(user));
        }
        Ok(engine.security.rights(user.get()).await?.decide(object, permission))
    })
}

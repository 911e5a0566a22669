//! The permissions of a user for all objects, as they are and as they would be with other groups.

use std::collections::{BTreeSet, HashMap};
use std::future::Future;
use std::sync::Arc;

use serde::Serialize;

use super::super::identity::{Account, account_like, accounts_named, public_account};
use super::super::records::Group;
use super::super::rules::{platform_rule, resource};
use super::wrong;
use crate::codegen_support::{ArgumentReader, dispatch, to_json};
use crate::error::Result;
use crate::journal::LoggedArguments;
use crate::model::{Record as _, RecordQuery as _};
use crate::record::Store;
use crate::registry::{
    ObjectDescriptor, ObjectDetail, ObjectKind, Parameter, PermissionLists, Registration, RuleDescriptor, Slot,
};
use crate::security::{Because, Decision, PUBLIC_ACCESS, Permission, Rights, UserType};
use crate::state::Ctx;

platform_rule!(PERMISSION_MATRIX, PERMISSION_MATRIX_RULE, "permission_matrix",
    "Tells what a user may do with each object, and what it would be with other groups.", "PermissionMatrix",
    [user: String, app: Option<String>, with: Option<Vec<String>>, without: Option<Vec<String>>],
    permission_matrix(user, app, with, without));
platform_rule!(EXPLAIN_PERMISSION, EXPLAIN_PERMISSION_RULE, "explain_permission",
    "Tells whether a user may do something, why, who could, and what it would be with other groups.", "Explanation",
    [user: String, permission: String, object: String, with: Option<Vec<String>>, without: Option<Vec<String>>],
    explain_permission(user, permission, object, with, without));

/// Whom is asked about.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Asked {
    pub(crate) id: i64,
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) user_type: UserType,
    pub(crate) active: bool,
    /// The groups he is in.
    pub(crate) groups: BTreeSet<String>,
}

/// What a user may do.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct PermissionMatrix {
    pub(crate) user: Asked,
    /// The groups it would be with, where others were asked for.
    pub(crate) simulated: Option<BTreeSet<String>>,
    pub(crate) objects: Vec<ObjectRights>,
}

/// What he may do with one object.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ObjectRights {
    pub(crate) object: &'static str,
    pub(crate) kind: ObjectKind,
    /// Of each permission that means something for it.
    pub(crate) permissions: Vec<PermissionState>,
}

/// An answer, and the one with other groups.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct PermissionState {
    pub(crate) permission: Permission,
    pub(crate) because: Because,
    pub(crate) allowed: bool,
    /// Whether it would be allowed.
    pub(crate) would_be: Option<bool>,
}

/// One answer with everything that is known of it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Explanation {
    pub(crate) user: Asked,
    pub(crate) permission: Permission,
    pub(crate) object: &'static str,
    pub(crate) decision: Decision,
    /// The decision with other groups.
    pub(crate) would_be: Option<Decision>,
    /// Groups whose members may do it.
    pub(crate) givers: BTreeSet<String>,
    /// Groups through which the object's app is reached.
    pub(crate) app_groups: BTreeSet<String>,
}

/// What a user may do with each object of an app, or of all; and what with more or fewer groups.
pub(crate) fn permission_matrix(
    user: String,
    app: Option<String>,
    with: Option<Vec<String>>,
    without: Option<Vec<String>>,
) -> impl Future<Output = Result<PermissionMatrix>> + Send {
    let logged = LoggedArguments::begin().argument("user", &user).argument("app", &app).argument("with", &with);
    let logged = logged.argument("without", &without).finish();
    dispatch(&PERMISSION_MATRIX, logged, move |ctx, _| async move {
        let registry = ctx.scope().engine.registry();
        if let Some(app) = app.as_deref().filter(|app| registry.apps().iter().all(|it| it.name != *app)) {
            return Err(wrong("app", "unknown_app", format!("there is no app `{app}`")));
        }
        let subject = Subject::of(&ctx, &user, with, without).await?;
        let objects = registry.objects().iter().filter(|object| app.as_deref().is_none_or(|app| app == object.app));
        let objects = objects.map(|object| subject.rights_for(object)).collect();
        let simulated = subject.would_have.as_ref().map(groups_of);
        Ok(PermissionMatrix { user: subject.asked, simulated, objects })
    })
}

/// Whether a user may do something with an object, and everything that is known of why.
pub(crate) fn explain_permission(
    user: String,
    permission: String,
    object: String,
    with: Option<Vec<String>>,
    without: Option<Vec<String>>,
) -> impl Future<Output = Result<Explanation>> + Send {
    let logged = LoggedArguments::begin().argument("user", &user).argument("permission", &permission);
    let logged = logged.argument("object", &object).argument("with", &with).argument("without", &without).finish();
    dispatch(&EXPLAIN_PERMISSION, logged, move |ctx, _| async move {
        let permission: Permission =
            permission.parse().map_err(|error| wrong("permission", "unknown_permission", format!("{error}")))?;
        let engine = Arc::clone(&ctx.scope().engine);
        let Some(object) = engine.registry.find(&object) else {
            return Err(wrong("object", "unknown_object", "is not an object of this platform".to_owned()));
        };
        let subject = Subject::of(&ctx, &user, with, without).await?;
        Ok(Explanation {
            permission,
            object: object.reference,
            decision: subject.has.decide(object, permission),
            would_be: subject.would_have.as_ref().map(|rights| rights.decide(object, permission)),
            givers: engine.security.givers(object, permission).await?,
            app_groups: engine.security.app_groups(object.app),
            user: subject.asked,
        })
    })
}

/// A user with the rights he has, and those he would have.
struct Subject {
    asked: Asked,
    has: Arc<Rights>,
    would_have: Option<Rights>,
}

impl Subject {
    /// # Errors
    /// There is no such user or group.
    async fn of(ctx: &Ctx, user: &str, with: Option<Vec<String>>, without: Option<Vec<String>>) -> Result<Self> {
        let Account { user, active, .. } = account(resource::<Store>(ctx)?, user).await?;
        let security = &ctx.scope().engine.security;
        let has = security.rights(user.id).await?;
        let (with, without) = (with.unwrap_or_default(), without.unwrap_or_default());
        let would_have = if with.is_empty() && without.is_empty() {
            None
        } else {
            known("with", &with).await?;
            known("without", &without).await?;
            Some(security.rights_if(user.id, &with, &without).await?)
        };
        let asked = Asked {
            id: user.id,
            email: user.email.to_string(),
            name: user.name.to_string(),
            user_type: user.user_type,
            active,
            groups: groups_of(&has),
        };
        Ok(Self { asked, has, would_have })
    }

    fn rights_for(&self, object: &'static ObjectDescriptor) -> ObjectRights {
        let permissions = object.kind.permissions().iter().map(|permission| {
            let because = self.has.answer(object, *permission);
            let would_be = self.would_have.as_ref().map(|rights| rights.allows(object, *permission));
            PermissionState { permission: *permission, because, allowed: because.allows(), would_be }
        });
        ObjectRights { object: object.reference, kind: object.kind, permissions: permissions.collect() }
    }
}

fn groups_of(rights: &Rights) -> BTreeSet<String> {
    rights.groups().iter().filter(|group| *group != PUBLIC_ACCESS).cloned().collect()
}

/// The account of this e-mail address, name or number.
async fn account(store: &Store, named: &str) -> Result<Account> {
    if named == PUBLIC_ACCESS {
        return Ok(public_account());
    }
    let mut found = accounts_named(store, named).await?;
    match (found.pop(), found.len()) {
        (Some(account), 0) => Ok(account),
        (Some(_), _) => Err(wrong("user", "several_users", "several are called so: write the e-mail address".into())),
        (None, _) => {
            let near = account_like(store, named).await?.map(|near| format!("; did you mean {near}?"));
            Err(wrong("user", "unknown_user", format!("there is no such user{}", near.unwrap_or_default())))
        }
    }
}

/// # Errors
/// One of them is no group, or is switched off.
async fn known(field: &'static str, groups: &[String]) -> Result<()> {
    if groups.is_empty() {
        return Ok(());
    }
    let known: HashMap<String, bool> =
        Group::query().all().await?.into_iter().map(|group| (group.name, group.active)).collect();
    for group in groups {
        match known.get(group) {
            Some(true) => {}
            // It gives nobody anything, whoever is in it.
            Some(false) => return Err(wrong(field, "inactive_group", format!("the group `{group}` is switched off"))),
            None => return Err(wrong(field, "unknown_group", format!("there is no group `{group}`"))),
        }
    }
    Ok(())
}

//! `__sight`: who somebody is, and which objects he may view. `cargo appos mcp` calls it before it answers him.

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::caller::Caller;
use super::operator::{self, Refusal};
use super::start::PlatformDescriptor;
use crate::config::{AppConfig, PlatformConfig};
use crate::error::AppOsError;
use crate::registry::{ObjectDescriptor, ObjectDetail, Registry};
use crate::security::{Permission, Rights, UserType};
use crate::state::Ctx;

/// What somebody may see.
#[derive(Serialize)]
struct Sight {
    user: Seer,
    /// True if he may see everything, and everybody.
    administrator: bool,
    /// References of the objects that he may view.
    view: BTreeSet<&'static str>,
    /// Fields of those that he may not read.
    hidden: BTreeMap<&'static str, Vec<&'static str>>,
}

#[derive(Serialize)]
struct Seer {
    id: i64,
    email: String,
    name: String,
    user_type: UserType,
    groups: BTreeSet<String>,
}

/// Answers who is named on the input, as JSON.
pub(super) async fn run(config: &PlatformConfig, apps: &[AppConfig], descriptor: &PlatformDescriptor) -> ExitCode {
    let caller = operator::input().and_then(|mut asked| Caller::taken(&mut asked));
    operator::run_for(config, apps, descriptor, caller, |started| {
        let registry = started.engine.registry();
        async move { sight(registry).await }
    })
    .await
}

async fn sight(registry: &'static Registry) -> Result<Json, Refusal> {
    let ctx = Ctx::current().ok_or_else(|| AppOsError::execution("there is nobody who asks"))?;
    let scope = ctx.scope();
    let rights = scope.fresh_rights().await?;
    let seen = || registry.objects().iter().copied().filter(|object| rights.allows(object, Permission::View));
    let hidden = seen().map(|object| (object.reference, hidden(object, &rights)));
    let sight = Sight {
        user: Seer {
            id: scope.user.id,
            email: scope.user.email.to_string(),
            name: scope.user.name.to_string(),
            user_type: scope.user.user_type,
            groups: rights.groups().iter().cloned().collect(),
        },
        administrator: rights.is_system_admin(),
        view: seen().map(|object| object.reference).collect(),
        hidden: hidden.filter(|(_, fields)| !fields.is_empty()).collect(),
    };
    Ok(json!({ "sight": sight }))
}

fn hidden(object: &'static ObjectDescriptor, rights: &Rights) -> Vec<&'static str> {
    let ObjectDetail::Record(record) = object.detail else { return Vec::new() };
    let fields = record.fields.iter().filter(|field| field.view.is_some_and(|groups| !rights.in_any(groups)));
    fields.map(|field| field.name).collect()
}

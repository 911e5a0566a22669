//! Memberships with their grants as the servers of a platform share them: read from the database once,
//! and kept in Redis for one state of the security data.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::identity::StoredIdentity;
use super::records::UserTypeChoice;
use crate::nodes::{Found, Patience, Redis};
use crate::security::{Grant, IdentitySource, Loading, Membership};
use crate::value::ChoiceValue;

/// How long an entry stays, in seconds. Its state may last longer; then it is written again.
const KEPT: u64 = 3_600;

/// The database, with Redis before it if the platform has one.
pub(crate) struct SharedIdentity {
    stored: StoredIdentity,
    redis: Option<Arc<Redis>>,
}

/// A [`Membership`] as it is kept.
#[derive(Serialize, Deserialize)]
struct KeptMembership {
    user_type: String,
    active: bool,
    groups: HashSet<String>,
    /// By group, pattern and permission.
    grants: HashMap<String, Vec<(String, String)>>,
}

impl From<&Membership> for KeptMembership {
    fn from(membership: &Membership) -> Self {
        let Membership { user_type, active, groups, grants } = membership;
        let text = |grant: &Grant| (grant.pattern.to_string(), grant.permission.as_str().to_owned());
        let grants = grants.iter().map(|(group, grants)| (group.clone(), grants.iter().map(text).collect())).collect();
        Self { user_type: user_type.as_str().to_owned(), active: *active, groups: groups.clone(), grants }
    }
}

impl KeptMembership {
    /// `None`: of a version of this program that knew other types, patterns or permissions.
    fn into_membership(self) -> Option<Membership> {
        let user_type = UserTypeChoice::from_name(&self.user_type)?.0;
        let grant = |(pattern, permission): (String, String)| {
            Some(Grant { pattern: pattern.parse().ok()?, permission: permission.parse().ok()? })
        };
        let of_group = |(group, grants): (String, Vec<(String, String)>)| {
            Some((group, grants.into_iter().map(grant).collect::<Option<_>>()?))
        };
        let grants = self.grants.into_iter().map(of_group).collect::<Option<_>>()?;
        Some(Membership { user_type, active: self.active, groups: self.groups, grants })
    }
}

impl SharedIdentity {
    pub(crate) fn new(stored: StoredIdentity, redis: Option<Arc<Redis>>) -> Self {
        Self { stored, redis }
    }

    /// The name carries the state: of another state an entry cannot be.
    fn place(&self, state: Option<Uuid>, what: &str) -> Option<(&Arc<Redis>, String)> {
        let (redis, state) = (self.redis.as_ref()?, state?);
        Some((redis, redis.name(format_args!("access:{state}:{what}"))))
    }
}

async fn kept<T: DeserializeOwned>(redis: &Redis, name: &str) -> Option<T> {
    match redis.read(Patience::Short, name).await {
        Ok(Found::Entry(value)) => serde_json::from_slice(&value).ok(),
        _ => None,
    }
}

async fn keep<T: Serialize>(redis: &Redis, name: &str, value: &T) {
    let Ok(value) = serde_json::to_vec(value) else { return };
    let mut question = redis::pipe();
    question.set_ex(name, redis.sealed(name, &value), KEPT).ignore();
    // Who does not keep it reads it again.
    redis.ask::<()>(Patience::Short, &question).await.ok();
}

impl IdentitySource for SharedIdentity {
    fn membership(&self, user_id: i64, state: Option<Uuid>) -> Loading<'_, Option<Membership>> {
        Box::pin(async move {
            let place = self.place(state, &format!("user:{user_id}"));
            let Some((redis, name)) = place else { return self.stored.membership(user_id, state).await };
            if let Some(membership) =
                kept::<KeptMembership>(redis, &name).await.and_then(KeptMembership::into_membership)
            {
                return Ok(Some(membership));
            }
            let membership = self.stored.membership(user_id, state).await?;
            if let Some(membership) = &membership {
                keep(redis, &name, &KeptMembership::from(membership)).await;
            }
            Ok(membership)
        })
    }

    /// Few ask for all of them, and seldom.
    fn grants(&self, state: Option<Uuid>) -> Loading<'_, HashMap<String, Vec<Grant>>> {
        self.stored.grants(state)
    }
}

//! Keeps rights fresh: an epoch that every change moves, and rights that are loaded again
//! when theirs is not the current one.

use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arc_swap::ArcSwap;
use moka::sync::Cache;

use super::{AppPolicy, Grant, PUBLIC_ACCESS, Policy, Rights, Subject, UserType};
use crate::error::{AppOsError, Result};

/// What storage knows of a user's access.
#[derive(Clone, Debug)]
pub struct Membership {
    /// The sort of account.
    pub user_type: UserType,
    /// False: the account is switched off.
    pub active: bool,
    /// Active groups the user is a member of.
    pub groups: HashSet<String>,
}

/// A future of the storage.
pub type Loading<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// Where memberships and grants are stored.
pub trait IdentitySource: Send + Sync {
    /// Access of one user; `None` if there is no such user.
    fn membership(&self, user_id: i64) -> Loading<'_, Option<Membership>>;
    /// Grants of administrators, by active group.
    fn grants(&self) -> Loading<'_, HashMap<String, Vec<Grant>>>;
}

/// Rights of everyone, exact after every change.
///
/// Whoever changes users, groups, memberships or grants calls [`changed`](Self::changed)
/// after the commit and before the answer. Rights carry the epoch read *before* storage was,
/// so rights loaded during a change are found stale at their next use.
pub struct Security {
    epoch: AtomicU64,
    objects: usize,
    apps: HashMap<String, AppPolicy>,
    source: Option<Box<dyn IdentitySource>>,
    policy: ArcSwap<(u64, Arc<Policy>)>,
    rights: Cache<i64, Arc<Rights>>,
}

/// Users whose rights are kept in memory.
const REMEMBERED_USERS: u64 = 10_000;

impl Security {
    /// Rights over `objects` objects with the apps' own rules.
    pub fn new(objects: usize, apps: HashMap<String, AppPolicy>, source: Option<Box<dyn IdentitySource>>) -> Self {
        let policy = Policy { apps: apps.clone(), grants: HashMap::new() };
        Self {
            epoch: AtomicU64::new(1),
            objects,
            apps,
            source,
            policy: ArcSwap::from_pointee((0, Arc::new(policy))),
            rights: Cache::new(REMEMBERED_USERS),
        }
    }

    /// The current state of the security data.
    #[inline]
    pub(crate) fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::Acquire)
    }

    /// Tells that users, groups, memberships or grants have changed.
    pub fn changed(&self) {
        self.epoch.fetch_add(1, Ordering::AcqRel);
    }

    /// Rights of a user that are in memory and current.
    pub(crate) fn remembered(&self, user_id: i64) -> Option<Arc<Rights>> {
        let epoch = self.epoch();
        self.rights.get(&user_id).filter(|rights| rights.epoch() == epoch)
    }

    /// Current rights of a user.
    ///
    /// # Errors
    /// Storage cannot be read, or there is no such user.
    pub async fn rights(&self, user_id: i64) -> Result<Arc<Rights>> {
        if let Some(rights) = self.remembered(user_id) {
            return Ok(rights);
        }
        let epoch = self.epoch();
        let policy = self.policy(epoch).await?;
        let membership = match &self.source {
            Some(source) => source.membership(user_id).await?,
            None => None,
        };
        let membership = membership.ok_or_else(|| AppOsError::security("the account does not exist any more"))?;
        Ok(self.remember(user_id, epoch, membership, policy))
    }

    /// Rights of someone who is in no storage: an account of a test, or the engine's own.
    pub async fn rights_of(&self, membership: Membership) -> Result<Arc<Rights>> {
        let epoch = self.epoch();
        let policy = self.policy(epoch).await?;
        Ok(Arc::new(self.build(epoch, membership, policy)))
    }

    fn remember(&self, user_id: i64, epoch: u64, membership: Membership, policy: Arc<Policy>) -> Arc<Rights> {
        let rights = Arc::new(self.build(epoch, membership, policy));
        self.rights.insert(user_id, Arc::clone(&rights));
        rights
    }

    fn build(&self, epoch: u64, membership: Membership, policy: Arc<Policy>) -> Rights {
        let Membership { user_type, active, mut groups } = membership;
        groups.insert(PUBLIC_ACCESS.to_owned());
        Rights::new(epoch, Subject { user_type, active, groups }, policy, self.objects)
    }

    async fn policy(&self, epoch: u64) -> Result<Arc<Policy>> {
        let known = self.policy.load();
        if known.0 == epoch {
            return Ok(Arc::clone(&known.1));
        }
        let grants = match &self.source {
            Some(source) => source.grants().await?,
            None => HashMap::new(),
        };
        let policy = Arc::new(Policy { apps: self.apps.clone(), grants });
        self.policy.store(Arc::new((epoch, Arc::clone(&policy))));
        Ok(policy)
    }
}

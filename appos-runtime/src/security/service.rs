//! Keeps rights fresh: an epoch that every change moves, and rights that are loaded again
//! when theirs is not the current one.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use moka::sync::Cache;
use tokio::sync::{Notify, watch};
use uuid::Uuid;

use super::{AppPolicy, Grant, PUBLIC_ACCESS, Permission, Policy, Rights, Subject, UserType};
use crate::error::{AppOsError, Result};
use crate::registry::ObjectDescriptor;

/// What storage knows of a user's access.
#[derive(Clone, Debug)]
pub struct Membership {
    /// The sort of account.
    pub user_type: UserType,
    /// False: the account is switched off.
    pub active: bool,
    /// Active groups the user is a member of.
    pub groups: HashSet<String>,
    /// Grants of administrators to these groups, and to everybody.
    pub grants: HashMap<String, Vec<Grant>>,
}

/// A future of the storage.
pub type Loading<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// Where memberships and grants are stored.
///
/// `state` is the state of the security data that the caller knows of, as all servers of the
/// platform name it; `None`: it knows of none. What a source has kept for one state is good for
/// this state only, and for `None` it asks anew.
pub trait IdentitySource: Send + Sync {
    /// Access of one user; `None` if there is no such user.
    fn membership(&self, user_id: i64, state: Option<Uuid>) -> Loading<'_, Option<Membership>>;
    /// All grants of administrators, by active group.
    fn grants(&self, state: Option<Uuid>) -> Loading<'_, HashMap<String, Vec<Grant>>>;
}

/// Rights of everyone, exact after every change.
///
/// Whoever changes users, groups, memberships or grants calls [`changed`](Self::changed)
/// after the commit and before the answer. Rights carry the epoch read *before* storage was,
/// so rights loaded during a change are found stale at their next use. An epoch is a number of
/// this program; what other servers change is found by somebody who looks for it and
/// begins another epoch.
pub struct Security {
    epoch: AtomicU64,
    /// The epoch, for those who wait for the next one.
    epochs: watch::Sender<u64>,
    /// The epoch once more, with the name that all servers have for the state it stands for.
    known: Mutex<Known>,
    /// Tells whoever looks for changes of other servers to look now.
    look: Notify,
    /// Something was changed here of which nobody was told yet.
    untold: AtomicBool,
    objects: usize,
    apps: Arc<HashMap<String, AppPolicy>>,
    source: Option<Box<dyn IdentitySource>>,
    rights: Cache<i64, Arc<Rights>>,
}

/// What is known of the state of the security data.
#[derive(Clone, Copy, Debug)]
struct Known {
    epoch: u64,
    state: Option<Uuid>,
}

/// Users whose rights are kept in memory.
const REMEMBERED_USERS: u64 = 10_000;

impl Security {
    /// Rights over `objects` objects with the apps' own rules.
    pub fn new(objects: usize, apps: HashMap<String, AppPolicy>, source: Option<Box<dyn IdentitySource>>) -> Self {
        Self {
            epoch: AtomicU64::new(1),
            epochs: watch::Sender::new(1),
            known: Mutex::new(Known { epoch: 1, state: None }),
            look: Notify::new(),
            untold: AtomicBool::new(false),
            objects,
            apps: Arc::new(apps),
            source,
            rights: Cache::new(REMEMBERED_USERS),
        }
    }

    /// The current state of the security data.
    #[inline]
    pub(crate) fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::Acquire)
    }

    /// The epoch whenever another one begins.
    #[cfg(feature = "web")]
    pub(crate) fn epochs(&self) -> watch::Receiver<u64> {
        self.epochs.subscribe()
    }

    /// Tells that users, groups, memberships or grants have changed.
    pub fn changed(&self) {
        self.forget();
        self.untold.store(true, Ordering::Release);
        self.look.notify_one();
    }

    /// Nobody knows what the state is, because the database does not tell: what is in memory is
    /// not believed any more.
    pub(crate) fn forget(&self) {
        self.begin_epoch(&mut self.lock(), None);
    }

    /// The database was looked at, in this epoch, and was in this state. False: the epoch has
    /// ended meanwhile, and what was found may be older than what is known: look again.
    pub(crate) fn learned(&self, epoch: u64, state: Option<Uuid>) -> bool {
        let mut known = self.lock();
        if known.epoch != epoch {
            return false;
        }
        if known.state != state {
            self.begin_epoch(&mut known, state);
        }
        true
    }

    fn begin_epoch(&self, known: &mut Known, state: Option<Uuid>) {
        *known = Known { epoch: known.epoch + 1, state };
        self.epoch.store(known.epoch, Ordering::Release);
        self.epochs.send_replace(known.epoch);
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The name that all servers have for the current state of the security data, if it is known.
    #[cfg(feature = "web")]
    pub(crate) fn state(&self) -> Option<Uuid> {
        self.lock().state
    }

    /// Asks whoever looks for changes to look now.
    pub(crate) fn look_again(&self) {
        self.look.notify_one();
    }

    /// Waits until somebody asks to look for changes.
    pub(crate) async fn asked_to_look(&self) {
        self.look.notified().await;
    }

    /// True once after changes that were made here.
    pub(crate) fn take_untold(&self) -> bool {
        self.untold.swap(false, Ordering::AcqRel)
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
        let Known { epoch, state } = *self.lock();
        let membership = match &self.source {
            Some(source) => source.membership(user_id, state).await?,
            None => None,
        };
        let membership = membership.ok_or_else(|| AppOsError::security("the account does not exist any more"))?;
        let rights = Arc::new(self.build(epoch, membership));
        self.rights.insert(user_id, Arc::clone(&rights));
        Ok(rights)
    }

    /// Rights of someone who is in no storage: an account of a test, or the engine's own.
    pub fn rights_of(&self, membership: Membership) -> Arc<Rights> {
        let epoch = self.epoch();
        Arc::new(self.build(epoch, membership))
    }

    /// Groups whose members may do this with the object, if they reach its app.
    ///
    /// # Errors
    /// Storage cannot be read.
    pub async fn givers(&self, object: &ObjectDescriptor, permission: Permission) -> Result<BTreeSet<String>> {
        let Known { state, .. } = *self.lock();
        let grants = match &self.source {
            Some(source) => source.grants(state).await?,
            None => HashMap::new(),
        };
        Ok(Policy { apps: Arc::clone(&self.apps), grants }.givers(object, permission))
    }

    /// Rights that a user would have with and without these groups. Nothing is changed, and nothing kept.
    ///
    /// # Errors
    /// Storage cannot be read, or there is no such user.
    pub async fn rights_if(&self, user_id: i64, with: &[String], without: &[String]) -> Result<Rights> {
        let Known { epoch, state } = *self.lock();
        let Some(source) = &self.source else {
            return Err(AppOsError::security("the account does not exist any more"));
        };
        let membership = source.membership(user_id, state).await?;
        let mut membership = membership.ok_or_else(|| AppOsError::security("the account does not exist any more"))?;
        membership.groups.extend(with.iter().cloned());
        membership.groups.retain(|group| !without.contains(group));
        // Those of all groups: a decision looks at those of the user's alone.
        membership.grants = source.grants(state).await?;
        Ok(self.build(epoch, membership))
    }

    /// Groups through which the app is reached.
    pub fn app_groups(&self, app: &str) -> BTreeSet<String> {
        self.apps.get(app).map(|policy| policy.groups.iter().cloned().collect()).unwrap_or_default()
    }

    fn build(&self, epoch: u64, membership: Membership) -> Rights {
        let Membership { user_type, active, mut groups, grants } = membership;
        groups.insert(PUBLIC_ACCESS.to_owned());
        let policy = Arc::new(Policy { apps: Arc::clone(&self.apps), grants });
        Rights::new(epoch, Subject { user_type, active, groups }, policy, self.objects)
    }
}

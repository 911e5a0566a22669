//! Sessions: a random id in a cookie, its hash where sessions are kept, an entry in memory that is
//! believed for a moment.

mod entry;
mod in_database;
mod in_redis;
mod kept;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use moka::sync::Cache;
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};
use tokio::sync::broadcast;

use self::entry::number_of;
pub(crate) use self::entry::{SessionEntry, SessionInfo};
use self::kept::{Keeper, Kept};
use super::identity::{Account, account_by_id};
use crate::config::SessionConfig;
use crate::error::{AppOsError, Result};
use crate::nodes::Redis;
use crate::record::{Store, forget_access_at_commit};
use crate::security::{Rights, SYSTEM_ADMIN};
use crate::value::DateTime;
use crate::vault::SecretKeys;

/// 256 random bits from the system, as text.
pub(crate) fn random_secret() -> Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| AppOsError::execution("the system gives no random numbers").caused_by(error.to_string()))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// How a secret is stored: it has 256 random bits, so a plain hash cannot be searched.
pub(super) fn secret_hash(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(secret))
}

/// Sessions that have ended.
#[derive(Clone, Debug)]
pub(crate) enum Ended {
    /// One, by the hash of its id.
    Session(Arc<str>),
    /// All of a user.
    User(i64),
    /// One that another server has ended, by the hash of its id; `None`: nobody knows which.
    Elsewhere(Option<Arc<str>>),
}

/// Ends that are remembered for who listens; who is further behind looks at everything.
const ENDS: usize = 256;
/// How long it is remembered that a session has another id now, beyond the life of the old one.
const MOVED: Duration = Duration::from_mins(2);

/// All sessions of this platform.
pub(crate) struct Sessions {
    store: Arc<Store>,
    keeper: Keeper,
    entries: Cache<String, Arc<SessionEntry>>,
    /// Counts the ends of sessions, so that an entry read before an end is not kept after it.
    ends: AtomicU64,
    /// Tells of them.
    told: broadcast::Sender<Ended>,
    /// New ids of sessions, by the old ones.
    moved: Cache<String, String>,
    settings: SessionConfig,
}

/// Sessions whose entries are kept in memory.
const REMEMBERED: u64 = 10_000;
/// Most seconds between two notes of a session's use.
const NOTE_EVERY: i64 = 60;
/// How long an entry in memory is believed: another server may have ended the session.
const BELIEVED: Duration = Duration::from_millis(500);
/// How long the account of an entry is believed while the security data stays as it is: what its user has changed
/// of his preferences on another server.
const ACCOUNT_BELIEVED: Duration = Duration::from_secs(10);
/// How long an id holds after it was replaced, in seconds: other requests with it are on their way.
const GRACE: i64 = 30;
/// What rights come from: the type of the account, and its groups, which give nothing more to who may do
/// everything. Never zero.
fn mark_of(account: &Account, rights: &Rights) -> u64 {
    let everything = rights.is_system_admin();
    let groups: BTreeSet<&String> = rights.groups().iter().filter(|_| !everything).collect();
    let sort = if everything { SYSTEM_ADMIN } else { account.user.user_type.as_str() };
    let mut hash = Sha256::new_with_prefix(sort);
    for group in groups {
        hash.update([0]);
        hash.update(group);
    }
    let hash = <[u8; 32]>::from(hash.finalize());
    hash.first_chunk().map_or(1, |first| u64::from_le_bytes(*first).max(1))
}

fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}

impl Sessions {
    /// Sessions that are kept in Redis if there is one here, else in the database; sealed in both.
    pub(crate) fn new(
        store: Arc<Store>,
        (keys, redis): (Arc<SecretKeys>, Option<Arc<Redis>>),
        settings: SessionConfig,
    ) -> Self {
        let keeper = Keeper::of(Arc::clone(&store), keys, redis);
        let moved = Cache::builder().max_capacity(REMEMBERED).time_to_live(MOVED).build();
        let (entries, told) = (Cache::new(REMEMBERED), broadcast::Sender::new(ENDS));
        Self { store, keeper, entries, ends: AtomicU64::new(0), told, moved, settings }
    }

    /// How long a cookie may live, in seconds.
    pub(crate) fn cookie_seconds(&self) -> i64 {
        seconds(self.settings.absolute_timeout)
    }

    /// Begins a session; the answer is the cookie's value, which is stored nowhere.
    pub(crate) async fn begin(&self, user_id: i64, address: Option<&str>) -> Result<String> {
        let secret = random_secret()?;
        let now = self.store.now().timestamp();
        let kept = Kept {
            user_id,
            created_at: now,
            used_at: now,
            expires_at: now.saturating_add(seconds(self.settings.absolute_timeout)),
            address: address.map(str::to_owned),
            data: Map::new(),
            mark: 0,
        };
        let ended = self.keeper.begin(&secret_hash(&secret), &kept, self.settings.max_per_user).await?;
        self.ends.fetch_add(1, Ordering::SeqCst);
        for id_hash in &ended {
            self.entries.invalidate(id_hash);
            self.tell(Ended::Session(id_hash.as_str().into()));
        }
        Ok(secret)
    }

    /// The session of a cookie, if it still holds.
    ///
    /// # Errors
    /// Nobody can tell now.
    pub(crate) async fn find(&self, secret: &str, epoch: u64) -> Result<Option<Arc<SessionEntry>>> {
        // Anything that is no id of ours costs no query.
        if secret.len() != 43 {
            return Ok(None);
        }
        let id_hash = secret_hash(secret);
        let Some(entry) = self.holding(&id_hash, epoch).await? else { return Ok(None) };
        self.note_use(&entry).await;
        Ok(Some(entry))
    }

    /// The session with this hash of an id, if it still holds. To look does not count as a use of it.
    ///
    /// # Errors
    /// Nobody can tell now.
    pub(crate) async fn holding(&self, id_hash: &str, epoch: u64) -> Result<Option<Arc<SessionEntry>>> {
        let entry = match self.entries.get(id_hash) {
            Some(entry) if entry.epoch == epoch && entry.found_at.elapsed() < BELIEVED => entry,
            // Boxed, like all below that few requests need: the others carry no room for it.
            before => match Box::pin(self.load(id_hash, epoch, before)).await? {
                Some(entry) => entry,
                None => {
                    self.entries.invalidate(id_hash);
                    return Ok(None);
                }
            },
        };
        let now = self.store.now().timestamp();
        let idle_until = entry.used_at.load(Ordering::Relaxed).saturating_add(seconds(self.settings.timeout));
        if now >= entry.expires_at || now >= idle_until {
            // It is over, whether or not it can be removed now.
            if let Err(error) = Box::pin(self.end_hash(&entry.id_hash, Some(entry.account.user.id))).await {
                tracing::warn!(%error, "a session that has ended could not be removed");
            }
            return Ok(None);
        }
        Ok(Some(entry))
    }

    /// Somebody has used a session.
    pub(crate) async fn note_use(&self, entry: &SessionEntry) {
        let now = self.store.now().timestamp();
        entry.used_at.store(now, Ordering::Relaxed);
        let noted = entry.noted_at.load(Ordering::Relaxed);
        // Often enough that an entry read anew is not idle too soon.
        if now - noted >= Ord::min(NOTE_EVERY, seconds(self.settings.timeout) / 4)
            && entry.noted_at.compare_exchange(noted, now, Ordering::Relaxed, Ordering::Relaxed).is_ok()
        {
            // Where nothing can be written any more, such as on a full disk, reading goes on.
            if let Err(error) = Box::pin(self.keeper.note_use(&entry.id_hash, now)).await {
                tracing::warn!(%error, "the use of a session could not be noted");
            }
        }
    }

    /// Another server has ended a session; `None`: it may have ended any, and was not heard.
    #[cfg(feature = "web")]
    pub(crate) fn ended_elsewhere(&self, id_hash: Option<&str>) {
        self.ends.fetch_add(1, Ordering::SeqCst);
        match id_hash {
            Some(id_hash) => self.entries.invalidate(id_hash),
            None => self.entries.invalidate_all(),
        }
        self.tell(Ended::Elsewhere(id_hash.map(Into::into)));
    }

    /// Tells of sessions that end.
    #[cfg(feature = "web")]
    pub(crate) fn ends(&self) -> broadcast::Receiver<Ended> {
        self.told.subscribe()
    }

    fn tell(&self, ended: Ended) {
        // Nobody may listen.
        self.told.send(ended).ok();
    }

    /// The hash of the id that a session has now, if this server has given it another one.
    pub(crate) fn successor(&self, id_hash: &str) -> Option<String> {
        let mut last = self.moved.get(id_hash)?;
        while let Some(next) = self.moved.get(&last) {
            last = next;
        }
        Some(last)
    }

    /// True if two hashes are of ids of one session.
    pub(crate) fn is_same(&self, one: &str, other: &str) -> bool {
        one == other
            || self.successor(one).is_some_and(|now| now == other)
            || self.successor(other).is_some_and(|now| now == one)
    }

    async fn load(
        &self,
        id_hash: &str,
        epoch: u64,
        before: Option<Arc<SessionEntry>>,
    ) -> Result<Option<Arc<SessionEntry>>> {
        let ends = self.ends.load(Ordering::SeqCst);
        let entry = self.read(id_hash, epoch, before).await?;
        if let Some(entry) = &entry {
            self.entries.insert(id_hash.to_owned(), Arc::clone(entry));
            // A session ended meanwhile, perhaps this one: the next request reads again.
            if self.ends.load(Ordering::SeqCst) != ends {
                self.entries.invalidate(id_hash);
            }
        }
        Ok(entry)
    }

    async fn read(
        &self,
        id_hash: &str,
        epoch: u64,
        before: Option<Arc<SessionEntry>>,
    ) -> Result<Option<Arc<SessionEntry>>> {
        let found_at = Instant::now();
        let Some(kept) = self.keeper.find(id_hash).await? else { return Ok(None) };
        let same = before.filter(|before| before.epoch == epoch && before.account.user.id == kept.user_id);
        // What was noted is older than what this server remembers.
        let used_at = same.as_ref().map_or(0, |before| before.used_at.load(Ordering::Relaxed)).max(kept.used_at);
        let compared = same.as_ref().map_or(0, |before| before.compared.load(Ordering::Relaxed));
        let (account, account_at) = match same {
            Some(before) if before.account_at.elapsed() < ACCOUNT_BELIEVED => {
                (Some(before.account.clone()), before.account_at)
            }
            _ => (account_by_id(&self.store, kept.user_id).await?, found_at),
        };
        let Some(account) = account else { return Ok(None) };
        Ok(Some(Arc::new(SessionEntry {
            account,
            epoch,
            account_at,
            id_hash: id_hash.to_owned(),
            found_at,
            expires_at: kept.expires_at,
            used_at: AtomicI64::new(used_at),
            noted_at: AtomicI64::new(kept.used_at),
            data: kept.data,
            created_at: kept.created_at,
            address: kept.address,
            mark: AtomicU64::new(kept.mark),
            compared: AtomicU64::new(compared),
        })))
    }

    /// A new id for a session whose user has gained or lost rights since the id was made, and the seconds it
    /// may live: whoever has got hold of the old one has it no longer. `None`: the old one is as good as ever.
    ///
    /// # Errors
    /// Sessions cannot be changed now.
    pub(crate) async fn renewed(
        &self,
        entry: &SessionEntry,
        rights: &Rights,
        values: Option<Map<String, Json>>,
    ) -> Result<Option<(String, i64)>> {
        if entry.compared.swap(rights.epoch(), Ordering::AcqRel) == rights.epoch() {
            return Ok(None);
        }
        let mark = mark_of(&entry.account, rights);
        match entry.mark.swap(mark, Ordering::AcqRel) {
            before if before == mark => return Ok(None),
            0 => return self.keeper.mark(&entry.id_hash, mark).await.map(|()| None),
            _ => {}
        }
        let secret = random_secret()?;
        let now = self.store.now().timestamp();
        let kept = Kept {
            user_id: entry.account.user.id,
            created_at: entry.created_at,
            used_at: now,
            expires_at: entry.expires_at,
            address: entry.address.clone(),
            data: values.unwrap_or_else(|| entry.data()),
            mark,
        };
        let until = entry.expires_at.min(now.saturating_add(GRACE));
        let renewed = self.keeper.renew(&entry.id_hash, (&secret_hash(&secret), &kept), until).await?;
        self.ends.fetch_add(1, Ordering::SeqCst);
        self.entries.invalidate(&entry.id_hash);
        if !renewed {
            return Ok(None);
        }
        self.moved.insert(entry.id_hash.clone(), secret_hash(&secret));
        Ok(Some((secret, kept.expires_at.saturating_sub(now))))
    }

    /// Keeps the values that an app has changed.
    pub(crate) async fn keep(&self, entry: &SessionEntry, data: &Map<String, Json>) -> Result<()> {
        self.keeper.keep(&entry.id_hash, data).await?;
        self.entries.invalidate(&entry.id_hash);
        Ok(())
    }

    /// Ends the session of a cookie.
    pub(crate) async fn end(&self, secret: &str) -> Result<()> {
        let id_hash = secret_hash(secret);
        let user_id = match self.entries.get(&id_hash) {
            Some(entry) => Some(entry.account.user.id),
            None => self.keeper.find(&id_hash).await?.map(|kept| kept.user_id),
        };
        self.end_hash(&id_hash, user_id).await
    }

    async fn end_hash(&self, id_hash: &str, user_id: Option<i64>) -> Result<()> {
        self.keeper.end(id_hash, user_id).await?;
        self.ends.fetch_add(1, Ordering::SeqCst);
        self.entries.invalidate(id_hash);
        self.tell(Ended::Session(id_hash.into()));
        Ok(())
    }

    /// Ends every session of a user.
    pub(crate) async fn end_all(&self, user_id: i64) -> Result<()> {
        self.keeper.end_all(user_id).await?;
        forget_access_at_commit();
        self.ends.fetch_add(1, Ordering::SeqCst);
        self.entries.invalidate_all();
        self.tell(Ended::User(user_id));
        Ok(())
    }

    /// Reads the account of a user anew with his next request; on another server within seconds.
    pub(crate) fn forget_account(&self, user_id: i64) {
        // A session that is being read now is read again.
        self.ends.fetch_add(1, Ordering::SeqCst);
        for (id_hash, entry) in &self.entries {
            if entry.account.user.id == user_id {
                self.entries.invalidate(&*id_hash);
            }
        }
    }

    /// The sessions of a user that hold, oldest first.
    pub(crate) async fn list(&self, user_id: i64) -> Result<Vec<SessionInfo>> {
        let now = self.store.now().timestamp();
        let idle_since = now.saturating_sub(seconds(self.settings.timeout));
        let moment = |seconds| DateTime::from_timestamp(seconds, 0);
        let holds = |kept: &Kept| now < kept.expires_at && idle_since < kept.used_at;
        let sessions = self.keeper.list(user_id).await?.into_iter().filter(|(_, kept)| holds(kept));
        let info = |(id_hash, kept): (String, Kept)| SessionInfo {
            id: number_of(&id_hash).to_owned(),
            created_at: moment(kept.created_at),
            used_at: moment(kept.used_at),
            expires_at: moment(kept.expires_at),
            address: kept.address,
        };
        Ok(sessions.map(info).collect())
    }

    /// Ends one session of a user, by its number. False: there is none of this number.
    pub(crate) async fn end_one(&self, user_id: i64, number: &str) -> Result<bool> {
        let sessions = self.keeper.list(user_id).await?;
        let Some((id_hash, _)) = sessions.into_iter().find(|(id_hash, _)| number_of(id_hash) == number) else {
            return Ok(false);
        };
        self.end_hash(&id_hash, Some(user_id)).await?;
        Ok(true)
    }
}

//! Sessions in Redis: a sealed entry for each, and a list for each user. An entry that was not written
//! by this platform is none; while Redis does not answer, nobody knows who is signed in.

use std::sync::Arc;

use redis::Pipeline;

use super::super::secrets::{opened_session, sealed_session};
use super::kept::Kept;
use crate::error::{AppOsError, Result};
use crate::nodes::{Found, Patience, Redis, Unreachable};
use crate::vault::SecretKeys;

pub(super) struct InRedis {
    redis: Arc<Redis>,
    keys: Arc<SecretKeys>,
}

/// Replaces an entry, unless it was changed or ended meanwhile; it ends when it would have.
const REPLACE: &str = "if redis.call('GET', KEYS[1]) == ARGV[1] then \
     redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL') return 1 end return 0";

/// Adds an entry to which another one leads, whose end it brings near, unless that was changed or ended meanwhile.
const RENEW: &str = "if redis.call('GET', KEYS[1]) == ARGV[1] then \
     redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3]) redis.call('SET', KEYS[2], ARGV[4], 'EX', ARGV[5]) \
     redis.call('ZADD', KEYS[3], ARGV[7], ARGV[6]) return 1 end return 0";

/// Attempts to change an entry that others change at the same time.
const ATTEMPTS: usize = 5;

fn unavailable(_: Unreachable) -> AppOsError {
    AppOsError::dispatch("nobody can tell at the moment who is signed in").code_is("sessions_unavailable")
}

impl InRedis {
    pub(super) fn new(redis: Arc<Redis>, keys: Arc<SecretKeys>) -> Self {
        Self { redis, keys }
    }

    fn entry(&self, id_hash: &str) -> String {
        self.redis.name(format_args!("session:{id_hash}"))
    }

    fn list_of(&self, user_id: i64) -> String {
        self.redis.name(format_args!("sessions:{user_id}"))
    }

    async fn do_all(&self, question: &Pipeline) -> Result<()> {
        self.redis.ask::<()>(Patience::Long, question).await.map_err(unavailable)
    }

    fn sealed(&self, name: &str, kept: &Kept) -> Result<Vec<u8>> {
        let text = serde_json::to_string(kept)
            .map_err(|error| AppOsError::execution("the session cannot be written as JSON").caused_by(error))?;
        Ok(self.redis.sealed(name, sealed_session(&self.keys, name, &text)?.as_bytes()))
    }

    fn kept(&self, name: &str, sealed: &[u8]) -> Option<Kept> {
        let Found::Entry(entry) = self.redis.opened(name, sealed) else { return None };
        let text = opened_session(&self.keys, name, std::str::from_utf8(&entry).ok()?).ok()?;
        serde_json::from_str(&text).ok()
    }

    pub(super) async fn begin(&self, id_hash: &str, kept: &Kept, limit: Option<u32>) -> Result<Vec<String>> {
        let (entry, list) = (self.entry(id_hash), self.list_of(kept.user_id));
        let seconds = kept.expires_at.saturating_sub(kept.created_at).max(1);
        let others = self.ids(kept.user_id).await?;
        let mut question = redis::pipe();
        question.atomic();
        question.set_ex(&entry, self.sealed(&entry, kept)?, u64::try_from(seconds).unwrap_or(1)).ignore();
        // Of one second: the order in which they began.
        question.zadd(&list, id_hash, others.last().map_or(0.0, |(_, place)| place + 1.0)).ignore();
        question.expire(&list, seconds).ignore();
        let most = limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX).saturating_sub(1));
        let too_many = others.len().saturating_sub(most);
        let ended: Vec<String> = others.into_iter().take(too_many).map(|(oldest, _)| oldest).collect();
        for oldest in &ended {
            question.del(self.entry(oldest)).ignore().zrem(&list, oldest).ignore();
        }
        self.do_all(&question).await?;
        Ok(ended)
    }

    /// The ids in a user's list with their places, oldest first. Those that have ended by themselves are
    /// taken off it: they count for nothing.
    async fn ids(&self, user_id: i64) -> Result<Vec<(String, f64)>> {
        let list = self.list_of(user_id);
        let mut question = redis::pipe();
        question.zrange_withscores(&list, 0, -1);
        let (ids,) = self.redis.ask::<(Vec<(String, f64)>,)>(Patience::Long, &question).await.map_err(unavailable)?;
        if ids.is_empty() {
            return Ok(ids);
        }
        let mut question = redis::pipe();
        for (id_hash, _) in &ids {
            question.exists(self.entry(id_hash));
        }
        let there = self.redis.ask::<Vec<bool>>(Patience::Long, &question).await.map_err(unavailable)?;
        let (live, gone): (Vec<_>, Vec<_>) = ids.into_iter().zip(there).partition(|(_, there)| *there);
        if !gone.is_empty() {
            let mut question = redis::pipe();
            for ((id_hash, _), _) in &gone {
                question.zrem(&list, id_hash).ignore();
            }
            self.do_all(&question).await?;
        }
        Ok(live.into_iter().map(|(id, _)| id).collect())
    }

    async fn sealed_entry(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let mut question = redis::pipe();
        question.get(name);
        let (sealed,) = self.redis.ask::<(Option<Vec<u8>>,)>(Patience::Long, &question).await.map_err(unavailable)?;
        Ok(sealed)
    }

    pub(super) async fn find(&self, id_hash: &str) -> Result<Option<Kept>> {
        let name = self.entry(id_hash);
        Ok(self.sealed_entry(&name).await?.and_then(|sealed| self.kept(&name, &sealed)))
    }

    pub(super) async fn renew(&self, id_hash: &str, (new_hash, kept): (&str, &Kept), until: i64) -> Result<bool> {
        let (old, new, list) = (self.entry(id_hash), self.entry(new_hash), self.list_of(kept.user_id));
        let Some(before) = self.sealed_entry(&old).await? else { return Ok(false) };
        let ends = Kept { expires_at: until, ..kept.clone() };
        let seconds = kept.expires_at.saturating_sub(kept.used_at).max(1);
        let place = self.ids(kept.user_id).await?.last().map_or(0.0, |(_, place)| place + 1.0);
        let mut question = redis::pipe();
        question.cmd("EVAL").arg(RENEW).arg(3).arg(&old).arg(&new).arg(&list).arg(&before);
        let remaining = until.saturating_sub(kept.used_at).max(1);
        question.arg(self.sealed(&old, &ends)?).arg(remaining).arg(self.sealed(&new, kept)?).arg(seconds);
        question.arg(new_hash).arg(place);
        // One that was changed meanwhile, perhaps renewed by another server, or has ended is left alone.
        let (renewed,) = self.redis.ask::<(i64,)>(Patience::Long, &question).await.map_err(unavailable)?;
        Ok(renewed == 1)
    }

    /// Changes what is kept of a session; one that has ended stays so.
    pub(super) async fn change(&self, id_hash: &str, change: impl Fn(&mut Kept)) -> Result<()> {
        let name = self.entry(id_hash);
        for _ in 0..ATTEMPTS {
            let Some(before) = self.sealed_entry(&name).await? else { return Ok(()) };
            let Some(mut kept) = self.kept(&name, &before) else { return Ok(()) };
            change(&mut kept);
            let after = self.sealed(&name, &kept)?;
            let mut question = redis::pipe();
            question.cmd("EVAL").arg(REPLACE).arg(1).arg(&name).arg(&before).arg(&after);
            let (replaced,) = self.redis.ask::<(i64,)>(Patience::Long, &question).await.map_err(unavailable)?;
            if replaced == 1 {
                return Ok(());
            }
        }
        Err(AppOsError::validation("others change this session at the same time; try again").code_is("write_conflict"))
    }

    pub(super) async fn end(&self, id_hash: &str, user_id: Option<i64>) -> Result<()> {
        let mut question = redis::pipe();
        question.del(self.entry(id_hash)).ignore();
        if let Some(user_id) = user_id {
            question.zrem(self.list_of(user_id), id_hash).ignore();
        }
        self.do_all(&question).await
    }

    pub(super) async fn end_all(&self, user_id: i64) -> Result<()> {
        // One that begins meanwhile is in the list only after it is in Redis, and ends in the next round.
        loop {
            let ids = self.ids(user_id).await?;
            if ids.is_empty() {
                return Ok(());
            }
            let list = self.list_of(user_id);
            let mut question = redis::pipe();
            question.atomic();
            for (id_hash, _) in &ids {
                question.del(self.entry(id_hash)).ignore().zrem(&list, id_hash).ignore();
            }
            self.do_all(&question).await?;
        }
    }

    pub(super) async fn list(&self, user_id: i64) -> Result<Vec<(String, Kept)>> {
        let mut sessions = Vec::new();
        for (id_hash, _) in self.ids(user_id).await? {
            if let Some(kept) = self.find(&id_hash).await? {
                sessions.push((id_hash, kept));
            }
        }
        Ok(sessions)
    }
}

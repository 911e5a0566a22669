//! A session as it is kept, and where: in the database or in Redis.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::in_database::InDatabase;
use super::in_redis::InRedis;
use crate::error::Result;
use crate::nodes::Redis;
use crate::record::Store;
use crate::vault::SecretKeys;

/// What is kept of a session. Times are seconds since 1970.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) user_id: i64,
    pub(super) created_at: i64,
    pub(super) used_at: i64,
    pub(super) expires_at: i64,
    /// Network address from which it was begun.
    pub(super) address: Option<String>,
    /// Values an app has kept.
    pub(super) data: Map<String, Json>,
    /// What the user's rights came from when the id was made; zero: that is not known yet.
    pub(super) mark: u64,
}

/// Where sessions are kept. What is not found there does not exist: nothing else is asked.
pub(super) enum Keeper {
    Database(InDatabase),
    Redis(InRedis),
}

impl Keeper {
    pub(super) fn of(store: Arc<Store>, keys: Arc<SecretKeys>, redis: Option<Arc<Redis>>) -> Self {
        match redis {
            Some(redis) => Self::Redis(InRedis::new(redis, keys)),
            None => Self::Database(InDatabase::new(store, keys)),
        }
    }

    /// Adds a session, and ends the oldest of its user's beyond `limit`, which it answers.
    pub(super) async fn begin(&self, id_hash: &str, kept: &Kept, limit: Option<u32>) -> Result<Vec<String>> {
        match self {
            Self::Database(place) => place.begin(id_hash, kept, limit).await,
            Self::Redis(place) => place.begin(id_hash, kept, limit).await,
        }
    }

    pub(super) async fn find(&self, id_hash: &str) -> Result<Option<Kept>> {
        match self {
            Self::Database(place) => place.find(id_hash).await,
            Self::Redis(place) => place.find(id_hash).await,
        }
    }

    /// Replaces a session by another that is the same under a new id. The old id holds until `until`,
    /// for requests that are on their way. False: it has ended or was changed meanwhile, and there is no new id.
    pub(super) async fn renew(&self, id_hash: &str, new: (&str, &Kept), until: i64) -> Result<bool> {
        match self {
            Self::Database(place) => place.renew(id_hash, new, until).await,
            Self::Redis(place) => place.renew(id_hash, new, until).await,
        }
    }

    /// Notes what the rights come from.
    pub(super) async fn mark(&self, id_hash: &str, mark: u64) -> Result<()> {
        match self {
            Self::Database(place) => place.mark(id_hash, mark).await,
            Self::Redis(place) => place.change(id_hash, |kept| kept.mark = mark).await,
        }
    }

    /// Notes that a session was used; one that has ended stays so.
    pub(super) async fn note_use(&self, id_hash: &str, now: i64) -> Result<()> {
        match self {
            Self::Database(place) => place.note_use(id_hash, now).await,
            Self::Redis(place) => place.change(id_hash, |kept| kept.used_at = now).await,
        }
    }

    /// Keeps the values of an app; for a session that has ended, nothing is kept.
    pub(super) async fn keep(&self, id_hash: &str, data: &Map<String, Json>) -> Result<()> {
        match self {
            Self::Database(place) => place.keep(id_hash, data.clone()).await,
            Self::Redis(place) => place.change(id_hash, |kept| kept.data.clone_from(data)).await,
        }
    }

    pub(super) async fn end(&self, id_hash: &str, user_id: Option<i64>) -> Result<()> {
        match self {
            Self::Database(place) => place.end(id_hash).await,
            Self::Redis(place) => place.end(id_hash, user_id).await,
        }
    }

    /// Ends all sessions of a user.
    pub(super) async fn end_all(&self, user_id: i64) -> Result<()> {
        match self {
            Self::Database(place) => place.end_all(user_id).await,
            Self::Redis(place) => place.end_all(user_id).await,
        }
    }

    /// The sessions of a user with the hashes of their ids, oldest first.
    pub(super) async fn list(&self, user_id: i64) -> Result<Vec<(String, Kept)>> {
        match self {
            Self::Database(place) => place.list(user_id).await,
            Self::Redis(place) => place.list(user_id).await,
        }
    }
}

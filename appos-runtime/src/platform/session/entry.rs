//! A session as it is kept in memory, and as people see it.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Instant;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::platform::identity::Account;
use crate::value::DateTime;

/// A signed-in session.
pub(crate) struct SessionEntry {
    pub(crate) account: Account,
    /// State of the security data as of which the account was read.
    pub(super) epoch: u64,
    pub(super) id_hash: String,
    /// When the account was read.
    pub(super) account_at: Instant,
    /// When it was last found where sessions are kept.
    pub(super) found_at: Instant,
    pub(super) expires_at: i64,
    pub(super) used_at: AtomicI64,
    /// When `used_at` was last written to where sessions are kept.
    pub(super) noted_at: AtomicI64,
    pub(super) data: Map<String, Json>,
    pub(super) created_at: i64,
    pub(super) address: Option<String>,
    /// What the user's rights came from when the id was made.
    pub(super) mark: AtomicU64,
    /// State of the security data as of which that was compared.
    pub(super) compared: AtomicU64,
}

impl SessionEntry {
    /// Values an app has kept.
    pub(crate) fn data(&self) -> Map<String, Json> {
        self.data.clone()
    }

    /// True if the id is as new as the user's rights, as of this state of the security data.
    pub(crate) fn is_compared(&self, epoch: u64) -> bool {
        self.compared.load(Ordering::Relaxed) == epoch
    }

    /// The hash of its id, by which this server knows it.
    pub(crate) fn id_hash(&self) -> &str {
        &self.id_hash
    }

    /// The number by which its user and administrators know it.
    pub(crate) fn number(&self) -> &str {
        number_of(&self.id_hash)
    }
}

/// A session as its user and administrators see it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SessionInfo {
    /// By which it is ended. Nobody can sign in with it.
    pub(super) id: String,
    pub(super) created_at: Option<DateTime>,
    /// When it was last used, to the minute.
    pub(super) used_at: Option<DateTime>,
    pub(super) expires_at: Option<DateTime>,
    /// Network address from which it was begun.
    pub(super) address: Option<String>,
}

impl SessionInfo {
    pub(crate) fn id(&self) -> &str {
        &self.id
    }
}

/// Characters of a hash by which a session is known.
const NUMBER_LENGTH: usize = 16;

/// A part of the hash of an id: from the whole one nobody finds the id either.
pub(super) fn number_of(id_hash: &str) -> &str {
    id_hash.get(..NUMBER_LENGTH).unwrap_or(id_hash)
}

//! The platform's own app: users, groups, memberships, grants, and how people sign in.

mod access;
mod acting;
pub(crate) mod api_key;
#[cfg(feature = "web")]
pub(crate) mod console;
mod define;
mod guard;
#[cfg(feature = "web")]
pub(crate) mod idempotency;
mod identity;
#[cfg(feature = "web")]
mod others;
mod outbox;
mod password;
pub(crate) mod preferences;
mod privileged;
pub mod records;
#[cfg(feature = "web")]
mod rotation;
pub mod rules;
pub(crate) mod saved_views;
pub(crate) mod secrets;
pub(crate) mod session;
mod session_rules;
pub(crate) mod setup;
mod shared_identity;
mod shared_key;
pub(crate) mod sign_in;
pub(crate) mod stored_secrets;
mod system_columns;
mod tables;

#[cfg(feature = "web")]
pub(crate) use access::AccessWatch;
pub(crate) use acting::{acting_as, acting_for, elevated, enqueue_as_system, note_elevation, why_not};
pub(crate) use guard::PlatformGuard;
pub(crate) use identity::{
    Account, StoredIdentity, account_by_email, account_by_id, account_of, public_account, system_account,
};
#[cfg(feature = "web")]
pub(crate) use identity::{account_like, accounts_named, operator_account};
#[cfg(feature = "web")]
pub(crate) use others::Others;
pub use outbox::enqueue;
pub(crate) use outbox::{Carrier, Courier, enqueue_for};
#[cfg(feature = "web")]
pub(crate) use outbox::{OutboxDepth, depth as outbox_depth, outbox_idle};
#[doc(hidden)]
pub use outbox::{enqueue_hook, enqueue_start};
#[cfg(feature = "web")]
pub(crate) use password::{MAX_LENGTH, MIN_LENGTH, Place, strong_enough, users_with_password};
pub(crate) use privileged::is_privileged;
pub use records::UserRef;
#[cfg(feature = "web")]
pub(crate) use rotation::rotate;
#[cfg(feature = "web")]
pub(crate) use shared_identity::SharedIdentity;
#[cfg(feature = "web")]
pub(crate) use shared_key::shared_key;
pub use system_columns::SystemColumns;
pub(crate) use tables::{is_first_start, note_filled, prepare};

/// Name of the platform's own app.
pub(crate) const APP: &str = "platform";

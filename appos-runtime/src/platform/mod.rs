//! The platform's own app: users, groups, memberships, grants, and how people sign in.

#[cfg(feature = "web")]
mod access;
pub(crate) mod api_key;
mod define;
mod guard;
#[cfg(feature = "web")]
pub(crate) mod idempotency;
mod identity;
#[cfg(feature = "web")]
pub(crate) mod key_use;
mod outbox;
mod password;
mod privileged;
pub mod records;
#[cfg(feature = "web")]
mod rotation;
pub mod rules;
pub(crate) mod secrets;
pub(crate) mod session;
pub(crate) mod setup;
mod system_columns;
mod tables;

#[cfg(feature = "web")]
pub(crate) use access::{AccessWatch, tell_others};
pub(crate) use guard::PlatformGuard;
pub(crate) use identity::{Account, StoredIdentity, account_by_email, account_by_id, public_account, system_account};
#[cfg(feature = "web")]
pub(crate) use identity::{account_like, accounts_named, operator_account};
pub(crate) use outbox::Courier;
pub use outbox::enqueue;
#[doc(hidden)]
pub use outbox::enqueue_hook;
#[cfg(feature = "web")]
pub(crate) use outbox::outbox_idle;
#[cfg(feature = "web")]
pub(crate) use password::{password_fits, stored_hash, users_with_password};
pub(crate) use privileged::is_privileged;
pub use records::UserRef;
#[cfg(feature = "web")]
pub(crate) use rotation::rotate;
pub use system_columns::SystemColumns;
pub(crate) use tables::{is_first_start, note_filled, prepare};

/// Name of the platform's own app.
pub(crate) const APP: &str = "platform";

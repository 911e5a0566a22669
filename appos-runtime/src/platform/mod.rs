//! The platform's own app: users, groups, memberships, grants, and how people sign in.

pub(crate) mod api_key;
mod define;
mod guard;
mod identity;
mod password;
mod records;
mod rules;
pub(crate) mod session;
pub(crate) mod setup;
mod tables;

pub(crate) use guard::before_write;
pub(crate) use identity::{Account, StoredIdentity, account_by_email, account_by_id, public_account};
pub(crate) use password::{hash_password, password_fits, store_password, strong_enough};
pub use records::{Group, Membership, ObjectPermission, User, UserRef, UserTypeChoice};
pub use rules::{Secret, create_api_key, set_password, why};
pub(crate) use tables::prepare;

/// Name of the platform's own app.
pub(crate) const APP: &str = "platform";

//! Who may do what: six permissions, three tiers, wildcards, and decisions that are exact
//! after every change.

mod decisions;
mod pattern;
mod permission;
mod policy;
mod service;
#[cfg(test)]
mod tests;

pub use decisions::Rights;
#[cfg(feature = "web")]
pub(crate) use decisions::worked_out;
pub use pattern::{Pattern, PatternError};
pub use permission::{Permission, UnknownPermission};
pub use policy::{AppPolicy, Because, Decision, Grant, Policy, Reason, Subject, UserType};
pub use service::{IdentitySource, Loading, Membership, Security};

/// The group whose members may do everything.
pub const SYSTEM_ADMIN: &str = "system_admin";
/// The group that everyone belongs to, signed in or not.
pub const PUBLIC_ACCESS: &str = "public_access";

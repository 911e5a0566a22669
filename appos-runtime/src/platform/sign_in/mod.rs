//! How somebody becomes an account: what is presented, how often it may be tried, and the links
//! that lead to a password.

#[cfg(feature = "web")]
mod attempts;
#[cfg(feature = "web")]
mod credential;
mod link;
#[cfg(feature = "web")]
mod new_password;

#[cfg(feature = "web")]
pub(crate) use attempts::Attempts;
#[cfg(feature = "web")]
pub(crate) use credential::Credential;
pub(crate) use link::{Links, Purpose};
#[cfg(feature = "web")]
pub(crate) use new_password::{change_own, set_by_link};

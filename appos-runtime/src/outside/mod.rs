//! The world outside: connected systems, what apps send to them, and what guards the way there.
//!
//! Nothing here knows of HTTP servers or screens. A system is described by an object of the app;
//! where it stands and which networks it may lie in, the platform's settings may change; its credentials are
//! kept sealed. Whoever wants to speak to a system has been asked whether he may use it.

mod address;
mod credential;
mod database;
mod endpoint;
mod fault;
#[cfg(feature = "web")]
pub(crate) mod files;
mod ftp;
mod handles;
pub mod http;
mod imap;
pub(crate) mod mail;
mod pool;
mod recorded;
mod rules;
mod settings;
mod smtp;
mod stand_in;
mod systems;
pub(crate) mod telemetry;
#[cfg(test)]
mod testing;
mod trust;
mod wire;

pub use ftp::RemoteFile;
pub use handles::{FtpSystem, ImapSystem, Opened, SmtpSystem, SystemHandle, open_system};
pub use imap::{Address, Attachment, MailSearch, ReceivedMessage};
pub use mail::Email;
pub(crate) use mail::carry;
#[cfg(feature = "web")]
pub(crate) use rules::{list_systems, test_system};
pub(crate) use stand_in::StandIns;
#[cfg(feature = "web")]
pub(crate) use systems::SystemState;
pub(crate) use systems::{Systems, system_mistakes};

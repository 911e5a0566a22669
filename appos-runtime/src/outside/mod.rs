//! The world outside: connected systems, what apps send to them, and what guards the way there.
//!
//! Nothing here knows of HTTP servers or screens. A system is described by an object of the app;
//! where it stands and which networks it may lie in, the platform's settings may change; its credentials are
//! kept sealed. Whoever wants to speak to a system has been asked whether he may use it.

mod address;
mod credential;
mod endpoint;
mod fault;
mod ftp;
mod handles;
mod imap;
mod mail;
mod pool;
mod smtp;
#[cfg(test)]
mod testing;
mod trust;
mod wire;

pub(crate) use address::reachable;
pub(crate) use credential::Credential;
pub(crate) use endpoint::{Endpoint, TlsMode};
pub(crate) use ftp::FtpClient;
pub use ftp::RemoteFile;
pub use handles::{FtpSystem, ImapSystem};
pub(crate) use imap::ImapClient;
pub use imap::{Address, Attachment, MailSearch, ReceivedMessage};
pub use mail::Email;
pub(crate) use smtp::SmtpClient;
pub(crate) use trust::{ClientCertificate, Trust};

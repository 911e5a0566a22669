//! Servers that keep mail (IMAP, RFC 3501).

mod client;
mod connection;
mod message;
mod search;
#[cfg(test)]
mod tests;

pub(crate) use client::ImapClient;
pub use message::{Address, Attachment, ReceivedMessage};
pub use search::MailSearch;

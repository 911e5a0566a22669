//! Servers that keep files (FTP, RFC 959; encrypted by RFC 4217).

mod client;
mod connection;
mod entry;
#[cfg(test)]
mod tests;

pub(crate) use client::FtpClient;
pub use entry::RemoteFile;

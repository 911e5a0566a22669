//! Servers that take mail (SMTP, RFC 5321).

mod client;
mod connection;
#[cfg(test)]
mod tests;

pub(crate) use client::SmtpClient;

//! What mail is sent with.

use std::time::Duration;

use lettre::address::Envelope;

use super::connection::Smtp;
use crate::error::Result;
use crate::outside::credential::Credential;
use crate::outside::endpoint::Endpoint;
use crate::outside::fault::{in_time, refused};
use crate::outside::pool::Pool;

/// A megabyte of a message may take this much longer than an exchange.
const FOR_A_MEGABYTE: Duration = Duration::from_secs(5);

/// A server that takes mail, with its connections.
#[derive(Debug)]
pub(crate) struct SmtpClient {
    pool: Pool<Smtp>,
}

impl SmtpClient {
    /// Connects to nothing yet.
    ///
    /// # Errors
    /// The credentials are none of SMTP's (code `unsuited_credentials`), or a certificate is none
    /// (`invalid_certificate`).
    pub(crate) fn new(endpoint: Endpoint, credential: &Credential) -> Result<Self> {
        Ok(Self { pool: Pool::new(Smtp::new(endpoint, credential)?)? })
    }

    /// Hands a message over, to all that it is for.
    ///
    /// # Errors
    /// No connection can be had, or the server refuses the message or somebody whom it is for (`remote_refused`).
    pub(crate) async fn send(&self, envelope: &Envelope, message: &[u8]) -> Result<()> {
        let protocol = self.pool.protocol();
        let megabytes = u32::try_from(message.len() >> 20).unwrap_or(u32::MAX);
        let limit = protocol.endpoint.timeout.saturating_add(FOR_A_MEGABYTE.saturating_mul(megabytes));
        self.pool
            .with(async |connection| {
                in_time(&protocol.endpoint, ("sending a message", limit), async {
                    connection.send(envelope, message).await.map(drop).map_err(|error| {
                        let fault = protocol.fault(&error);
                        // It would say the same of the same mail again (RFC 5321, 4.2.1).
                        if error.is_permanent() { fault.permanent() } else { fault }
                    })
                })
                .await
            })
            .await
    }

    /// Connects, shows the credentials, and asks whether the server is there.
    ///
    /// # Errors
    /// One of these fails.
    pub(crate) async fn check(&self) -> Result<()> {
        let protocol = self.pool.protocol();
        self.pool
            .with(async |connection| {
                in_time(&protocol.endpoint, ("the check", protocol.endpoint.timeout), async {
                    let lives = connection.test_connected().await;
                    if lives { Ok(()) } else { Err(refused(&protocol.endpoint, "it does not answer NOOP")) }
                })
                .await
            })
            .await
    }

    /// How many connections are open.
    #[cfg(test)]
    pub(super) fn connections(&self) -> usize {
        self.pool.size()
    }
}

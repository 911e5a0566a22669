//! Where a system that speaks mail or files is, and how many connections to it there may be.

use std::net::SocketAddr;
use std::time::Duration;

use ipnet::IpNet;

use super::address;
use super::trust::Trust;
pub(crate) use crate::config::TlsMode;
use crate::error::Result;

/// A server of one of the protocols SMTP, IMAP and FTP.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    /// Name or address, which the certificate has to name as well.
    pub(crate) host: String,
    /// Its port.
    pub(crate) port: u16,
    /// When connections are encrypted.
    pub(crate) tls: TlsMode,
    /// Whose certificates are believed, and which one is shown.
    pub(crate) trust: Trust,
    /// How long a connection may take to be made, with its greeting.
    pub(crate) connect_timeout: Duration,
    /// How long one exchange may take.
    pub(crate) timeout: Duration,
    /// Most connections at a time; further callers wait.
    pub(crate) pool_size: u32,
    /// After how long an unused connection is closed.
    pub(crate) idle_timeout: Duration,
    /// Networks beside the public internet in which the server may lie.
    pub(crate) networks: Vec<IpNet>,
}

impl Endpoint {
    /// The addresses that may be connected to.
    ///
    /// # Errors
    /// As [`address::reachable`].
    pub(crate) async fn addresses(&self) -> Result<Vec<SocketAddr>> {
        address::reachable(&self.host, self.port, &self.networks).await
    }
}

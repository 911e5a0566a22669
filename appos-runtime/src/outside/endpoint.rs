//! Where a system that speaks mail or files is, and how many connections to it there may be.

use std::net::SocketAddr;
use std::time::Duration;

use ipnet::IpNet;

use super::address;
use super::settings::Limits;
use super::trust::Trust;
use crate::config::SystemSettings;
pub(crate) use crate::config::TlsMode;
use crate::error::Result;
use crate::registry::SystemKind;

/// What `max_response` is where nobody has said it.
const LARGEST: u64 = 25 << 20;

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
    /// Most bytes of a message or a file, where the app says nothing else.
    pub(crate) max_response: u64,
}

impl Endpoint {
    /// The server of a system with these settings. Nothing said of it, its connections are encrypted.
    pub(crate) fn of(kind: SystemKind, settings: &SystemSettings, trust: Trust) -> Self {
        let tls = settings.tls.unwrap_or(match kind {
            // The older way of encryption is the one that servers of files have.
            SystemKind::Ftp => TlsMode::Starttls,
            _ => TlsMode::Implicit,
        });
        let usual = match (kind, tls) {
            (SystemKind::Smtp, TlsMode::Implicit) => 465,
            (SystemKind::Smtp, TlsMode::Starttls) => 587,
            (SystemKind::Smtp, TlsMode::Off) => 25,
            (SystemKind::Imap, TlsMode::Implicit) => 993,
            (SystemKind::Imap, _) => 143,
            (_, TlsMode::Implicit) => 990,
            _ => 21,
        };
        let limits = Limits::of(settings);
        Self {
            host: settings.host.clone().unwrap_or_default(),
            port: settings.port.unwrap_or(usual),
            tls,
            trust,
            connect_timeout: limits.connect_timeout,
            timeout: limits.timeout,
            pool_size: limits.pool_size,
            idle_timeout: limits.idle_timeout,
            networks: limits.networks,
            max_response: settings.max_response.map_or(LARGEST, |most| u64::try_from(most).unwrap_or(u64::MAX)),
        }
    }

    /// The addresses that may be connected to.
    ///
    /// # Errors
    /// As [`address::reachable`].
    pub(crate) async fn addresses(&self) -> Result<Vec<SocketAddr>> {
        address::reachable(&self.host, self.port, &self.networks).await
    }
}

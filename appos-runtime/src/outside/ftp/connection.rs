//! One connection by FTP: made, encrypted, authenticated, and made as new.

use std::net::SocketAddr;
use std::pin::Pin;

use secrecy::ExposeSecret;
use suppaftp::tokio::{AsyncRustlsConnector, AsyncRustlsFtpStream};
use suppaftp::types::FileType;
use suppaftp::{FtpError, FtpResult, Mode, Status};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::error::{AppOsError, Result};
use crate::outside::credential::Credential;
use crate::outside::endpoint::{Endpoint, TlsMode};
use crate::outside::fault::{disconnected, garbled, in_time, one_line, refused, unauthenticated, untrusted};
use crate::outside::pool::Protocol;
use crate::outside::wire::{certified_name, connect, connector, unsuited};

/// FTP as [`Protocol`].
pub(super) struct Ftp {
    pub(super) endpoint: Endpoint,
    user: String,
    credential: Credential,
    tls: TlsConnector,
}

impl Ftp {
    /// # Errors
    /// The credentials are of a kind that FTP does not know, or a certificate is none.
    pub(super) fn new(endpoint: Endpoint, credential: Credential) -> Result<Self> {
        let user = match &credential {
            Credential::None => "anonymous".to_owned(),
            Credential::Basic { user, password } => {
                one_line("user", user)?;
                one_line("password", password.expose_secret())?;
                user.clone()
            }
            _ => return Err(unsuited("ftp")),
        };
        let tls = connector(&endpoint)?;
        Ok(Self { endpoint, user, credential, tls })
    }

    /// What an error of the protocol is called here.
    pub(super) fn fault(&self, error: FtpError) -> AppOsError {
        let endpoint = &self.endpoint;
        match error {
            FtpError::UnexpectedResponse(response) => {
                let text = String::from_utf8_lossy(&response.body);
                // 421: the server ends the connection.
                if response.status.code() == 421 { disconnected(endpoint) } else { refused(endpoint, text) }
            }
            FtpError::ConnectionError(error) => disconnected(endpoint).caused_by(error),
            FtpError::SecureError(why) => untrusted(endpoint, why),
            _ => garbled(endpoint),
        }
    }

    async fn greeted(&self) -> FtpResult<Result<AsyncRustlsFtpStream>> {
        let tls = || AsyncRustlsConnector::from(self.tls.clone());
        let name = certified_name(&self.endpoint);
        if self.endpoint.tls == TlsMode::Implicit {
            let addresses = match self.endpoint.addresses().await {
                Ok(addresses) => addresses,
                Err(error) => return Ok(Err(error)),
            };
            return AsyncRustlsFtpStream::connect_secure_implicit(&addresses[..], tls(), name).await.map(Ok);
        }
        let stream = match connect(&self.endpoint).await {
            Ok(stream) => stream,
            Err(error) => return Ok(Err(error)),
        };
        let plain = AsyncRustlsFtpStream::connect_with_stream(stream).await?;
        if self.endpoint.tls == TlsMode::Off {
            return Ok(Ok(plain));
        }
        match plain.into_secure(tls(), name).await {
            Err(FtpError::UnexpectedResponse(_)) => {
                Ok(Err(untrusted(&self.endpoint, "the server does not offer AUTH TLS")))
            }
            done => done.map(Ok),
        }
    }
}

/// Opens the connection for data: only to the machine to which the one for commands leads.
fn data_connection(
    server: SocketAddr,
) -> impl Fn(SocketAddr) -> Pin<Box<dyn Future<Output = FtpResult<TcpStream>> + Send + Sync>> + Send + Sync + 'static {
    move |wanted| {
        Box::pin(async move {
            let address = SocketAddr::new(server.ip(), wanted.port());
            TcpStream::connect(address).await.map_err(FtpError::ConnectionError)
        })
    }
}

impl Protocol for Ftp {
    type Connection = AsyncRustlsFtpStream;

    fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    async fn open(&self) -> Result<AsyncRustlsFtpStream> {
        let mut connection = self.greeted().await.map_err(|error| self.fault(error))??;
        let server =
            connection.get_ref().await.peer_addr().map_err(|error| disconnected(&self.endpoint).caused_by(error))?;
        connection = connection.passive_stream_builder(data_connection(server));
        // PASV has no address of IPv6.
        connection.set_mode(if server.is_ipv6() { Mode::ExtendedPassive } else { Mode::Passive });
        connection.set_passive_nat_workaround(true);
        let password = match &self.credential {
            Credential::Basic { password, .. } => password.expose_secret(),
            _ => "anonymous",
        };
        connection.login(self.user.as_str(), password).await.map_err(|error| match error {
            FtpError::UnexpectedResponse(_) => unauthenticated(&self.endpoint),
            error => self.fault(error),
        })?;
        if self.endpoint.tls == TlsMode::Implicit {
            // Servers that encrypt everything as it is may refuse to be asked.
            for command in ["PBSZ 0", "PROT P"] {
                match connection.custom_command(command, &[Status::CommandOk]).await {
                    Ok(_) | Err(FtpError::UnexpectedResponse(_)) => {}
                    Err(error) => return Err(self.fault(error)),
                }
            }
        }
        // Bytes as they are.
        connection.transfer_type(FileType::Binary).await.map_err(|error| self.fault(error))?;
        Ok(connection)
    }

    async fn reset(&self, connection: &mut AsyncRustlsFtpStream) -> Result<()> {
        in_time(&self.endpoint, ("a sign of life", self.endpoint.timeout), async {
            connection.noop().await.map_err(|error| self.fault(error))
        })
        .await
    }

    fn outlives_refusal(_: &AsyncRustlsFtpStream) -> bool {
        true
    }
}

//! One connection by SMTP: made, encrypted, authenticated, and made as new.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};

use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{
    AsyncSmtpConnection, AsyncTokioStream, Certificate, CertificateStore, Identity, TlsParameters,
};
use lettre::transport::smtp::extension::ClientId;
use pin_project_lite::pin_project;
use secrecy::ExposeSecret;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::error::{AppOsError, Result};
use crate::outside::credential::Credential;
use crate::outside::endpoint::{Endpoint, TlsMode};
use crate::outside::fault::{disconnected, garbled, late, refused, unauthenticated, untrusted};
use crate::outside::pool::Protocol;
use crate::outside::wire::{certified_name, connect, connector, encrypt, unsuited};

pin_project! {
    /// An encrypted connection in the form that lettre takes.
    #[derive(Debug)]
    struct Encrypted {
        #[pin]
        stream: TlsStream<TcpStream>,
    }
}

impl AsyncRead for Encrypted {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.project().stream.poll_read(cx, buf)
    }
}

impl AsyncWrite for Encrypted {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.project().stream.poll_write(cx, buf)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.project().stream.poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.project().stream.poll_shutdown(cx)
    }
}

impl AsyncTokioStream for Encrypted {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.stream.get_ref().0.peer_addr()
    }
}

/// SMTP as [`Protocol`].
pub(super) struct Smtp {
    pub(super) endpoint: Endpoint,
    /// Mechanisms of which the server's first is taken, and what they show.
    authentication: Option<(&'static [Mechanism], Credentials)>,
    /// For connections that are encrypted from the beginning.
    wrapper: TlsConnector,
    /// For those that become so.
    upgrade: TlsParameters,
    /// Who the client says it is.
    hello: ClientId,
}

impl Smtp {
    /// # Errors
    /// The credentials are of a kind that SMTP does not know, or a certificate is none.
    pub(super) fn new(endpoint: Endpoint, credential: &Credential) -> Result<Self> {
        let authentication = authentication(credential)?;
        let (wrapper, upgrade) = (connector(&endpoint)?, upgrade(&endpoint)?);
        Ok(Self { endpoint, authentication, wrapper, upgrade, hello: ClientId::default() })
    }

    /// What an error of the protocol is called here.
    pub(super) fn fault(&self, error: &Error) -> AppOsError {
        let endpoint = &self.endpoint;
        if error.is_timeout() {
            late(endpoint, "an exchange")
        } else if error.is_tls() {
            untrusted(endpoint, text(error))
        } else if error.is_permanent() || error.is_transient() {
            refused(endpoint, text(error))
        } else if error.is_response() {
            garbled(endpoint)
        } else if error.is_client() {
            refused(endpoint, format!("it lacks what this needs: {}", text(error)))
        } else {
            disconnected(endpoint).caused_by(text(error))
        }
    }
}

/// Says of an error what it is, with the answer of the server.
fn text(error: &Error) -> String {
    use std::error::Error as _;
    let mut text = error.to_string();
    if let Some(source) = error.source()
        && !text.contains(&source.to_string())
    {
        text = format!("{text}: {source}");
    }
    text
}

fn authentication(credential: &Credential) -> Result<Option<(&'static [Mechanism], Credentials)>> {
    Ok(match credential {
        Credential::None => None,
        Credential::Basic { user, password } => {
            let shown = Credentials::new(user.clone(), password.expose_secret().to_owned());
            Some((&[Mechanism::Plain, Mechanism::Login][..], shown))
        }
        Credential::Bearer { user: Some(user), token } => {
            let shown = Credentials::new(user.clone(), token.expose_secret().to_owned());
            Some((&[Mechanism::Xoauth2][..], shown))
        }
        _ => return Err(unsuited("smtp")),
    })
}

fn upgrade(endpoint: &Endpoint) -> Result<TlsParameters> {
    let wrong = |_: Error| AppOsError::integration("a certificate cannot be used").code_is("invalid_certificate");
    let mut builder = TlsParameters::builder(certified_name(endpoint).to_owned());
    builder = match &endpoint.trust.ca {
        None => builder.certificate_store(CertificateStore::WebpkiRoots),
        Some(ca) => builder
            .certificate_store(CertificateStore::None)
            .add_root_certificate(Certificate::from_pem(ca.as_bytes()).map_err(wrong)?),
    };
    if let Some(client) = &endpoint.trust.client {
        let identity =
            Identity::from_pem(client.certificate.as_bytes(), client.key.expose_secret().as_bytes()).map_err(wrong)?;
        builder = builder.identify_with(identity);
    }
    builder.build().map_err(wrong)
}

impl Protocol for Smtp {
    type Connection = AsyncSmtpConnection;

    fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    async fn open(&self) -> Result<AsyncSmtpConnection> {
        let fault = |error: Error| self.fault(&error);
        let mut connection = match self.endpoint.tls {
            TlsMode::Implicit => {
                let stream = encrypt(&self.endpoint, &self.wrapper, connect(&self.endpoint).await?).await?;
                AsyncSmtpConnection::connect_with_transport(Box::new(Encrypted { stream }), &self.hello).await
            }
            TlsMode::Starttls | TlsMode::Off => {
                let stream = connect(&self.endpoint).await?;
                AsyncSmtpConnection::connect_with_transport(Box::new(stream), &self.hello).await
            }
        }
        .map_err(fault)?;
        if self.endpoint.tls == TlsMode::Starttls {
            if !connection.can_starttls() {
                return Err(untrusted(&self.endpoint, "the server does not offer STARTTLS"));
            }
            let encrypted = connection.starttls(self.upgrade.clone(), &self.hello).await;
            encrypted.map_err(|error| untrusted(&self.endpoint, text(&error)))?;
        }
        if let Some((mechanisms, credentials)) = &self.authentication
            && let Err(error) = connection.auth(mechanisms, credentials).await
        {
            connection.abort().await;
            let is_refusal = error.is_permanent() || error.is_transient() || error.is_client();
            return Err(if is_refusal { unauthenticated(&self.endpoint) } else { self.fault(&error) });
        }
        Ok(connection)
    }

    async fn reset(&self, connection: &mut AsyncSmtpConnection) -> Result<()> {
        if connection.has_broken() {
            return Err(disconnected(&self.endpoint));
        }
        connection.command(lettre::transport::smtp::commands::Rset).await.map_err(|error| self.fault(&error)).map(drop)
    }

    fn outlives_refusal(connection: &AsyncSmtpConnection) -> bool {
        !connection.has_broken()
    }
}

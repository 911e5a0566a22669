//! A connection by TCP, encrypted or not, to an address that was judged.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite, BufWriter, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::endpoint::Endpoint;
use super::fault::{disconnected, untrusted};
use crate::error::{AppOsError, Result};

/// Text of the error of a reader that was given more than it allows.
const TOO_MUCH: &str = "the answer is larger than it may be";

/// Bytes in both directions.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send + Sync + std::fmt::Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + Sync + std::fmt::Debug> Stream for T {}

/// The first of the host's addresses that answers.
///
/// # Errors
/// The host may not be connected to, or does not answer.
pub(super) async fn connect(endpoint: &Endpoint) -> Result<TcpStream> {
    let addresses = endpoint.addresses().await?;
    let stream = TcpStream::connect(&addresses[..]).await.map_err(|error| disconnected(endpoint).caused_by(error))?;
    // Commands are small, and each waits for its answer.
    stream.set_nodelay(true).ok();
    Ok(stream)
}

/// What encrypts connections to this server.
///
/// # Errors
/// A certificate or key of the settings is none.
pub(super) fn connector(endpoint: &Endpoint) -> Result<TlsConnector> {
    Ok(TlsConnector::from(Arc::new(endpoint.trust.client_config()?)))
}

/// The host's name as certificates have it.
pub(super) fn certified_name(endpoint: &Endpoint) -> &str {
    endpoint.host.trim_start_matches('[').trim_end_matches(']')
}

/// Encrypts a connection.
///
/// # Errors
/// The server shows no certificate of this host that is believed.
pub(super) async fn encrypt<S: Stream>(
    endpoint: &Endpoint,
    tls: &TlsConnector,
    stream: S,
) -> Result<tokio_rustls::client::TlsStream<S>> {
    let name = ServerName::try_from(certified_name(endpoint).to_owned()).map_err(|error| untrusted(endpoint, error))?;
    tls.connect(name, stream).await.map_err(|error| untrusted(endpoint, error))
}

/// A connection that reads no more than it is allowed: what a server sends is kept in memory until it is understood.
#[derive(Debug)]
pub(super) struct Metered {
    /// Commands leave when they are whole.
    stream: BufWriter<Box<dyn Stream>>,
    left: u64,
}

impl Metered {
    pub(super) fn new(stream: impl Stream + 'static, allowed: u64) -> Self {
        Self { stream: BufWriter::new(Box::new(stream)), left: allowed }
    }

    /// From now on this many bytes may be read.
    pub(super) fn allow(&mut self, bytes: u64) {
        self.left = bytes;
    }

    /// True if more came than was allowed.
    pub(super) fn is_used_up(&self) -> bool {
        self.left == 0
    }
}

impl AsyncRead for Metered {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.left == 0 {
            return Poll::Ready(Err(io::Error::other(TOO_MUCH)));
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buf.remaining());
        let mut part = ReadBuf::new(buf.initialize_unfilled_to(most));
        std::task::ready!(Pin::new(&mut self.stream).poll_read(cx, &mut part))?;
        let read = part.filled().len();
        buf.advance(read);
        self.left -= read as u64;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Metered {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// Credentials of a kind that this protocol does not have.
pub(super) fn unsuited(kind: &str) -> AppOsError {
    AppOsError::integration(format!("a system of kind `{kind}` takes `basic(..)`, or a bearer with its user"))
        .code_is("unsuited_credentials")
}

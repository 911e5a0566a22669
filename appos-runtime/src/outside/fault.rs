//! What went wrong with a server, in the words of all kinds of systems alike. No text of these holds what was sent.

use std::time::Duration;

use super::endpoint::Endpoint;
use crate::error::{AppOsError, ErrorKind, Result};

/// Code of an answer by which a server refuses one request; the connection can be used again.
pub(super) const REFUSED: &str = "remote_refused";

/// Most characters of a server's answer that are told.
const LONGEST_ANSWER: usize = 200;

/// No connection, or one that broke.
pub(super) fn disconnected(endpoint: &Endpoint) -> AppOsError {
    let error = format!("{} cannot be connected to, or has ended the connection", place(endpoint));
    AppOsError::integration(error).code_is("connection_failed")
}

/// The certificate is not believed, or does not name the host; or the server speaks no TLS.
pub(super) fn untrusted(endpoint: &Endpoint, why: impl std::fmt::Display) -> AppOsError {
    let error = format!("the connection to {} cannot be encrypted: {}", place(endpoint), told(&why.to_string()));
    AppOsError::integration(error).code_is("tls_failed")
}

/// The credentials are refused. What the server says of them is not told: it could repeat them.
pub(super) fn unauthenticated(endpoint: &Endpoint) -> AppOsError {
    AppOsError::integration(format!("{} refuses the credentials", place(endpoint))).code_is("authentication_failed")
}

/// The server was asked for something and says no.
pub(super) fn refused(endpoint: &Endpoint, answer: impl std::fmt::Display) -> AppOsError {
    let error = format!("{} refuses: {}", place(endpoint), told(&answer.to_string()));
    AppOsError::integration(error).code_is("remote_refused")
}

/// The server answers what nobody understands.
pub(super) fn garbled(endpoint: &Endpoint) -> AppOsError {
    let error = format!("{} answers what its protocol does not know", place(endpoint));
    AppOsError::integration(error).code_is("invalid_answer")
}

/// More bytes than were allowed.
pub(super) fn too_large(what: &str, limit: u64) -> AppOsError {
    AppOsError::integration(format!("{what} is larger than {limit} bytes")).code_is("too_large")
}

/// The server, or a free connection to it, was waited for too long.
pub(super) fn late(endpoint: &Endpoint, what: &str) -> AppOsError {
    AppOsError::timeout(format!("{}: {what} took too long", place(endpoint)))
}

/// An argument that holds a line break or another control character would be a command of its own.
///
/// # Errors
/// It holds one (code `invalid_argument`, with the name of the argument).
pub(super) fn one_line(name: &str, argument: &str) -> Result<()> {
    if !argument.chars().any(char::is_control) {
        return Ok(());
    }
    let wrong = AppOsError::validation("an argument holds a line break or a control character");
    Err(wrong.code_is("invalid_argument").field(name, "control_character", "holds a line break or a control character"))
}

/// An exchange that ends in time.
///
/// # Errors
/// What the exchange answers, or that it took too long.
pub(super) async fn in_time<T>(
    endpoint: &Endpoint,
    (what, limit): (&str, Duration),
    exchange: impl Future<Output = Result<T>>,
) -> Result<T> {
    tokio::time::timeout(limit, exchange).await.map_err(|_| late(endpoint, what))?
}

/// True if an error says that a server is not there for anybody, and not that it refuses one request.
pub(super) fn is_theirs(error: &AppOsError) -> bool {
    let codes = ["connection_failed", "tls_failed", "authentication_failed", "invalid_answer", "unknown_host"];
    error.kind() == ErrorKind::Timeout || codes.contains(&error.code())
}

fn place(endpoint: &Endpoint) -> String {
    format!("{}:{}", endpoint.host, endpoint.port)
}

/// The text of a server, on one line and not long.
fn told(answer: &str) -> String {
    let line = answer.chars().map(|character| if character.is_control() { ' ' } else { character });
    line.take(LONGEST_ANSWER).collect::<String>().trim().to_owned()
}

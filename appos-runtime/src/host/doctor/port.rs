//! The port: free, or ours already.

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream, ToSocketAddrs};
use std::time::Duration;

use super::Check;
use crate::config::ServerConfig;

const NAME: &str = "port";
/// How long whoever has the port may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// More than the head of our answer.
const LONGEST: u64 = 8192;

pub(super) fn examine(server: &ServerConfig) -> Check {
    let (host, port) = (&server.host, server.port);
    let error = match TcpListener::bind((host.as_str(), port)) {
        Ok(_) if port == 0 => return Check::ok(NAME, "is chosen at the start"),
        Ok(_) => return Check::ok(NAME, format!("{host}:{port} is free")),
        Err(error) => error,
    };
    match error.kind() {
        ErrorKind::AddrInUse if is_platform(server) => {
            Check::ok(NAME, format!("{host}:{port} is in use by a platform"))
        }
        ErrorKind::AddrInUse => Check::failed(
            NAME,
            format!("{host}:{port} is in use by another program"),
            format!("end it (`ss -ltnp 'sport = :{port}'` names it), or write `server.port`, or set PORT"),
        ),
        ErrorKind::PermissionDenied => Check::failed(
            NAME,
            format!("{host}:{port} may not be listened on by this user"),
            "write `server.port: 8080`, and let a proxy have the lower port",
        ),
        _ => Check::failed(
            NAME,
            format!("{host}:{port} cannot be listened on: {error}"),
            "write `server.host: 127.0.0.1`, or `0.0.0.0` for all addresses of this machine",
        ),
    }
}

/// True if a platform answers there.
fn is_platform(server: &ServerConfig) -> bool {
    // Who listens on all addresses answers on this one.
    let host = match server.host.as_str() {
        "0.0.0.0" => "127.0.0.1",
        "::" => "::1",
        host => host,
    };
    let asked = || -> std::io::Result<String> {
        let address = (host, server.port).to_socket_addrs()?.next().ok_or(ErrorKind::NotFound)?;
        let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        write!(stream, "GET /health HTTP/1.1\r\nhost: {host}:{}\r\nconnection: close\r\n\r\n", server.port)?;
        let mut answer = Vec::new();
        stream.take(LONGEST).read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).to_lowercase())
    };
    asked().is_ok_and(|answer| answer.starts_with("http/1.1 200") && answer.contains("\r\nx-execution-id: "))
}

//! What tests of clients share: where their servers are, and servers that do wrong.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::time::Duration;

use super::credential::Credential;
use super::endpoint::{Endpoint, TlsMode};
use super::trust::Trust;
use crate::error::{AppOsError, ErrorKind};

/// A server on this machine.
pub(super) fn endpoint(host: &str, port: u16, tls: TlsMode, ca: Option<&str>) -> Endpoint {
    Endpoint {
        host: host.to_owned(),
        port,
        tls,
        trust: Trust { ca: ca.map(str::to_owned), client: None },
        connect_timeout: Duration::from_secs(10),
        timeout: Duration::from_secs(10),
        pool_size: 2,
        idle_timeout: Duration::from_mins(1),
        max_response: 25 << 20,
        networks: ["127.0.0.0/8", "::1/128"].map(|net| net.parse().unwrap()).to_vec(),
    }
}

/// Name and password.
pub(super) fn basic(user: &str, password: &str) -> Credential {
    Credential::Basic { user: user.to_owned(), password: password.into() }
}

/// The secret that no error and no `Debug` may show.
pub(super) const SECRET: &str = "hunter2-is-secret";

/// Fails unless an error is of this kind and code, and says nothing of the secret.
#[track_caller]
pub(super) fn is_fault<T: std::fmt::Debug>(done: Result<T, AppOsError>, code: &str) -> AppOsError {
    let error = done.unwrap_err();
    assert_eq!(error.code(), code, "{error}");
    let expected = match code {
        "timeout" => ErrorKind::Timeout,
        "invalid_argument" => ErrorKind::Validation,
        _ => ErrorKind::Integration,
    };
    assert_eq!(error.kind(), expected, "{error}");
    let mut text = format!("{error} {error:?}");
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        let _ = write!(text, " {cause} {cause:?}");
        source = cause.source();
    }
    assert!(!text.contains(SECRET), "{text}");
    error
}

/// A server that says this to everyone, whatever they say, and then nothing more.
pub(super) fn says(answer: &'static [u8]) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut client in listener.incoming().map_while(Result::ok) {
            std::thread::spawn(move || {
                client.write_all(answer).ok();
                let mut bytes = [0; 1024];
                while let Ok(1..) = client.read(&mut bytes) {}
            });
        }
    });
    port
}

/// A server that says one line after the other, each once the client has said something; the first at once. What it
/// was told is sent to the caller.
pub(super) fn plays(lines: &'static [&'static str]) -> (u16, std::sync::mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (told, heard) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for mut client in listener.incoming().map_while(Result::ok) {
            for line in lines {
                if client.write_all(line.as_bytes()).is_err() {
                    break;
                }
                let mut said = String::new();
                let mut reader = BufReader::new(&client);
                let Ok(1..) = reader.read_line(&mut said) else { break };
                told.send(said).ok();
            }
        }
    });
    (port, heard)
}

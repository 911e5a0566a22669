//! Requests byte for byte: clients would tidy them up, or refuse to send them.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A connection to a platform.
pub(crate) fn connect(url: &str) -> TcpStream {
    let stream = TcpStream::connect(url.trim_start_matches("http://")).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time limit");
    stream
}

/// What comes until the server ends the connection.
pub(crate) fn rest(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).ok();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Sends bytes and answers everything that comes back.
pub(crate) fn exchange(url: &str, bytes: &[u8]) -> String {
    let mut stream = connect(url);
    // A server that has refused them early may not read the rest.
    stream.write_all(bytes).ok();
    rest(stream)
}

/// Sends bytes and answers what comes back up to a text: a server may leave a connection open for a while whose
/// request it has given up.
pub(crate) fn exchange_until(url: &str, bytes: &[u8], text: &str) -> String {
    let mut stream = connect(url);
    stream.write_all(bytes).ok();
    let (mut all, mut some) = (String::new(), [0; 4096]);
    while !all.contains(text) {
        match stream.read(&mut some) {
            Ok(length @ 1..) => all.push_str(&String::from_utf8_lossy(&some[..length])),
            _ => break,
        }
    }
    all
}

/// The status of an answer; 0 if there is none.
pub(crate) fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}

/// A header of the answer.
pub(crate) fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let head = answer.split("\r\n\r\n").next()?;
    let mut headers = head.lines().skip(1).filter_map(|line| line.split_once(": "));
    headers.find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

//! A client: one connection, and no more of HTTP than both servers speak.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::Value as Json;

/// A connection of somebody who is signed in.
pub(super) struct Client {
    stream: TcpStream,
    address: String,
    cookie: String,
    buffer: Vec<u8>,
}

impl Client {
    pub(super) fn new(address: &str, cookie: &str) -> Self {
        let stream = TcpStream::connect(address).expect("the server listens");
        stream.set_nodelay(true).ok();
        Self { stream, address: address.to_owned(), cookie: cookie.to_owned(), buffer: Vec::new() }
    }

    /// The bytes of a request.
    pub(super) fn request(&self, method: &str, path: &str, body: &str) -> String {
        let (address, cookie) = (&self.address, &self.cookie);
        let mut request = format!("{method} {path} HTTP/1.1\r\nhost: {address}\r\n");
        if !cookie.is_empty() {
            request.push_str(&format!("origin: http://{address}\r\ncookie: {cookie}\r\n"));
        }
        if !body.is_empty() {
            request.push_str(&format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len()));
        }
        request + "\r\n" + body
    }

    /// One exchange: the answer's head and body.
    pub(super) fn exchange(&mut self, request: &str) -> (&str, &[u8]) {
        self.stream.write_all(request.as_bytes()).expect("the request is sent");
        self.buffer.clear();
        let mut chunk = [0; 16 * 1024];
        loop {
            let read = self.stream.read(&mut chunk).expect("the answer arrives");
            assert!(read > 0, "the server hung up");
            self.buffer.extend_from_slice(&chunk[..read]);
            let Some(head) = self.buffer.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
            let text = std::str::from_utf8(&self.buffer[..head]).expect("a head");
            // What is made while it is sent has no length; its last piece is empty.
            if text.contains("transfer-encoding: chunked") {
                if self.buffer.ends_with(b"\r\n0\r\n\r\n") {
                    break;
                }
                continue;
            }
            let length = text.lines().filter_map(|line| line.split_once(": "));
            let length = length.rev().find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
            let length: usize = length.and_then(|(_, length)| length.parse().ok()).expect("a content length");
            if self.buffer.len() >= head + 4 + length {
                break;
            }
        }
        let head = self.buffer.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or_default();
        let (head, body) = self.buffer.split_at(head);
        (std::str::from_utf8(head).expect("a head"), &body[4..])
    }

    /// One exchange that must end with this status: its head and body.
    pub(super) fn served(&mut self, request: &str, status: &str) -> (&str, &[u8]) {
        let (head, body) = self.exchange(request);
        assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{head}\n{}", String::from_utf8_lossy(body));
        (head, body)
    }

    /// What is at a path.
    pub(super) fn json(&mut self, path: &str) -> Json {
        let request = self.request("GET", path, "");
        serde_json::from_slice(self.served(&request, "200").1).expect("JSON")
    }
}

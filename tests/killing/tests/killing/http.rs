//! A client that bears a server that is gone: no answer is an answer, too.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value as Json, json};

/// Status, cookie and body of an answer; `None`: nobody knows what became of the request.
pub fn send(address: &str, session: &str, path: &str, body: &Json) -> Option<(u16, String, Json)> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    let body = body.to_string();
    let length = body.len();
    write!(
        stream,
        "POST {path} HTTP/1.0\r\nhost: {address}\r\norigin: http://{address}\r\ncookie: {session}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let cookie = head.split_once("set-cookie: ").map(|(_, rest)| rest.split(';').next().unwrap_or_default().to_owned());
    // A body that is cut off is no answer.
    let body = serde_json::from_str(body).ok().or_else(|| body.is_empty().then_some(Json::Null))?;
    Some((status, cookie.unwrap_or_default(), body))
}

/// Where the server is, and the session of its administrator.
#[derive(Clone, Debug)]
pub struct Door {
    pub address: String,
    pub session: String,
}

impl Door {
    /// Makes the first administrator.
    pub fn open(address: String, token: &str) -> Self {
        let body = json!({ "token": token, "email": "a@killing.example", "password": "correct horse battery staple" });
        let (status, session, answer) = send(&address, "", "/auth/setup", &body).expect("an answer");
        assert!(status < 300, "{answer}");
        Self { address, session }
    }

    /// Calls a rule. `None`: it is not known to have been done.
    pub fn call(&self, rule: &str, arguments: &Json) -> Option<Json> {
        let path = format!("/api/killing/v1/rules/{rule}");
        let (status, _, answer) = send(&self.address, &self.session, &path, arguments)?;
        match status {
            200..300 => Some(answer),
            // The database is away, or the server ends.
            500.. => None,
            _ => panic!("{rule} {arguments}: {status} {answer}"),
        }
    }
}

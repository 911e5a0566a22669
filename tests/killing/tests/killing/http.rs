//! A client that bears a server that is gone: no answer is an answer, too.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
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

/// Its administrator.
const EMAIL: &str = "a@killing.example";
const PASSWORD: &str = "correct horse battery staple";

/// Where the server is, and the session of its administrator.
#[derive(Clone, Debug)]
pub struct Door {
    address: String,
    session: Arc<Mutex<String>>,
}

impl Door {
    /// Makes the first administrator.
    pub fn open(address: String, token: &str) -> Self {
        let body = json!({ "token": token, "email": EMAIL, "password": PASSWORD });
        let (status, session, answer) = send(&address, "", "/auth/setup", &body).expect("an answer");
        assert!(status < 300, "{answer}");
        Self { address, session: Arc::new(Mutex::new(session)) }
    }

    /// Calls a rule. `None`: it is not known to have been done.
    pub fn call(&self, rule: &str, arguments: &Json) -> Option<Json> {
        let path = format!("/api/killing/v1/rules/{rule}");
        let session = self.session().clone();
        let (status, _, answer) = send(&self.address, &session, &path, arguments)?;
        match status {
            200..300 => Some(answer),
            // Whoever empties Redis ends the sessions that are kept there.
            401 => {
                let body = json!({ "email": EMAIL, "password": PASSWORD });
                let (status, session, _) = send(&self.address, "", "/auth/login", &body)?;
                if status < 300 {
                    *self.session() = session;
                }
                None
            }
            // The last one was heard, and the server was killed before it could say so.
            409 if answer["code"] == "instance_ended" && arguments["number"] == 3 => Some(answer),
            // The database is away, or the server ends.
            500.. => None,
            _ => panic!("{rule} {arguments}: {status} {answer}"),
        }
    }

    fn session(&self) -> std::sync::MutexGuard<'_, String> {
        self.session.lock().expect("nobody panicked")
    }
}

//! The app as a program, with its first administrator signed in.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::{Value as Json, json};
use tempfile::TempDir;

/// The program, and its first administrator's session.
pub struct Platform {
    child: Child,
    address: String,
    session: String,
    _folder: TempDir,
}

impl Drop for Platform {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Platform {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut command = Command::new(env!("CARGO_BIN_EXE_probe-platform"));
        command.current_dir(folder.path()).env("APPOS_PROJECT", folder.path()).env("APPOS__SERVER__PORT", "0");
        command.env("APPOS__DATABASE__URL", "sqlite://probe.db").env_remove("CARGO_MANIFEST_DIR").env_remove("PORT");
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let mut platform = Self { child, address: String::new(), session: String::new(), _folder: folder };
        let token = loop {
            let line = lines.next().expect("a line about the first administrator").expect("a text");
            if let Some(address) = line.strip_prefix("Listening on http://") {
                platform.address = address.to_owned();
            }
            if let Some((_, token)) = line.split_once("/setup?token=") {
                break token.to_owned();
            }
        };
        // Read to the end: a full pipe would stop the program.
        std::thread::spawn(move || lines.for_each(drop));
        let body = json!({ "token": token, "email": "a@probe.example", "password": "correct horse battery staple" });
        let (head, _) = platform.send("POST", "/auth/setup", "application/json", &body.to_string());
        let (_, cookie) = head.split_once("set-cookie: ").expect("a session");
        platform.session = cookie.split(';').next().unwrap_or_default().to_owned();
        platform
    }

    /// Head and body of an answer.
    pub fn send(&self, method: &str, path: &str, kind: &str, body: &str) -> (String, Json) {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        let (address, session, length) = (&self.address, &self.session, body.len());
        write!(
            stream,
            "{method} {path} HTTP/1.0\r\nhost: {address}\r\norigin: http://{address}\r\ncookie: {session}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\r\n{body}"
        )
        .expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        (head.to_owned(), serde_json::from_str(body).unwrap_or(Json::Null))
    }
}

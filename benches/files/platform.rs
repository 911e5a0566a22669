//! The example, as a process of its own, and an administrator of it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::exchange;

pub struct Platform {
    process: Child,
    address: String,
    cookie: String,
    folder: u64,
}

impl Drop for Platform {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

fn after(lines: &[String], mark: &str) -> String {
    let line = lines.iter().find_map(|line| line.split_once(mark));
    line.unwrap_or_else(|| panic!("no `{mark}` in {lines:?}")).1.trim().to_owned()
}

impl Platform {
    /// Starts it, with a folder that takes files of any length.
    pub fn start(folder: &Path) -> Self {
        std::fs::create_dir_all(folder).expect("a folder");
        let mut command = Command::new(env!("CARGO_BIN_EXE_acme"));
        command.current_dir(folder).env("APPOS_PROJECT", folder).env("APPOS__SERVER__PORT", "0");
        command.env("APPOS__DATABASE__MIGRATE", "auto").env("APPOS__FILES__MAX_SIZE", "4 GB");
        let mut process = command.stdout(Stdio::piped()).spawn().expect("the server starts");
        let output = BufReader::new(process.stdout.take().expect("its output"));
        let mut lines = Vec::new();
        for line in output.lines().map_while(Result::ok) {
            let done = line.contains("API documentation");
            lines.push(line);
            if done {
                break;
            }
        }
        let address = after(&lines, "Listening on http://");
        let token = after(&lines, "token=");
        let mut platform = Self { process, address, cookie: String::new(), folder: 0 };
        let account = "\"email\":\"bench@example.com\",\"password\":\"correct horse battery\"";
        platform.ask("POST", "/auth/setup", &format!("{{\"token\":\"{token}\",\"name\":\"Ada\",{account}}}"));
        let said = platform.ask("POST", "/auth/login", &format!("{{{account}}}"));
        let start = said.find("appos_session=").expect("a cookie");
        platform.cookie = said[start..].split(';').next().unwrap_or_default().to_owned();
        let said = platform.ask("POST", "/api/crm/v1/exchanges", "{\"customer\":1,\"name\":\"Large\"}");
        platform.folder = id_of(&said);
        platform
    }

    fn head(&self, method: &str, path: &str, kind: &str) -> String {
        let (address, cookie) = (&self.address, &self.cookie);
        format!("{method} {path} HTTP/1.1\r\nOrigin: http://{address}\r\nCookie: {cookie}\r\nContent-Type: {kind}\r\n")
    }

    /// A request with a short body.
    fn ask(&self, method: &str, path: &str, body: &str) -> String {
        use std::io::{Read, Write};
        let mut stream = std::net::TcpStream::connect(&self.address).expect("a server");
        let (head, address) = (self.head(method, path, "application/json"), &self.address);
        let length = body.len();
        write!(stream, "{head}Host: {address}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}")
            .expect("it is sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 2"), "{method} {path}: {answer}");
        answer
    }

    /// Sends a file, and answers the id of its document.
    pub fn upload(&self, bytes: u64) -> u64 {
        let record = format!("%7B%22exchange%22:{}%7D", self.folder);
        let path = format!("/api/crm/v1/exchange_files/upload?file_name=large.txt&record={record}");
        let (said, _) = exchange(&self.address, &self.head("POST", &path, "application/octet-stream"), bytes);
        assert!(said.starts_with("HTTP/1.1 201"), "{said}");
        id_of(&said)
    }

    /// Reads a file, and answers how long it is.
    pub fn download(&self, id: u64) -> u64 {
        let path = format!("/api/crm/v1/exchange_files/{id}/content");
        exchange(&self.address, &self.head("GET", &path, "text/plain"), 0).1
    }

    pub fn delete(&self, id: u64) {
        self.ask("DELETE", &format!("/api/crm/v1/exchange_files/{id}"), "");
    }

    fn memory(&self, what: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix(what));
        let kilobytes: f64 = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default();
        kilobytes / 1024.0
    }

    /// MiB of memory that it has, as far as Linux tells.
    pub fn resident(&self) -> f64 {
        self.memory("VmRSS:")
    }

    /// The most that it ever had.
    pub fn most_resident(&self) -> f64 {
        self.memory("VmHWM:")
    }
}

fn id_of(answer: &str) -> u64 {
    let after = answer.split("\"id\":").nth(1).unwrap_or_else(|| panic!("no id in {answer}"));
    after.trim().split(|sign: char| !sign.is_ascii_digit()).next().and_then(|id| id.parse().ok()).expect("an id")
}

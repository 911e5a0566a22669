//! Speaks the language server protocol with rust-analyzer over its standard streams.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// For the first start, which may build the macros.
const START: Duration = Duration::from_mins(10);
/// For an answer.
const ANSWER: Duration = Duration::from_mins(1);
/// For an answer to become right while the server is still taking a change in.
const SETTLE: Duration = Duration::from_secs(20);

pub(crate) struct Client {
    process: Child,
    input: ChildStdin,
    output: Receiver<Value>,
    next_id: u64,
    version: u64,
}

/// A language server that answers.
pub(crate) struct Server {
    toolchain: Option<String>,
}

impl Server {
    /// The server reads the standard library of the toolchain it belongs to.
    fn command(&self) -> Command {
        let mut command = Command::new("rust-analyzer");
        if let Some(toolchain) = &self.toolchain {
            command.env("RUSTUP_TOOLCHAIN", toolchain);
        }
        command
    }

    fn works(&self) -> bool {
        let version = self.command().arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        version.is_ok_and(|status| status.success())
    }
}

impl Client {
    /// Finds a language server: that of the active toolchain, of another one, or one that can be
    /// added to the active toolchain. `None`: this machine has none and gets none.
    pub(crate) fn find() -> Option<Server> {
        let active = Server { toolchain: None };
        if active.works() {
            return Some(active);
        }
        let list = Command::new("rustup").args(["toolchain", "list"]).output().ok()?;
        let names = String::from_utf8_lossy(&list.stdout).into_owned();
        for name in names.lines().filter_map(|line| line.split_whitespace().next()) {
            let other = Server { toolchain: Some(name.to_owned()) };
            if other.works() {
                return Some(other);
            }
        }
        Command::new("rustup").args(["component", "add", "rust-analyzer", "rust-src"]).status().ok()?;
        active.works().then_some(active)
    }

    /// Starts the server on a folder and waits until it has read everything.
    pub(crate) fn start(server: &Server, root: &Path) -> Self {
        let mut process = server
            .command()
            .current_dir(root)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("rust-analyzer starts");
        let input = process.stdin.take().expect("its input is piped");
        let stream = process.stdout.take().expect("its output is piped");
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut stream = BufReader::new(stream);
            while let Some(message) = read_message(&mut stream) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let mut client = Self { process, input, output, next_id: 0, version: 0 };
        client.request("initialize", &initialization(root), START);
        client.notify("initialized", &json!({}));
        client.wait_until_ready();
        client
    }

    fn wait_until_ready(&mut self) {
        let end = Instant::now() + START;
        let mut last = Value::Null;
        loop {
            let message =
                self.receive(end, || format!("rust-analyzer did not become ready; its last status was {last}"));
            if message["method"] == "experimental/serverStatus" {
                last = message["params"].clone();
                assert_ne!(last["health"], "error", "rust-analyzer cannot read the fixture: {last}");
                if last["quiescent"] == true {
                    return;
                }
            }
        }
    }

    pub(crate) fn open(&mut self, file: &Path, text: &str) {
        let document = json!({ "uri": uri(file), "languageId": "rust", "version": self.version, "text": text });
        self.notify("textDocument/didOpen", &json!({ "textDocument": document }));
    }

    pub(crate) fn change(&mut self, file: &Path, text: &str) {
        self.version += 1;
        let document = json!({ "uri": uri(file), "version": self.version });
        self.notify(
            "textDocument/didChange",
            &json!({ "textDocument": document, "contentChanges": [{ "text": text }] }),
        );
    }

    /// The names offered at a place; asks again for a while if the expected ones are missing.
    pub(crate) fn completion(&mut self, file: &Path, place: (usize, usize), expected: &[&str]) -> Vec<String> {
        let end = Instant::now() + SETTLE;
        loop {
            let answer = self.request("textDocument/completion", &position(file, place), ANSWER);
            let items = answer.get("items").unwrap_or(&answer).as_array().cloned().unwrap_or_default();
            let names: Vec<String> = items.iter().filter_map(name_of).collect();
            let complete = expected.iter().all(|wanted| names.iter().any(|name| name == wanted));
            if complete || Instant::now() > end {
                return names;
            }
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    /// Files and lines (from 0) at which the name at a place is defined.
    pub(crate) fn definition(&mut self, file: &Path, place: (usize, usize)) -> Vec<(PathBuf, u64)> {
        let end = Instant::now() + SETTLE;
        loop {
            let answer = self.request("textDocument/definition", &position(file, place), ANSWER);
            let places: Vec<(PathBuf, u64)> = answer.as_array().into_iter().flatten().filter_map(place_of).collect();
            if !places.is_empty() || Instant::now() > end {
                return places;
            }
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    pub(crate) fn stop(mut self) {
        self.request("shutdown", &Value::Null, ANSWER);
        self.notify("exit", &Value::Null);
        let end = Instant::now() + Duration::from_secs(10);
        while Instant::now() < end && matches!(self.process.try_wait(), Ok(None)) {
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn request(&mut self, method: &str, params: &Value, patience: Duration) -> Value {
        self.next_id += 1;
        let id = self.next_id;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        let end = Instant::now() + patience;
        loop {
            let message = self.receive(end, || format!("rust-analyzer did not answer `{method}`"));
            if message["id"] == id && message.get("method").is_none() {
                // -32801: the text changed meanwhile; the caller asks again.
                let error = &message["error"];
                assert!(error.is_null() || error["code"] == -32801, "`{method}` failed: {error}");
                return message["result"].clone();
            }
        }
    }

    fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("rust-analyzer reads");
        self.input.flush().expect("rust-analyzer reads");
    }

    /// The next message; requests of the server are answered with nothing.
    fn receive(&mut self, end: Instant, failure: impl Fn() -> String) -> Value {
        let patience = end.saturating_duration_since(Instant::now());
        let message = self.output.recv_timeout(patience).unwrap_or_else(|error| panic!("{} ({error})", failure()));
        if let (Some(id), Some(method)) = (message.get("id"), message["method"].as_str()) {
            let count = message["params"]["items"].as_array().map_or(0, Vec::len);
            let result =
                if method == "workspace/configuration" { json!(vec![Value::Null; count]) } else { Value::Null };
            self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result }));
        }
        message
    }
}

impl Drop for Client {
    /// Also after a failure nothing keeps running.
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn initialization(root: &Path) -> Value {
    json!({
        "processId": std::process::id(),
        "rootUri": uri(root),
        "capabilities": {
            "textDocument": { "definition": { "linkSupport": true } },
            "experimental": { "serverStatusNotification": true },
        },
        "initializationOptions": {
            "checkOnSave": false,
            "cachePriming": { "enable": false },
            "procMacro": { "enable": true },
            "completion": { "autoimport": { "enable": false } },
            "cargo": {
                "extraEnv": { "CARGO_TARGET_DIR": target_folder() },
                // By default everything below the fixture would be checked; the macros are enough.
                "buildScripts": {
                    "overrideCommand": ["cargo", "build", "--quiet", "--message-format=json", "--package", "appos-macros"],
                },
            },
        },
    })
}

/// This build's own folder, in which the macros lie ready.
fn target_folder() -> String {
    let tmp = Path::new(env!("CARGO_TARGET_TMPDIR"));
    tmp.parent().unwrap_or(tmp).display().to_string()
}

fn read_message(stream: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut header = String::new();
        if stream.read_line(&mut header).ok()? == 0 {
            return None;
        }
        match header.trim().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().ok()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

fn position(file: &Path, (line, character): (usize, usize)) -> Value {
    json!({ "textDocument": { "uri": uri(file) }, "position": { "line": line, "character": character } })
}

/// The name in a completion item, without parentheses and traits that its label shows.
fn name_of(item: &Value) -> Option<String> {
    let label = item["label"].as_str()?;
    Some(label.split(['(', ' ', '<']).next().unwrap_or(label).to_owned())
}

fn place_of(place: &Value) -> Option<(PathBuf, u64)> {
    let uri = place.get("targetUri").or_else(|| place.get("uri"))?.as_str()?;
    let range = place.get("targetSelectionRange").or_else(|| place.get("range"))?;
    Some((PathBuf::from(uri.strip_prefix("file://")?), range["start"]["line"].as_u64()?))
}

//! The server: its folder, its process, its port.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Longest wait for the server to start or to end.
const PATIENCE: Duration = Duration::from_mins(1);

/// Waits until its input ends, then ends the server of the folder and removes it.
const GUARD: &str = r#"cat >/dev/null
pid=$(cat "$1/pid" 2>/dev/null) && kill -CONT "$pid" 2>/dev/null; kill -KILL "$pid" 2>/dev/null
rm -rf "$1""#;

/// A server of its own. When the program that started it has ended, however it ended, the server
/// ends and its folder is removed.
#[derive(Debug)]
pub struct Server {
    folder: PathBuf,
    port: u16,
    child: Mutex<Option<Child>>,
    /// Its closed input tells it that this program has ended.
    guard: Child,
}

impl Server {
    /// Starts a server that keeps every change on its disk.
    ///
    /// # Panics
    /// Redis is not installed and cannot be, or does not start.
    pub fn start() -> Self {
        install();
        let folder = tempfile::Builder::new().prefix("appos-redis-").tempdir().expect("a temporary folder").keep();
        let guard = Command::new("sh")
            .args(["-c", GUARD, "guard"])
            .arg(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("a shell");
        // Free a moment ago; the server takes it at once.
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let server = Self { folder, port, child: Mutex::new(None), guard };
        server.resume();
        server
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], self.port))
    }

    /// Its address as a setting.
    pub fn url(&self) -> String {
        format!("redis://{}/0", self.address())
    }

    /// Starts the server again after [`stop`](Self::stop), with what it had.
    ///
    /// # Panics
    /// It does not start.
    pub fn resume(&self) {
        let mut command = Command::new("redis-server");
        command.args(["--port", &self.port.to_string(), "--bind", "127.0.0.1", "--dir"]).arg(&self.folder);
        command.args(["--appendonly", "yes", "--appendfsync", "always", "--save", ""]);
        command.arg("--logfile").arg(self.folder.join("log"));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        let child = command.spawn().expect("the server starts");
        std::fs::write(self.folder.join("pid"), child.id().to_string()).expect("a file");
        *self.child.lock().expect("nobody panicked") = Some(child);
        let begun = Instant::now();
        while !self.answers() {
            let log = || std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            assert!(begun.elapsed() < PATIENCE, "Redis did not start: {}", log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn answers(&self) -> bool {
        self.try_ask("PING").is_some_and(|answer| answer.starts_with("+PONG"))
    }

    /// Ends the server at once, as a crash does.
    ///
    /// # Panics
    /// It does not run.
    pub fn stop(&self) {
        let child = self.child.lock().expect("nobody panicked").take();
        let mut child = child.expect("it runs");
        child.kill().expect("it can be killed");
        child.wait().expect("its end");
    }

    /// Lets the server hang: it takes connections and answers nothing.
    ///
    /// # Panics
    /// It does not run.
    pub fn hang(&self) {
        self.signal("STOP");
    }

    /// Lets a hung server go on.
    ///
    /// # Panics
    /// It does not run.
    pub fn go_on(&self) {
        self.signal("CONT");
    }

    fn signal(&self, name: &str) {
        let child = self.child.lock().expect("nobody panicked");
        let id = child.as_ref().expect("it runs").id().to_string();
        assert!(Command::new("kill").args([&format!("-{name}"), &id]).status().expect("kill").success());
    }

    /// Sends a command, its words divided by spaces, and gives the answer as Redis writes it.
    ///
    /// # Panics
    /// The server does not answer.
    pub fn ask(&self, command: &str) -> String {
        self.try_ask(command).expect("an answer")
    }

    /// Sets a key to bytes, as somebody does who has got into the server.
    ///
    /// # Panics
    /// The server refuses.
    pub fn put(&self, key: &str, value: &[u8]) {
        let mut request = format!("*3\r\n$3\r\nSET\r\n${}\r\n{key}\r\n${}\r\n", key.len(), value.len()).into_bytes();
        request.extend_from_slice(value);
        request.extend_from_slice(b"\r\n");
        let answer = self.exchange(&request).expect("an answer");
        assert!(answer.starts_with("+OK"), "{answer}");
    }

    /// The names of keys like a pattern.
    ///
    /// # Panics
    /// The server does not answer.
    pub fn keys(&self, pattern: &str) -> Vec<String> {
        let answer = self.ask(&format!("KEYS {pattern}"));
        answer.lines().filter(|line| !line.starts_with(['*', '$'])).map(str::to_owned).collect()
    }

    /// Hears what is said on a channel from now on.
    ///
    /// # Panics
    /// The server does not answer.
    pub fn hears(&self, channel: &str) -> Heard {
        let mut stream = TcpStream::connect(self.address()).expect("a connection");
        let request = format!("*2\r\n$9\r\nSUBSCRIBE\r\n${}\r\n{channel}\r\n", channel.len());
        stream.write_all(request.as_bytes()).expect("a request");
        let mut part = [0; 4096];
        // Confirmed, it misses nothing.
        let first = stream.read(&mut part).expect("an answer");
        let heard = Heard(Arc::new(Mutex::new(part[..first].to_vec())));
        let kept = Arc::clone(&heard.0);
        std::thread::spawn(move || {
            while let Ok(length @ 1..) = stream.read(&mut part) {
                kept.lock().expect("nobody panicked").extend_from_slice(&part[..length]);
            }
        });
        heard
    }

    fn try_ask(&self, command: &str) -> Option<String> {
        let words: Vec<&str> = command.split(' ').collect();
        let mut request = format!("*{}\r\n", words.len());
        for word in words {
            let _ = write!(request, "${}\r\n{word}\r\n", word.len());
        }
        self.exchange(request.as_bytes())
    }

    fn exchange(&self, request: &[u8]) -> Option<String> {
        let mut stream = TcpStream::connect(self.address()).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
        stream.write_all(request).ok()?;
        // With `QUIT` the answer ends where the connection does.
        stream.write_all(b"*1\r\n$4\r\nQUIT\r\n").ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        let text = String::from_utf8_lossy(&answer).into_owned();
        Some(text.strip_suffix("+OK\r\n").unwrap_or(&text).to_owned())
    }

    /// The folder with what it keeps.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// What was said on a channel.
#[derive(Debug)]
pub struct Heard(Arc<Mutex<Vec<u8>>>);

impl Heard {
    /// All of it so far, as Redis writes it.
    ///
    /// # Panics
    /// The thread that listens has panicked.
    pub fn so_far(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().expect("nobody panicked")).into_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        self.guard.wait().ok();
        if let Ok(mut child) = self.child.lock()
            && let Some(mut child) = child.take()
        {
            child.wait().ok();
        }
    }
}

fn install() {
    let is_there = || Command::new("redis-server").arg("--version").output().ok().filter(|said| said.status.success());
    debian::install(&["redis-server"], is_there).expect("Redis");
}

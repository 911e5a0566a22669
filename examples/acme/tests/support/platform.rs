//! The program: started on a free port, stopped as a service manager stops it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::{Client, Logs, database};

/// Longest wait for the program to start (it fills its database first) or to stop.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running platform.
pub struct Platform {
    child: Child,
    folder: tempfile::TempDir,
    /// What it has printed on standard error, once it has ended.
    errors: Option<JoinHandle<String>>,
    /// `http://127.0.0.1:PORT`
    pub url: String,
    /// Where Prometheus is answered, if that has an address of its own.
    pub metrics: Option<String>,
    /// The token of the first administrator's link, if one was printed.
    pub token: Option<String>,
}

/// The secret key of every platform here: copies of one database are to be read in other folders.
pub const SECRET_KEY: &str = "dGhlIHNlY3JldCBrZXkgb2YgdGhlIHRlc3RzIG9ubHk=";

/// The program, not yet started, in a folder.
pub fn acme(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_acme"));
    command.current_dir(folder).stdin(Stdio::null()).env("APPOS__SERVER__PORT", "0");
    command.env("APPOS__DATABASE__URL", database::address(folder)).envs(database::time());
    // On PostgreSQL a start would only check that somebody has brought the database up to date.
    command.env("APPOS__DATABASE__MIGRATE", "auto");
    command.env("APPOS_SECRET_KEY", SECRET_KEY);
    // A test asks faster than people do.
    command.env("APPOS__SERVER__RATE_LIMIT__PER_USER", "0").env("APPOS__SERVER__RATE_LIMIT__PER_ADDRESS", "0");
    // Under cargo the program would take the settings of the package.
    command.env_remove("CARGO_MANIFEST_DIR").env_remove("APPOS_PROJECT").env_remove("PORT");
    command
}

impl Platform {
    /// Starts in an empty folder.
    pub fn start() -> Self {
        Self::start_in(tempfile::tempdir().expect("a temporary folder"), &[])
    }

    /// Starts in a folder, with environment variables.
    pub fn start_in(folder: tempfile::TempDir, variables: &[(&str, &str)]) -> Self {
        let mut command = acme(folder.path());
        command.envs(variables.iter().copied()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let (lines, printed) = mpsc::channel();
        let output = BufReader::new(child.stdout.take().expect("its output"));
        // Read to the end: a full pipe would stop the program.
        std::thread::spawn(move || output.lines().map_while(Result::ok).for_each(|line| drop(lines.send(line))));
        let mut errors = child.stderr.take().expect("its errors");
        let errors = std::thread::spawn(move || {
            let mut text = String::new();
            errors.read_to_string(&mut text).ok();
            text
        });
        let mut platform = Self { child, folder, errors: Some(errors), url: String::new(), metrics: None, token: None };
        let begun = Instant::now();
        // The line about signing in comes last of those that matter.
        loop {
            match printed.recv_timeout(PATIENCE.saturating_sub(begun.elapsed())) {
                Ok(line) => {
                    if let Some(url) = line.strip_prefix("Listening on ") {
                        platform.url = url.to_owned();
                    }
                    if let Some(url) = line.strip_prefix("Metrics: ") {
                        platform.metrics = Some(url.to_owned());
                    }
                    if let Some((_, token)) = line.split_once("/setup?token=") {
                        platform.token = Some(token.to_owned());
                    }
                    if line.starts_with("Set up the first administrator: ") || line.starts_with("Sign in: ") {
                        platform.await_health();
                        return platform;
                    }
                }
                Err(_) => {
                    platform.child.kill().ok();
                    panic!("the program did not start: {}", platform.errors());
                }
            }
        }
    }

    /// The address is open a moment before the server answers, and before it heeds signals.
    fn await_health(&self) {
        let address = self.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).expect("the printed address is open");
        stream.write_all(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    }

    /// Someone who is not signed in.
    pub fn client(&self) -> Client {
        Client::new(&self.url)
    }

    /// True while the program runs.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("the state of the program").is_none()
    }

    /// Ends the program as a service manager does (SIGTERM) and reads its log files.
    pub fn stop(mut self) -> (ExitStatus, Logs) {
        let status = self.terminate();
        (status, Logs::read(&self.folder.path().join(".appos/logs")))
    }

    /// The same, and what it has printed on standard error.
    pub fn stop_telling(mut self) -> (Logs, String) {
        assert!(self.terminate().success(), "the program ends well");
        (Logs::read(&self.folder.path().join(".appos/logs")), self.errors())
    }

    fn errors(&mut self) -> String {
        self.errors.take().and_then(|errors| errors.join().ok()).unwrap_or_default()
    }

    /// Ends the program and gives its folder, to be started in again.
    pub fn into_folder(mut self) -> tempfile::TempDir {
        assert!(self.terminate().success(), "the program ends well");
        let empty = tempfile::tempdir().expect("a temporary folder");
        std::mem::replace(&mut self.folder, empty)
    }

    /// The folder of a program that has ended.
    pub fn into_folder_of_ended(mut self) -> tempfile::TempDir {
        assert!(!self.is_running(), "it has ended");
        let empty = tempfile::tempdir().expect("a temporary folder");
        std::mem::replace(&mut self.folder, empty)
    }

    /// Tells the program to end, and does not wait for it.
    pub fn tell_to_end(&self) {
        signal(&self.child, "TERM");
    }

    /// Kills the program as a power failure does, and gives its folder.
    pub fn killed(mut self) -> tempfile::TempDir {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("its end");
        let empty = tempfile::tempdir().expect("a temporary folder");
        std::mem::replace(&mut self.folder, empty)
    }

    /// The folder in which it runs.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Tells the program to end, and waits until it has.
    pub fn terminate(&mut self) -> ExitStatus {
        signal(&self.child, "TERM");
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("the state of the program") {
                return status;
            }
            assert!(begun.elapsed() < PATIENCE, "the program did not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// What a program that should end by itself leaves: its status and its output. One that goes on
/// instead is ended.
pub fn ended(mut command: Command) -> Output {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let begun = Instant::now();
    while matches!(child.try_wait(), Ok(None)) {
        if begun.elapsed() > PATIENCE / 4 {
            child.kill().ok();
            panic!("the program goes on: {:?}", child.wait_with_output());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.wait_with_output().expect("its output")
}

/// Sends a signal by its name.
pub fn signal(child: &Child, name: &str) {
    let told = Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status().expect("kill");
    assert!(told.success(), "the program can be told to end");
}

impl Drop for Platform {
    fn drop(&mut self) {
        // A test that failed leaves no program behind.
        if matches!(self.child.try_wait(), Ok(None)) {
            self.child.kill().ok();
            self.child.wait().ok();
        }
    }
}

//! `cargo appos dev` as a process: what it says, and what its proxy answers.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use serde_json::Value as Json;

/// Longest wait for anything: the first build of a project compiles AppOS.
const PATIENCE: Duration = Duration::from_mins(10);

pub(crate) struct Running {
    child: Child,
    events: mpsc::Receiver<Json>,
    /// `http://127.0.0.1:PORT`
    pub(crate) url: String,
    pub(crate) http: reqwest::Client,
}

impl Running {
    /// Starts it in a folder, and waits until its port is open.
    pub(crate) fn start(folder: &Path, target: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_cargo-appos"))
            .args(["dev", "--port", "0", "--json"])
            .args(arguments)
            .current_dir(folder)
            .env("CARGO_TARGET_DIR", target)
            .env("CARGO_NET_OFFLINE", "true")
            .env_remove("DATABASE_URL")
            .env_remove("APPOS_PROJECT")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the command runs");
        let (tell, events) = mpsc::channel();
        let output = BufReader::new(child.stdout.take().expect("its output"));
        // Read to the end: a full pipe would stop it.
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let event: Json = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
                drop(tell.send(event));
            }
        });
        // Nobody chooses for all of a program with which cryptography it speaks TLS; reqwest wants to be told.
        rustls::crypto::ring::default_provider().install_default().ok();
        let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        let http = http.timeout(PATIENCE).build().expect("a client");
        let running = Self { child, events, url: String::new(), http };
        let url = running.event("listening")["url"].as_str().expect("its address").to_owned();
        running.at(url)
    }

    fn at(mut self, url: String) -> Self {
        self.url = url;
        self
    }

    /// Waits for an event; others before it are passed over.
    #[track_caller]
    pub(crate) fn event(&self, name: &str) -> Json {
        let begun = Instant::now();
        let mut passed = Vec::new();
        loop {
            match self.events.recv_timeout(PATIENCE.saturating_sub(begun.elapsed())) {
                Ok(event) if event["event"] == name => {
                    is_documented(&event);
                    return event;
                }
                Ok(event) => passed.push(event.to_string()),
                Err(error) => panic!("no `{name}`: {error}; there were:\n{}", passed.join("\n")),
            }
        }
    }

    pub(crate) fn request(&self, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}{path}", self.url))
    }

    pub(crate) async fn text(&self, path: &str) -> (u16, String) {
        let answer = self.request(reqwest::Method::GET, path).send().await.expect("an answer");
        (answer.status().as_u16(), answer.text().await.expect("a text"))
    }

    /// A page, as a browser asks for it.
    pub(crate) async fn page(&self, path: &str) -> (u16, reqwest::header::HeaderMap, String) {
        let request = self.request(reqwest::Method::GET, path).header("accept", "text/html,*/*;q=0.8");
        let answer = request.send().await.expect("an answer");
        (answer.status().as_u16(), answer.headers().clone(), answer.text().await.expect("a text"))
    }

    /// Its program: the only process that it has started and that still runs.
    pub(crate) fn program(&self) -> u32 {
        let parent = self.child.id().to_string();
        let processes = std::fs::read_dir("/proc").expect("processes").flatten();
        let mut found = processes.filter_map(|entry| {
            let id: u32 = entry.file_name().to_str()?.parse().ok()?;
            let stat = std::fs::read_to_string(entry.path().join("stat")).ok()?;
            // Behind the name, which may have spaces: the state, then the parent.
            let mut words = stat.rsplit_once(')')?.1.split_whitespace();
            (words.next()? != "Z" && words.next()? == parent).then_some(id)
        });
        found.next().expect("a program")
    }

    /// Sends a signal, and waits for the end.
    pub(crate) fn end(&mut self, signal: &str) -> std::process::ExitStatus {
        let told = Command::new("kill").args([&format!("-{signal}"), &self.child.id().to_string()]).status();
        assert!(told.expect("kill").success());
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("its state") {
                return status;
            }
            assert!(begun.elapsed() < PATIENCE, "it does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Refuses an event whose keys are not those of its example in `docs/json.md`.
#[track_caller]
fn is_documented(event: &Json) {
    let examples = crate::page::example("cargo appos dev");
    let examples = examples.as_array().expect("a list of events");
    let example = examples.iter().find(|example| example["event"] == event["event"]);
    let keys = |json: &Json| json.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(event), keys(example.expect("an example of the event")), "{event}");
}

/// Waits until a process is gone.
pub(crate) fn is_gone(process: u32) -> bool {
    for _ in 0..600 {
        let stat = std::fs::read_to_string(format!("/proc/{process}/stat"));
        if stat.is_ok_and(|stat| !stat.rsplit_once(')').is_some_and(|(_, rest)| rest.trim_start().starts_with('Z'))) {
            std::thread::sleep(Duration::from_millis(50));
        } else {
            return true;
        }
    }
    false
}

impl Drop for Running {
    fn drop(&mut self) {
        // A test that failed leaves nothing behind.
        if matches!(self.child.try_wait(), Ok(None)) {
            self.child.kill().ok();
            self.child.wait().ok();
        }
    }
}

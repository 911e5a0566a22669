//! `cargo appos dev`: with a program that is built in a moment, what the proxy and the restarts do;
//! with a real one and a real browser, that it all fits together.

#![cfg(target_os = "linux")]

mod browser;
#[path = "../page/mod.rs"]
mod page;
#[path = "../check/project.rs"]
#[allow(dead_code, reason = "not every test asks all of a project")]
mod project;
mod real;
mod running;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;

use reqwest::Method;
use running::{Running, is_gone};

/// A workspace with a platform that is none, and what stands in for AppOS.
struct Stub(tempfile::TempDir);

impl Stub {
    fn new() -> Self {
        let stub = Self(tempfile::tempdir().expect("a temporary folder"));
        stub.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"acme\", \"appos\"]\n");
        stub.write("appos/Cargo.toml", "[package]\nname = \"appos\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
        stub.write("appos/src/lib.rs", "");
        let package = "[package]\nname = \"acme\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\nappos = { path = \"../appos\" }\n";
        stub.write("acme/Cargo.toml", package);
        stub.write("acme/src/main.rs", include_str!("platform.rs.txt"));
        stub.version("one");
        stub
    }

    /// One whose build takes a while, each time.
    fn slow() -> Self {
        let stub = Self::new();
        stub.write(
            "acme/build.rs",
            "fn main() {\n    println!(\"cargo:rerun-if-changed=src\");\n    std::thread::sleep(std::time::Duration::from_secs(2));\n}\n",
        );
        stub
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn version(&self, version: &str) {
        self.write("acme/src/version.rs", &format!("pub(crate) const VERSION: &str = \"{version}\";\n"));
    }

    fn folder(&self) -> &Path {
        self.0.path()
    }

    fn dev(&self, arguments: &[&str]) -> Running {
        Running::start(self.folder(), &self.folder().join("target"), arguments)
    }
}

#[tokio::test]
async fn after_a_change_the_same_address_answers_anew() {
    let stub = Stub::new();
    let mut dev = stub.dev(&["--no-migrate", "--", "--flag"]);
    let ready = dev.event("ready");
    assert_eq!((&ready["url"], &ready["first"]), (&dev.url.as_str().into(), &true.into()));
    // What it was called with is passed on; the program's own address is of no interest.
    assert_eq!(dev.event("output")["line"], "called with [\"--flag\"], migrates \"check\"");
    assert_eq!(dev.event("sign_in")["url"], format!("{}/login", dev.url));
    assert_eq!(dev.event("users")["logins"], serde_json::json!(["ann@a.example"]));
    assert_eq!(dev.text("/version").await, (200, "one".to_owned()));

    let first = dev.program();
    stub.version("two");
    assert_eq!(dev.event("building")["changed"], serde_json::json!(["acme/src/version.rs"]));
    assert_eq!(dev.event("ready")["first"], false);
    assert_eq!(dev.text("/version").await, (200, "two".to_owned()));
    assert!(is_gone(first), "the old program has ended");

    // Files of which only the compiler knows, and settings.
    stub.write("acme/words.txt", "three");
    stub.write("acme/src/version.rs", "pub(crate) const VERSION: &str = include_str!(\"../words.txt\");\n");
    dev.event("ready");
    assert_eq!(dev.text("/version").await.1, "three");
    stub.write("acme/words.txt", "four");
    dev.event("ready");
    assert_eq!(dev.text("/version").await.1, "four");
    stub.write("acme/appos.yaml", "environment: dev\n");
    assert_eq!(dev.event("building")["changed"], serde_json::json!(["acme/appos.yaml"]));
    dev.event("ready");

    let program = dev.program();
    assert!(dev.end("TERM").success());
    assert!(is_gone(program), "nothing is left behind");
}

#[tokio::test]
async fn requests_wait_for_a_restart_and_none_is_lost() {
    let stub = Stub::new();
    let dev = stub.dev(&[]);
    // Asked for before there is a program at all.
    assert_eq!(dev.text("/version").await, (200, "one".to_owned()));
    dev.event("ready");
    let slow = dev.request(Method::GET, "/slow").send();
    let slow = tokio::spawn(async move { slow.await.expect("an answer").text().await.expect("a text") });
    stub.version("two");
    dev.event("building");
    let mut answers = Vec::new();
    // Until the new one answers, and some more.
    while answers.iter().filter(|answer| *answer == "two").count() < 5 {
        let (status, answer) = dev.text("/version").await;
        assert_eq!(status, 200, "{answer}");
        assert!(answer == "two" || answers.iter().all(|earlier| earlier == "one"), "never the old one again");
        answers.push(answer);
    }
    assert!(["one", "two"].contains(&slow.await.expect("it ends").as_str()));
}

#[tokio::test]
async fn what_does_not_build_is_shown_until_it_is_mended() {
    let stub = Stub::new();
    let dev = stub.dev(&[]);
    dev.event("ready");
    stub.write("acme/src/version.rs", "pub(crate) const VERSION: &str = 1;\n");
    let failed = dev.event("build_failed");
    assert_eq!(failed["errors"][0]["file"], "acme/src/version.rs", "{failed}");
    let (status, headers, page) = dev.page("/").await;
    assert_eq!((status, &headers["content-type"]), (503, &"text/html; charset=utf-8".parse().expect("a value")));
    assert!(page.contains("<h2>acme/src/version.rs:1:34</h2>") && page.contains("mismatched types"), "{page}");
    assert!(page.contains("<span style") && page.contains("/__appos/dev.js"), "{page}");
    let answer = dev.request(Method::POST, "/echo").send().await.expect("an answer");
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    let problem: serde_json::Value = answer.json().await.expect("JSON");
    assert_eq!((&problem["status"], &problem["code"]), (&503.into(), &"does_not_build".into()));
    assert_eq!(problem["detail"], "acme/src/version.rs:1:34: mismatched types");
    // A page elsewhere that reaches this machine by its own name reads no source.
    let foreign = dev.request(Method::GET, "/").header("host", "evil.example").send().await.expect("an answer");
    assert_eq!(foreign.status().as_u16(), 403);
    assert!(!foreign.text().await.expect("a text").contains("version.rs"));

    // What is no Rust at all, of which cargo itself speaks.
    stub.version("two");
    dev.event("ready");
    let manifest = fs::read_to_string(stub.folder().join("acme/Cargo.toml")).expect("a file");
    stub.write("acme/Cargo.toml", "[package\n");
    dev.event("build_failed");
    let (status, _, page) = dev.page("/").await;
    assert!(status == 503 && page.contains("Cargo.toml"), "{page}");
    stub.write("acme/Cargo.toml", &manifest);
    dev.event("ready");
    assert_eq!(dev.text("/version").await.1, "two");
}

#[tokio::test]
async fn a_program_that_ends_says_why_and_the_next_change_tries_again() {
    let stub = Stub::new();
    stub.version("refuses to start");
    let dev = stub.dev(&[]);
    let crashed = dev.event("crashed");
    assert_eq!(crashed["output"], "appos.yaml:3:5: unknown key `prot`; write `port`");
    let (status, _, page) = dev.page("/").await;
    assert_eq!(status, 503);
    assert!(page.contains("`acme` has ended (exit status: 2)") && page.contains("unknown key `prot`"), "{page}");
    stub.version("one");
    dev.event("ready");
    assert_eq!(dev.text("/version").await.1, "one");
    // Also later; the request on which it ended has no answer, and says so.
    let broken = dev.request(Method::GET, "/die").send().await.expect("an answer");
    assert_eq!(broken.status().as_u16(), 502);
    dev.event("crashed");
    assert_eq!(dev.text("/version").await.0, 503);
    stub.version("two");
    dev.event("ready");
    assert_eq!(dev.text("/version").await.1, "two");
}

#[tokio::test]
async fn open_pages_are_told_when_they_are_out_of_date() {
    let stub = Stub::new();
    let dev = stub.dev(&[]);
    dev.event("ready");
    let (_, headers, page) = dev.page("/").await;
    let own = page.split("data-generation=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a generation");
    assert!(page.ends_with("></script>"), "{page}");
    assert_eq!(headers["content-length"], page.len().to_string());
    let policy = "default-src 'none'; script-src 'self'; connect-src 'self'";
    assert_eq!(headers["content-security-policy"], policy, "what is allowed already stays");
    let closed = dev.page("/closed").await.1;
    let policy = closed["content-security-policy"].to_str().expect("a text");
    let script =
        format!("default-src 'none'; script-src {0}/__appos/dev.js; connect-src {0}/__appos/dev/events", dev.url);
    assert_eq!(policy, script);
    // What is no page, or asked for by a script, stays as it is.
    assert_eq!(dev.text("/").await.1, "<!doctype html><title>stub</title><p>a page</p>");
    let script = dev.text("/__appos/dev.js").await;
    assert!(script.0 == 200 && script.1.contains("EventSource"), "{script:?}");

    let mut events = dev.request(Method::GET, "/__appos/dev/events").send().await.expect("events");
    assert_eq!(events.headers()["content-type"], "text/event-stream");
    let mut next = async || {
        let text = events.chunk().await.expect("a chunk").expect("no end");
        let text = String::from_utf8(text.to_vec()).expect("text");
        let data = text.lines().find_map(|line| line.strip_prefix("data: ")).expect("data").to_owned();
        let data: serde_json::Value = serde_json::from_str(&data).expect("JSON");
        (data["phase"].as_str().expect("a phase").to_owned(), data["generation"].as_str().expect("one").to_owned())
    };
    assert_eq!(next().await, ("running".to_owned(), own.to_owned()));
    stub.version("two");
    let mut seen = next().await;
    if seen.0 == "starting" {
        assert_eq!(seen.1, own, "a page that is open may stay while the program restarts");
        seen = next().await;
    }
    assert_eq!(seen.0, "running");
    assert_ne!(seen.1, own);
}

#[tokio::test]
async fn bodies_pass_as_they_come_and_headers_as_the_browser_sent_them() {
    let stub = Stub::new();
    let dev = stub.dev(&[]);
    dev.event("ready");
    let request =
        dev.request(Method::POST, "/echo").header("origin", dev.url.clone()).header("x-forwarded-for", "8.8.8.8");
    let told = request.body(vec![b'x'; 3_000_000]).send().await.expect("an answer").text().await.expect("a text");
    let host = dev.url.trim_start_matches("http://");
    assert_eq!(told, format!("{host} {} 127.0.0.1 3000000", dev.url));

    let mut stream = dev.request(Method::GET, "/stream").send().await.expect("an answer");
    // The rest is not even made before this is read.
    assert_eq!(stream.chunk().await.expect("a chunk").as_deref(), Some(&b"first\n"[..]));
    assert_eq!(dev.text("/go").await.0, 200);
    assert_eq!(stream.chunk().await.expect("a chunk").as_deref(), Some(&b"second\n"[..]));
    assert_eq!(stream.chunk().await.expect("the end"), None);

    let mut socket = TcpStream::connect(host).expect("a connection");
    socket
        .write_all(b"GET /socket HTTP/1.1\r\nhost: localhost\r\nconnection: Upgrade\r\nupgrade: shout\r\n\r\n")
        .expect("sent");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        socket.read_exact(&mut byte).expect("an answer");
        head.push(byte[0]);
    }
    assert!(head.starts_with(b"HTTP/1.1 101 "), "{}", String::from_utf8_lossy(&head));
    for word in [b"hello", b"again"] {
        socket.write_all(word).expect("sent");
        let mut answer = [0; 5];
        socket.read_exact(&mut answer).expect("an answer");
        assert_eq!(answer.to_vec(), word.to_ascii_uppercase());
    }
}

#[tokio::test]
async fn changes_while_it_builds_lead_to_the_last_of_them() {
    let stub = Stub::slow();
    let dev = stub.dev(&[]);
    dev.event("ready");
    for version in ["two", "three", "four"] {
        stub.version(version);
        dev.event("building");
    }
    dev.event("ready");
    assert_eq!(dev.text("/version").await.1, "four");
}

#[tokio::test]
async fn a_program_that_ends_during_a_build_takes_nothing_from_it() {
    let stub = Stub::slow();
    let dev = stub.dev(&[]);
    dev.event("ready");
    stub.version("two");
    dev.event("building");
    let broken = dev.request(Method::GET, "/die").send().await.expect("an answer");
    assert_eq!(broken.status().as_u16(), 502);
    // What waits now gets the new one.
    assert_eq!(dev.text("/version").await, (200, "two".to_owned()));
}

#[test]
fn a_person_reads_a_few_lines() {
    let stub = Stub::new();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_cargo-appos"))
        .args(["dev", "--port", "0"])
        .current_dir(stub.folder())
        .env("CARGO_TARGET_DIR", stub.folder().join("target"))
        .env_remove("APPOS_PROJECT")
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the command runs");
    let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines().map_while(Result::ok);
    let mut until = |wanted: &str| {
        let mut seen = Vec::new();
        // What the program itself says comes at any time.
        for line in lines.by_ref().filter(|line| !line.starts_with("called with ")) {
            let is_it = line.starts_with(wanted);
            seen.push(line);
            if is_it {
                return seen;
            }
        }
        panic!("no `{wanted}` in {seen:?}");
    };
    let start = until("  users: ");
    assert!(start.iter().any(|line| line.starts_with("ready after ")), "{start:?}");
    // The program says it a while after it listens; that comes first nevertheless.
    assert!(start.iter().any(|line| line.starts_with("  sign in: http://127.0.0.1:")), "{start:?}");
    assert_eq!(start.last().map(String::as_str), Some("  users: ann@a.example"));
    stub.version("two");
    let again = until("rebuilt in ");
    assert_eq!(again.len(), 2, "{again:?}");
    assert_eq!(again[0], "changed: acme/src/version.rs");
    let told = std::process::Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
    assert!(told.expect("kill").success());
    until("stopped");
    assert!(child.wait().expect("its end").success());
}

#[test]
fn a_program_that_says_no_way_in_keeps_nothing_back() {
    let stub = Stub::new();
    stub.version("says no more");
    let dev = stub.dev(&[]);
    dev.event("ready");
    assert_eq!(dev.event("users")["logins"], serde_json::json!(["ann@a.example"]));
}

#[test]
fn a_program_does_not_outlive_the_command_that_was_killed() {
    let stub = Stub::new();
    let mut dev = stub.dev(&[]);
    dev.event("ready");
    let program = dev.program();
    dev.end("KILL");
    assert!(is_gone(program), "the system ends it");
}

#[test]
fn a_port_that_somebody_has_is_refused_with_a_way_out() {
    let stub = Stub::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("its address").port().to_string();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_cargo-appos"))
        .args(["dev", "--port", &port])
        .current_dir(stub.folder())
        .env("CARGO_TARGET_DIR", stub.folder().join("target"))
        .output()
        .expect("the command runs");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains(&format!("127.0.0.1:{port} cannot be listened on")) && said.contains("`--port "), "{said}");
}

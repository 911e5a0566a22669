//! `--json` of every command on the example, against the page that documents it; the log files are
//! those of a run of the example.

mod page;

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value as Json;

/// What other tests compare: those that write migrations or run tests have projects of their own, and
/// `dev` does not end.
const ELSEWHERE: [&str; 4] =
    ["cargo appos migrate", "cargo appos dev", "cargo appos test", "cargo appos test --changed main"];

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_cargo-appos"))
}

/// The example in a folder of its own: its database, its log files.
struct Example {
    folder: tempfile::TempDir,
    seen: std::cell::RefCell<BTreeSet<String>>,
}

impl Example {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let settings = root().join("examples/acme/appos.yaml");
        fs::copy(settings, folder.path().join("appos.yaml")).expect("a copy");
        Self { folder, seen: std::cell::RefCell::default() }
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        let url = format!("sqlite://{}/acme.db", self.folder.path().display());
        command.current_dir(root()).env("APPOS__DATABASE__URL", url).env("APPOS__SERVER__PORT", "0");
        command.env("CARGO_TARGET_DIR", target());
        command
    }

    fn run(&self, line: &str, more: &[&str]) -> Output {
        let words = line.strip_prefix("cargo appos ").expect("one of ours").split(' ');
        self.command(program()).args(words).args(more).arg("--json").output().expect("the command runs")
    }

    fn json(&self, line: &str, more: &[&str]) -> Json {
        let output = self.run(line, more);
        serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{line}: {error}\n{}", String::from_utf8_lossy(&output.stderr)))
    }

    /// Compares the example of a command with what it prints.
    #[track_caller]
    fn holds(&self, line: &str, more: &[&str], others: &[Json]) -> Json {
        let printed = self.json(line, more);
        page::holds(line, &[std::slice::from_ref(&printed), others].concat());
        self.seen.borrow_mut().insert(line.to_owned());
        printed
    }

    /// The same of JSON Lines; those of the security log have a form of their own.
    #[track_caller]
    fn lines_hold(&self, line: &str) {
        let output = self.run(line, &["--limit", "0", "--logs", &self.logs()]);
        let text = String::from_utf8(output.stdout).expect("text");
        let lines = text.lines().map(|line| serde_json::from_str::<Json>(line).expect("JSON"));
        let of_security = line.ends_with("security");
        let lines: Vec<Json> = lines.filter(|json| json.get("action").is_some() == of_security).collect();
        assert!(!lines.is_empty(), "{line}: {text}");
        page::holds(line, &lines);
        self.seen.borrow_mut().insert(line.to_owned());
    }

    /// Compares the example of a command that writes files with what it prints in a folder that is not ours.
    #[track_caller]
    fn made(&self, within: &str, line: &str, more: &[&str]) {
        let words = line.strip_prefix("cargo appos ").expect("one of ours").split(' ');
        let mut command = Command::new(program());
        command.current_dir(self.folder.path().join(within)).env("CARGO_NET_OFFLINE", "true");
        let output = command.args(words).args(more).arg("--json").output().expect("the command runs");
        let printed = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{line}: {error}\n{}", String::from_utf8_lossy(&output.stderr)));
        page::holds(line, &[printed]);
        self.seen.borrow_mut().insert(line.to_owned());
    }

    fn logs(&self) -> String {
        self.folder.path().join(".appos/logs").display().to_string()
    }

    /// Starts the example, asks for something that is refused, and ends it; answers the id of that, and who ran
    /// processes meanwhile.
    fn serve(&self) -> (String, Json) {
        let mut server = self.command(&target().join("debug/acme"));
        server.env("APPOS_PROJECT", self.folder.path()).stdout(Stdio::piped());
        let mut server = server.spawn().expect("the example starts");
        let out = BufReader::new(server.stdout.take().expect("piped"));
        let mut lines = out.lines().map_while(Result::ok);
        let address = lines.find_map(|line| line.strip_prefix("Listening on http://").map(str::to_owned));
        let mut connection = TcpStream::connect(address.expect("it listens")).expect("a connection");
        let request = "GET /api/crm/v1/customers HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        connection.write_all(request.as_bytes()).expect("a request");
        let mut answer = String::new();
        connection.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
        let worker = || self.json("cargo appos process workers", &["--package", "acme"]);
        let is_there = |seen: &Json| !seen["workers"][0].is_null();
        let workers = std::iter::repeat_with(worker).take(100).find(is_there).expect("it says who it is");
        let pid = server.id().to_string();
        assert!(Command::new("kill").arg(&pid).status().expect("kill runs").success());
        assert!(server.wait().expect("it ends").success());
        let id = answer.lines().find_map(|line| line.strip_prefix("x-execution-id: "));
        (id.expect("an id").trim().to_owned(), workers)
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace").to_owned()
}

fn target() -> &'static Path {
    program().ancestors().nth(2).expect("a target folder")
}

#[cfg(unix)]
#[test]
fn every_example_has_the_keys_of_what_is_printed() {
    let acme = ["--package", "acme"];
    let example = Example::new();
    example.holds("cargo appos objects", &acme, &[]);
    example.holds("cargo appos routes", &acme, &[]);
    example.holds("cargo appos permissions", &acme, &[]);
    example.holds("cargo appos permissions --lock", &acme, &[]);
    example.holds("cargo appos completions bash", &[], &[]);
    example.holds("cargo appos check --explain A0007", &[], &[]);
    example.holds("cargo appos mcp", &[], &[]);

    // A database that lacks everything, and then has everything.
    let pending = example.json("cargo appos migrate status", &acme);
    let statements = example.json("cargo appos migrate up", &["--sql", "--package", "acme"]);
    assert!(statements["sql"].as_str().is_some_and(|sql| sql.contains("CREATE TABLE")), "{statements}");
    example.holds("cargo appos migrate --dry-run", &acme, &[]);
    example.holds("cargo appos migrate --check", &acme, &[]);
    let applied = example.holds("cargo appos migrate up", &acme, &[]);
    assert_eq!(applied["applied"].as_array().map(Vec::len), pending.as_array().map(Vec::len));
    example.holds("cargo appos migrate status", &acme, &[pending]);
    example.holds("cargo appos migrate drift", &acme, &[]);
    example.holds("cargo appos doctor", &acme, &[]);
    example.holds("cargo appos user create gwen@example.com", &["--group", "crm_users", "--package", "acme"], &[]);
    example.holds("cargo appos user list", &acme, &[]);
    example.holds("cargo appos user show gwen@example.com", &acme, &[]);
    example.holds("cargo appos user show gwenn", &acme, &[]);
    example.holds("cargo appos user setup-link", &acme, &[]);
    let start = ["--args", r#"{"customer_id":7}"#, "--key", "customer-7", "--package", "acme"];
    example.holds("cargo appos process start onboard_customer", &start, &[]);
    example.holds("cargo appos process list", &acme, &[]);
    example.holds("cargo appos process stats", &acme, &[]);
    example.holds("cargo appos process lock", &acme, &[]);
    let key = example.folder.path().join("key.txt");
    fs::write(&key, "k3y\n").expect("a file");
    let key = ["--file", key.to_str().expect("a path"), "--package", "acme"];
    example.holds("cargo appos connection list", &acme, &[]);
    example.holds("cargo appos connection test payments", &acme, &[]);
    example.holds("cargo appos secrets set PAYMENTS_KEY", &key, &[]);
    example.holds("cargo appos secrets delete PAYMENTS_KEYS", &acme, &[]);
    example.holds("cargo appos secrets list", &acme, &[]);
    example.holds("cargo appos secrets key", &[], &[]);
    example.holds("cargo appos secrets rotate", &acme, &[]);
    let back = example.holds("cargo appos migrate down", &["--allow-destructive", "--package", "acme"], &[]);
    assert_eq!(back["taken_back"][0], applied["applied"].as_array().expect("a list").last().expect("one").clone());

    let (refused, workers) = example.serve();
    example.holds("cargo appos process workers", &acme, &[workers]);
    example.lines_hold("cargo appos logs");
    example.lines_hold("cargo appos logs --category performance");
    example.lines_hold("cargo appos logs --category security");
    let trace = format!("cargo appos trace {}", &refused[..18]);
    let trace = example.json(&trace, &["--logs", &example.logs()]);
    assert_eq!((&trace["execution_id"], &trace["complete"]), (&Json::from(refused), &Json::Bool(true)));
    page::holds("cargo appos trace 019acb72-4e80-7a", &[trace]);
    example.seen.borrow_mut().insert("cargo appos trace 019acb72-4e80-7a".to_owned());

    let nobody = ["why", "public_access", "view", "crm.records.customer"].join(" ");
    let printed = example.json(&format!("cargo appos {nobody}"), &acme);
    page::holds("cargo appos why ann update crm.records.customer", &[printed]);
    example.seen.borrow_mut().insert("cargo appos why ann update crm.records.customer".to_owned());

    let logs = example.logs();
    let seen = ["--package", "acme", "--logs", &logs];
    example.holds("cargo appos impact crm.records.customer", &seen, &[]);
    example.holds("cargo appos impact", &seen, &[]);
    let mut wrong = example.command(program());
    wrong.args(["check", "--package", "acme", "--json"]).env("APPOS__SERVER__PORT", "abc");
    let wrong = serde_json::from_slice(&wrong.output().expect("it runs").stdout).expect("JSON");
    example.holds("cargo appos check", &acme, &[wrong]);

    // A project of its own, which is never built.
    example.made("", "cargo appos new acme", &["--template", "crm", "--no-git"]);
    example.made("", "cargo appos new --template list", &[]);
    example.made("acme", "cargo appos add record crm Note title:String", &[]);
    example.made("acme", "cargo appos add choices crm Mood Good Bad --dry-run", &[]);

    let seen = example.seen.take();
    let left: Vec<&str> =
        page::headings().into_iter().filter(|line| !seen.contains(*line) && !ELSEWHERE.contains(line)).collect();
    assert!(left.is_empty(), "the page has examples that no test compares: {left:?}");
}

//! The two servers of a comparison: each a process of its own on the same database.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use tempfile::TempDir;
use throwaway_postgres::Server;

use super::client::Client;

/// A server's process, which does not outlive the comparison, however that ends.
pub(super) struct Running {
    process: Child,
    pub(super) address: String,
}

impl Running {
    /// Microseconds of processor time that it has used, as far as Linux tells.
    pub(super) fn work(&self) -> f64 {
        // In ticks, of which Linux shows a hundred in a second on every machine.
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.process.id())).unwrap_or_default();
        let after_name = stat.rsplit(')').next().unwrap_or_default();
        let ticks = after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<u32>().ok());
        ticks.map(|ticks| f64::from(ticks) * 10_000.0).sum()
    }

    /// KiB of memory that it has, as far as Linux tells.
    pub(super) fn resident(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default()
    }

    /// Starts a server and reads its output until a line contains `last`.
    fn start(command: &mut Command, last: &str) -> (Self, Vec<String>) {
        let process = command.stdout(Stdio::piped()).spawn().expect("the server starts");
        let mut running = Self { process, address: String::new() };
        let output = BufReader::new(running.process.stdout.take().expect("its output"));
        let mut lines = Vec::new();
        for line in output.lines().map_while(Result::ok) {
            let done = line.contains(last);
            lines.push(line);
            if done {
                break;
            }
        }
        running.address = after(&lines, "Listening on http://");
        (running, lines)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

fn after(lines: &[String], mark: &str) -> String {
    let line = lines.iter().find_map(|line| line.split_once(mark));
    line.unwrap_or_else(|| panic!("no `{mark}` in {lines:?}")).1.trim().to_owned()
}

/// Both servers, and the session with which they are asked.
pub(super) struct Pair<'a> {
    pub(super) platform: Running,
    pub(super) hand_written: Running,
    pub(super) cookie: String,
    url: String,
    server: Option<&'a Server>,
    _folder: TempDir,
}

impl<'a> Pair<'a> {
    pub(super) fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let url = format!("sqlite://{}", folder.path().join("bench.db").display());
        Self::start(folder, url, None)
    }

    pub(super) fn on_postgres(server: &'a Server) -> Self {
        Self::start(tempfile::tempdir().expect("a folder can be made"), server.database(), Some(server))
    }

    fn start(folder: TempDir, url: String, server: Option<&'a Server>) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_acme"));
        command.env("APPOS_PROJECT", folder.path()).env("APPOS__SERVER__PORT", "0");
        command.env("APPOS__LOGGING__LEVEL", "error").env("APPOS__DATABASE__URL", &url);
        command.env("APPOS__DATABASE__MIGRATE", "auto");
        // One address sends all there is.
        command.env("APPOS__SERVER__RATE_LIMIT__PER_USER", "0").env("APPOS__SERVER__RATE_LIMIT__PER_ADDRESS", "0");
        let (platform, lines) = Running::start(&mut command, "API documentation");
        let cookie = set_up(&platform.address, &after(&lines, "token="));
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        command.arg("--hand-written").arg(&url);
        let (hand_written, _) = Running::start(&mut command, "Listening");
        Self { platform, hand_written, cookie, url, server, _folder: folder }
    }

    /// Address of the database.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Runs a statement on the database.
    pub(super) fn execute(&self, sql: &str) {
        if let Some(server) = self.server {
            server.query(&self.url, sql).expect("the statement is right");
            return;
        }
        let options: sqlx::sqlite::SqliteConnectOptions = self.url.parse().expect("an address");
        actix_web::rt::System::new().block_on(async {
            let mut connection = options.connect().await.expect("the database opens");
            sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.expect("the statement is right");
            connection.close().await.expect("it closes");
        });
    }
}

/// Makes the first administrator, and signs in.
fn set_up(address: &str, token: &str) -> String {
    let mut client = Client::new(address, "");
    let body = format!(r#"{{"token":"{token}","email":"bench@example.com","password":"correct horse battery"}}"#);
    let request = client.request("POST", "/auth/setup", &body);
    client.served(&request, "201");
    let body = r#"{"email":"bench@example.com","password":"correct horse battery"}"#;
    let request = client.request("POST", "/auth/login", body);
    let (head, _) = client.exchange(&request);
    let start = head.find("appos_session=").expect("a cookie");
    head[start..].split(';').next().unwrap_or_default().to_owned()
}

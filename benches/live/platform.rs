//! The platform as a process of its own.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// The platform, which ends with it.
pub struct Platform {
    process: Child,
    pub url: String,
    pub token: String,
    _folder: tempfile::TempDir,
}

impl Platform {
    /// Starts it, without the limits that one visitor would meet.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut command = Command::new(env!("CARGO_BIN_EXE_acme"));
        command.current_dir(folder.path()).env("APPOS_PROJECT", folder.path()).env("APPOS__SERVER__PORT", "0");
        command.env("APPOS__DATABASE__URL", "sqlite://bench.db").env("APPOS__LOGGING__LEVEL", "error");
        command.env("APPOS__SERVER__RATE_LIMIT__PER_USER", "0").env("APPOS__SERVER__RATE_LIMIT__PER_ADDRESS", "0");
        command.env("APPOS__UI__LIVE__MAX_PAGES", "100000").env("APPOS__UI__LIVE__MAX_PAGES_PER_SESSION", "10000");
        command.env("APPOS__UI__LIVE__EVENTS_PER_SECOND", "10000");
        let mut process = command.stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines().map_while(Result::ok);
        let mut after = |mark: &str| {
            let line = lines.by_ref().find(|line| line.contains(mark)).expect("a line");
            line.split_once(mark).map(|(_, rest)| rest.trim().to_owned()).expect("a mark")
        };
        let url = format!("http://{}", after("Listening on http://"));
        let token = after("token=");
        std::thread::spawn(move || lines.for_each(drop));
        Self { process, url, token, _folder: folder }
    }

    /// KiB of memory that it has.
    pub fn resident(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default()
    }
}

impl Drop for Platform {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

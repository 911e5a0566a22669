//! A real Chromium, installed first if it is missing and the test runs as root.

#![allow(dead_code, reason = "each test takes what it needs")]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use reqwest::{Method, Url};
use serde_json::{Value as Json, json};

/// Longest wait for a page.
const PATIENCE: Duration = Duration::from_mins(5);

/// A browser with an empty profile. It ends with it.
pub(crate) struct Browser {
    pub(crate) client: Client,
    // Dropped in this order: the profile is in use as long as the browser runs.
    _driver: Driver,
    _profile: tempfile::TempDir,
}

/// A command of the browser's own protocol.
#[derive(Debug)]
struct OfBrowser(&'static str, Json);

impl WebDriverCompatibleCommand for OfBrowser {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, <Url as std::str::FromStr>::Err> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "cmd": self.0, "params": self.1 }).to_string()))
    }
}

/// The program that leads the browser, and ends it with itself.
struct Driver(Child);

impl Driver {
    fn start(program: &Path) -> Option<(Self, u16)> {
        let mut driver = Command::new(program);
        driver.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut driver = Self(driver.spawn().expect("the driver starts"));
        let mut lines = BufReader::new(driver.0.stdout.take().expect("its output")).lines().map_while(Result::ok);
        let port = lines.find_map(|line| {
            let port = line.split("started successfully on port ").nth(1)?;
            port.trim_end_matches('.').parse::<u16>().ok()
        })?;
        // Read to the end: a full pipe would stop it.
        std::thread::spawn(move || lines.for_each(drop));
        Some((driver, port))
    }
}

fn installed(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
        .find(|file| file.is_file())
}

/// The programs of the browser and of its driver.
fn programs() -> (PathBuf, PathBuf) {
    let browsers = ["chromium", "chromium-browser", "google-chrome"];
    let found = || Some((installed(&browsers)?, installed(&["chromedriver"])?));
    debian::install(&["chromium", "chromium-driver"], found).expect("Chromium")
}

impl Browser {
    pub(crate) async fn start() -> Self {
        let (browser, driver) = programs();
        let profile = tempfile::tempdir().expect("a temporary folder");
        // Two that start at once may choose one port, of which one ends.
        let (driver, port) = (0..5).find_map(|_| Driver::start(&driver)).expect("the driver tells its port");
        let client = Self::client(port, &browser, profile.path()).await;
        Self { client, _driver: driver, _profile: profile }
    }

    async fn client(port: u16, browser: &Path, profile: &Path) -> Client {
        let arguments = [
            "--headless",
            // The sandbox needs rights that a container does not give.
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ];
        let mut arguments: Vec<String> = arguments.map(str::to_owned).to_vec();
        arguments.push(format!("--user-data-dir={}", profile.display()));
        let options = json!({ "args": arguments, "binary": browser });
        let capabilities = json!({ "browserName": "chrome", "goog:chromeOptions": options });
        let capabilities = capabilities.as_object().expect("an object").clone();
        let connector = hyper_util::client::legacy::connect::HttpConnector::new();
        let mut builder = ClientBuilder::new(connector);
        let client = builder.capabilities(capabilities).connect(&format!("http://127.0.0.1:{port}")).await;
        client.expect("a browser")
    }

    /// Has the browser do what no page and no driver can.
    pub(crate) async fn command(&self, name: &'static str, parameters: Json) -> Json {
        self.client.issue_cmd(OfBrowser(name, parameters)).await.expect("a command of the browser")
    }

    /// Marks the page that is open, so that another one is told from it.
    pub(crate) async fn mark(&self) {
        self.client.execute("window.marked = true;", Vec::new()).await.expect("a script of the driver");
    }

    /// Waits until a page is open that nobody has marked and that holds this text.
    pub(crate) async fn until_new_page_with(&self, text: &str) {
        let script =
            "return document.readyState === 'complete' && !window.marked ? document.documentElement.innerText : null;";
        let mut last = None;
        for _ in 0..PATIENCE.as_secs() * 10 {
            // Between two pages there is none to ask.
            if let Ok(found) = self.client.execute(script, Vec::new()).await {
                if found.as_str().is_some_and(|found| found.contains(text)) {
                    return;
                }
                last = Some(found);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("no new page with `{text}`: {last:?}");
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Asked, it ends the browser, too.
        let told = Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status();
        if told.is_err() {
            self.0.kill().ok();
        }
        self.0.wait().ok();
    }
}

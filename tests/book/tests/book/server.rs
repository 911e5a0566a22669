//! A platform that answers the requests of a page, with the people of the book.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use reqwest::Method;
use reqwest::header::{COOKIE, ORIGIN, SET_COOKIE};
use serde_json::{Value as Json, json};

/// Longest wait for a program to start or to end.
const PATIENCE: Duration = Duration::from_mins(1);

const PASSWORD: &str = "correct horse battery staple";

/// Who the pages speak of, beside Ada, the administrator: name and groups. A page says so, too.
const PEOPLE: [(&str, &[&str]); 5] = [
    ("ann", &["crm_users"]),
    ("ben", &["crm_users"]),
    ("cleo", &["crm_admins"]),
    ("finn", &["finance"]),
    ("dora", &[]),
];

/// A running program.
pub(crate) struct Server {
    child: Child,
    pub(crate) url: String,
    /// What it printed until it was ready.
    pub(crate) printed: String,
    token: Option<String>,
    /// Cookies of those who have signed in.
    pub(crate) sessions: Vec<(String, String)>,
}

impl Server {
    /// Starts a program on a free port.
    pub(crate) fn start(mut command: Command) -> Self {
        command.env("APPOS__SERVER__PORT", "0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let (lines, printed) = mpsc::channel();
        let output = BufReader::new(child.stdout.take().expect("its output"));
        std::thread::spawn(move || output.lines().map_while(Result::ok).for_each(|line| drop(lines.send(line))));
        let mut server = Self { child, url: String::new(), printed: String::new(), token: None, sessions: Vec::new() };
        let begun = Instant::now();
        while !server.printed.contains("API documentation: ") {
            let Ok(line) = printed.recv_timeout(PATIENCE.saturating_sub(begun.elapsed())) else {
                let mut errors = String::new();
                server.child.kill().ok();
                let mut stderr = server.child.stderr.take().expect("its errors");
                std::io::Read::read_to_string(&mut stderr, &mut errors).ok();
                panic!("the program did not start: {}{errors}", server.printed);
            };
            if let Some(url) = line.strip_prefix("Listening on ") {
                url.clone_into(&mut server.url);
            }
            if let Some((_, token)) = line.split_once("/setup?token=") {
                server.token = Some(token.to_owned());
            }
            server.printed.push_str(&line);
            server.printed.push('\n');
        }
        server
    }

    /// Makes Ada the administrator, if there is none yet, and the others.
    pub(crate) async fn introduce(&mut self, people: &[(&str, &[&str])]) {
        let Some(token) = self.token.take() else { return };
        let admin = json!({ "token": token, "email": "ada@example.com", "name": "Ada", "password": PASSWORD });
        let (_, cookie, _) = self.send(None, Method::POST, "/auth/setup", Some(admin)).await;
        self.sessions.push(("ada".to_owned(), cookie.expect("a session")));
        for (name, groups) in people {
            self.add(name, groups).await;
        }
    }

    async fn add(&mut self, name: &str, groups: &[&str]) {
        let email = format!("{name}@example.com");
        let shown = name[..1].to_uppercase() + &name[1..];
        let user = json!({ "email": email, "name": shown });
        let id = self.as_ada(Method::POST, "/api/platform/v1/users", Some(user)).await["id"].clone();
        for group in groups {
            let path = format!("/api/platform/v1/groups?filter[name]={group}");
            let group = self.as_ada(Method::GET, &path, None).await["rows"][0]["id"].clone();
            let body = json!({ "user": id, "group": group });
            self.as_ada(Method::POST, "/api/platform/v1/memberships", Some(body)).await;
        }
        let body = json!({ "user": id, "password": PASSWORD });
        self.as_ada(Method::POST, "/api/platform/v1/rules/set_password", Some(body)).await;
        self.sign_in(name).await;
    }

    /// Signs somebody in, if that was not done yet. All have the same password.
    pub(crate) async fn sign_in(&mut self, name: &str) {
        if self.sessions.iter().any(|(known, _)| known == name) {
            return;
        }
        let login = json!({ "email": format!("{name}@example.com"), "password": PASSWORD });
        let (status, cookie, answer) = self.send(None, Method::POST, "/auth/login", Some(login)).await;
        let cookie = cookie.unwrap_or_else(|| panic!("{name} cannot sign in: {status} {answer}"));
        self.sessions.push((name.to_owned(), cookie));
    }

    async fn as_ada(&self, method: Method, path: &str, body: Option<Json>) -> Json {
        let (status, _, answer) = self.send(Some("ada"), method, path, body).await;
        assert!(status < 300, "{path}: {status} {answer}");
        answer
    }

    async fn send(
        &self,
        who: Option<&str>,
        method: Method,
        path: &str,
        body: Option<Json>,
    ) -> (u16, Option<String>, Json) {
        let mut request = client().request(method, format!("{}{path}", self.url));
        if let Some(who) = who {
            request = request.header(COOKIE, self.session(who)).header(ORIGIN, &self.url);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await.expect("an answer");
        let cookie = answer.headers().get(SET_COOKIE).and_then(|cookie| cookie.to_str().ok());
        let cookie = cookie.and_then(|cookie| cookie.split(';').next()).map(str::to_owned);
        let status = answer.status().as_u16();
        let text = answer.text().await.expect("a body");
        (status, cookie, serde_json::from_str(&text).unwrap_or(Json::Null))
    }

    /// The cookie of somebody.
    pub(crate) fn session(&self, who: &str) -> &str {
        let found = self.sessions.iter().find(|(name, _)| name == who);
        found.map_or_else(|| panic!("nobody is called {who}"), |(_, cookie)| cookie.as_str())
    }

    /// Ends the program as a service manager does.
    pub(crate) fn stop(mut self) {
        let told = Command::new("kill").arg(self.child.id().to_string()).status().expect("kill");
        assert!(told.success(), "the program can be told to end");
        let begun = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) {
            assert!(begun.elapsed() < PATIENCE, "the program did not end");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.child.kill().ok();
            self.child.wait().ok();
        }
    }
}

pub(crate) fn client() -> reqwest::Client {
    // Nobody chooses for all of a program with which cryptography it speaks TLS; reqwest wants to be told.
    rustls::crypto::ring::default_provider().install_default().ok();
    let builder = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    builder.build().expect("a client")
}

/// The people of the book, made once in a folder and copied: hashing passwords takes longer than most pages.
pub(crate) struct People {
    folder: std::path::PathBuf,
    sessions: Vec<(String, String)>,
}

impl People {
    pub(crate) async fn meet(program: &Path, folder: &Path) -> Self {
        fs::remove_dir_all(folder.join(".appos")).ok();
        let mut server = Server::start(serve(program, folder));
        server.introduce(&PEOPLE).await;
        let sessions = server.sessions.clone();
        server.stop();
        let kept = folder.join(".people");
        fs::remove_dir_all(&kept).ok();
        fs::rename(folder.join(".appos"), &kept).expect("a database");
        Self { folder: kept, sessions }
    }

    /// A platform in a folder, with a database in which there are only they.
    pub(crate) fn start(&self, program: &Path, folder: &Path) -> Server {
        let mut server = Server::start(serve(program, folder));
        server.sessions.clone_from(&self.sessions);
        server
    }

    /// Puts the database in which there are only they into a folder.
    pub(crate) fn reset(&self, folder: &Path) {
        let into = folder.join(".appos");
        fs::remove_dir_all(&into).ok();
        fs::create_dir_all(&into).expect("a folder");
        for entry in fs::read_dir(&self.folder).expect("a folder").flatten() {
            if entry.path().is_file() {
                fs::copy(entry.path(), into.join(entry.file_name())).expect("a copy");
            }
        }
    }
}

fn serve(program: &Path, folder: &Path) -> Command {
    let mut command = crate::project::command(program, folder);
    command.env("APPOS__LOGGING__LEVEL", "warn");
    command
}

//! The programs: one that answers requests, and several that work.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::database::Database;
use super::http::Door;

pub const WORKERS: usize = 3;
/// How long a worker may say nothing.
pub const LEASE: Duration = Duration::from_millis(1500);
const PATIENCE: Duration = Duration::from_mins(1);

/// A program, or what is left of it.
pub struct Node {
    role: &'static str,
    number: usize,
    child: Child,
}

/// A folder that stays when a test fails: it has what the programs have said.
struct Folder(tempfile::TempDir);

impl Drop for Folder {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.disable_cleanup(true);
            eprintln!("what the programs have said is in {}", self.0.path().display());
        }
    }
}

/// Where the programs meet.
struct Shared {
    database: String,
    redis: Option<String>,
}

pub struct Nodes {
    folder: Folder,
    address: String,
    /// What all programs have in common.
    shared: Shared,
    web: Node,
    pub workers: Vec<Node>,
    door: Door,
}

impl Nodes {
    pub fn start(database: &Database) -> Self {
        let folder = Folder(tempfile::tempdir().expect("a folder"));
        // A port that stays the same when the program is started again.
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
        let address = format!("127.0.0.1:{port}");
        let redis = database.redis().map(throwaway_redis::Server::url);
        let shared = Shared { database: database.url().to_owned(), redis };
        let place = (&folder, address.as_str(), &shared);
        let (web, lines) = Node::spawn("web", 0, place, &[]);
        let token = await_line(&lines, |line| line.split_once("/setup?token=").map(|(_, token)| token.to_owned()));
        let door = Door::open(address.clone(), &token);
        Self { folder, address, shared, web, workers: Vec::new(), door }
    }

    /// With all its workers.
    pub fn with_workers(database: &Database) -> Self {
        let mut nodes = Self::start(database);
        (0..WORKERS).for_each(|_| drop(nodes.add_worker(&[])));
        nodes
    }

    /// Starts one more worker, with environment variables, and answers what it has said.
    pub fn add_worker(&mut self, variables: &[(&str, &str)]) -> Vec<String> {
        let place = (&self.folder, self.address.as_str(), &self.shared);
        let (node, said) = Node::start("worker", self.workers.len() + 1, place, variables);
        self.workers.push(node);
        said
    }

    /// The number of the web server's process.
    pub fn web_pid(&self) -> u32 {
        self.web.child.id()
    }

    pub fn door(&self) -> Door {
        self.door.clone()
    }

    pub fn effects(&self) -> PathBuf {
        self.folder.0.path().join("effects")
    }

    /// Kills the web server, and starts it again.
    pub fn kill_web(&mut self) {
        self.web.kill();
        (self.web, _) = Node::start("web", 0, (&self.folder, &self.address, &self.shared), &[]);
    }

    /// Kills a worker.
    pub fn kill_worker(&mut self, which: usize) {
        self.workers[which].kill();
    }

    /// Starts a worker in the place of one that was killed.
    pub fn replace_worker(&mut self, which: usize) {
        let number = self.workers[which].number;
        let place = (&self.folder, self.address.as_str(), &self.shared);
        (self.workers[which], _) = Node::start("worker", number, place, &[]);
    }

    /// Tells all to end: a worker's steps come to their end first.
    pub fn end(mut self) {
        self.workers.drain(..).chain([self.web]).for_each(Node::end);
    }
}

impl Node {
    /// Starts a program, and answers what it has said until it was ready.
    fn start(
        role: &'static str,
        number: usize,
        place: (&Folder, &str, &Shared),
        variables: &[(&str, &str)],
    ) -> (Self, Vec<String>) {
        let (node, lines) = Self::spawn(role, number, place, variables);
        let said = std::cell::RefCell::new(Vec::new());
        await_line(&lines, |line| {
            said.borrow_mut().push(line.to_owned());
            (line.starts_with("Working: ") || line.starts_with("Sign in: ")).then_some(())
        });
        (node, said.into_inner())
    }

    /// Tells it to end, and waits until it has.
    pub fn end(mut self) {
        self.signal("TERM");
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("its state") {
                break status;
            }
            assert!(begun.elapsed() < PATIENCE, "the {} does not end", self.role);
            std::thread::sleep(Duration::from_millis(20));
        };
        assert!(status.success(), "the {}: {status}", self.role);
    }

    fn spawn(
        role: &'static str,
        number: usize,
        (folder, address, shared): (&Folder, &str, &Shared),
        variables: &[(&str, &str)],
    ) -> (Self, mpsc::Receiver<String>) {
        let own = folder.0.path().join(format!("{role}{number}"));
        std::fs::create_dir_all(&own).expect("a folder");
        let errors = std::fs::File::options().create(true).append(true).open(own.join("stderr")).expect("a file");
        let mut command = Command::new(env!("CARGO_BIN_EXE_killing-platform"));
        command.args(["serve", "--role", role]).current_dir(&own).stdin(Stdio::null());
        command.env("APPOS_PROJECT", &own).env_remove("CARGO_MANIFEST_DIR").env_remove("PORT");
        command.env("APPOS__SERVER__PORT", address.rsplit(':').next().expect("a port"));
        command.env("APPOS__DATABASE__URL", &shared.database).env("APPOS__DATABASE__MIGRATE", "auto");
        command.envs(shared.redis.iter().map(|url| ("REDIS_URL", url)));
        command.env("APPOS_SECRET_KEY", "dGhlIHNlY3JldCBrZXkgb2YgdGhlIHRlc3RzIG9ubHk=");
        command.env("APPOS__SERVER__RATE_LIMIT__PER_USER", "0").env("APPOS__SERVER__RATE_LIMIT__PER_ADDRESS", "0");
        command.env("APPOS__PROCESS__LEASE", format!("{}ms", LEASE.as_millis())).env("APPOS__PROCESS__POLL", "200ms");
        command.env("KILLING_EFFECTS", folder.0.path().join("effects")).envs(variables.iter().copied());
        let mut child = command.stdout(Stdio::piped()).stderr(errors).spawn().expect("the program starts");
        let (send, lines) = mpsc::channel();
        let output = BufReader::new(child.stdout.take().expect("its output"));
        // Read to the end: a full pipe would stop the program.
        std::thread::spawn(move || output.lines().map_while(Result::ok).for_each(|line| drop(send.send(line))));
        (Self { role, number, child }, lines)
    }

    pub fn signal(&self, name: &str) {
        let told = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status();
        assert!(told.expect("kill").success(), "{name} reaches the {}", self.role);
    }

    fn kill(&mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("its end");
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.kill();
        }
    }
}

fn await_line<T>(lines: &mpsc::Receiver<String>, wanted: impl Fn(&str) -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        match lines.recv_timeout(PATIENCE.saturating_sub(begun.elapsed())) {
            Ok(line) => {
                if let Some(found) = wanted(&line) {
                    return found;
                }
            }
            Err(error) => panic!("the program did not start: {error}"),
        }
    }
}

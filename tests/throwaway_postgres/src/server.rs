//! The server: its folder, its process, its databases.

use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::programs::{as_its_user, done, folder, is_root, user};

/// Whether a commit has to survive the end of the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// As a server of the real world: a commit waits for the disk.
    Full,
    /// Fast: what a test of anything else needs.
    None,
}

/// A server of its own, without databases yet. When the program that started it has ended,
/// however it ended, the server ends and its folder is removed.
#[derive(Debug)]
pub struct Server {
    programs: PathBuf,
    folder: PathBuf,
    durability: Durability,
    /// What it has in its environment besides.
    variables: Vec<(&'static str, String)>,
    names: AtomicU32,
    /// Its closed input tells it that this program has ended.
    guard: Child,
}

/// Longest wait for the server to start.
const PATIENCE: Duration = Duration::from_mins(1);

/// Waits until its input ends, then ends the server of the folder and removes it.
const GUARD: &str = r#"cat >/dev/null
pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null) && kill -QUIT "$pid"
while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
rm -rf "$1""#;

impl Server {
    /// Makes and starts a server.
    ///
    /// # Panics
    /// PostgreSQL is not installed and cannot be, or does not start.
    pub fn start(durability: Durability) -> Self {
        Self::start_with(durability, Vec::new())
    }

    /// Makes and starts a server that has variables in its environment: a clock of its own, for one.
    ///
    /// # Panics
    /// PostgreSQL is not installed and cannot be, or does not start.
    pub fn start_with(durability: Durability, variables: Vec<(&'static str, String)>) -> Self {
        let programs = folder();
        let parent = tempfile::Builder::new().prefix("appos-pg-").tempdir().expect("a temporary folder").keep();
        if is_root() {
            done(Command::new("chown").arg(user()).arg(&parent));
        }
        // Others may reach the socket; the data is closed to them by `initdb`.
        done(Command::new("chmod").arg("755").arg(&parent));
        let guard = Command::new("sh")
            .args(["-c", GUARD, "guard"])
            .arg(&parent)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Ctrl+C is not for it: it has to stay until the others are gone.
            .process_group(0)
            .spawn()
            .expect("a shell");
        let server = Self { programs, folder: parent, durability, variables, names: AtomicU32::new(0), guard };
        done(
            as_its_user(&server.programs.join("initdb"))
                .args(["--username=appos", "--auth=trust", "--encoding=UTF8", "--no-sync", "--locale=C.UTF-8"])
                // A collation unlike that of bytes: what depends on the database's own shows.
                .args(["--locale-provider=icu", "--icu-locale=en"])
                .arg("--pgdata")
                .arg(server.data())
                .current_dir("/"),
        );
        server.resume();
        server
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// The folder with its socket.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Starts the server again after [`stop`](Self::stop).
    ///
    /// # Panics
    /// It does not start.
    pub fn resume(&self) {
        let log = std::fs::File::options().create(true).append(true).open(self.folder.join("log")).expect("a log");
        // Set by a program that runs as its user already: what is loaded into a program by a variable comes too early
        // for the one that changes the user.
        let mut server = as_its_user(Path::new("env"));
        server.args(self.variables.iter().map(|(name, value)| format!("{name}={value}")));
        server
            .arg(self.programs.join("postgres"))
            .arg("-D")
            .arg(self.data())
            .arg("-k")
            .arg(&self.folder)
            .args(["-c", "listen_addresses="]);
        server.args(["-c", "max_connections=200", "-c", "unix_socket_permissions=0777"]);
        if self.durability == Durability::None {
            server.args(["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]);
        }
        let errors = log.try_clone().expect("a second handle");
        server.current_dir("/").stdin(Stdio::null()).stdout(log).stderr(errors).process_group(0);
        let mut child = server.spawn().expect("the server starts");
        let begun = Instant::now();
        while self.try_psql("postgres", "SELECT 1").is_err() {
            let ended = child.try_wait().expect("its state");
            assert!(
                ended.is_none() && begun.elapsed() < PATIENCE,
                "PostgreSQL did not start: {}",
                std::fs::read_to_string(self.folder.join("log")).unwrap_or_default()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
        // Waited for by a thread, so that an ended one is no zombie that looks alive.
        std::thread::spawn(move || child.wait());
    }

    /// Ends the server at once, as a crash does; connections are cut.
    ///
    /// # Panics
    /// It does not end.
    pub fn stop(&self) {
        let pid = self.pid();
        done(Command::new("kill").args(["-QUIT", &pid]));
        let begun = Instant::now();
        while Path::new(&format!("/proc/{pid}")).exists() {
            assert!(begun.elapsed() < PATIENCE, "PostgreSQL did not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Kills the server (SIGKILL), which ends nothing in order: not even the processes of its connections, which find
    /// out by themselves.
    ///
    /// # Panics
    /// It does not end.
    pub fn kill(&self) {
        let pid = self.pid();
        let all: Vec<_> = Self::connections(&pid).into_iter().chain([pid.clone()]).collect();
        done(Command::new("kill").args(["-KILL", &pid]));
        let begun = Instant::now();
        // A new one refuses to start as long as one of them is there.
        while all.iter().any(|pid| is_alive(pid)) {
            assert!(begun.elapsed() < PATIENCE, "PostgreSQL did not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn pid(&self) -> String {
        let pid = std::fs::read_to_string(self.data().join("postmaster.pid")).expect("its process");
        pid.lines().next().expect("a number").to_owned()
    }

    /// The processes of its connections, and its helpers.
    fn connections(pid: &str) -> Vec<String> {
        let processes = std::fs::read_dir("/proc").expect("processes").flatten();
        let is_ours = |process: &std::fs::DirEntry| {
            let status = std::fs::read_to_string(process.path().join("status")).unwrap_or_default();
            status.lines().any(|line| line.strip_prefix("PPid:").is_some_and(|parent| parent.trim() == pid))
        };
        processes.filter(is_ours).filter_map(|process| process.file_name().into_string().ok()).collect()
    }

    /// Makes the server hang: it and its connections are there, and answer nothing.
    ///
    /// # Panics
    /// It does not run.
    pub fn hang(&self) {
        self.signal("STOP");
    }

    /// Lets it go on after [`hang`](Self::hang).
    ///
    /// # Panics
    /// It does not run.
    pub fn go_on(&self) {
        self.signal("CONT");
    }

    /// Sends a signal to the server and to the process of each of its connections.
    fn signal(&self, name: &str) {
        let pid = self.pid();
        done(Command::new("kill").args([&format!("-{name}"), &pid]));
        for process in Self::connections(&pid) {
            // One that has ended meanwhile needs no signal.
            let _ = Command::new("kill").arg(format!("-{name}")).arg(process).status();
        }
    }

    /// Makes an empty database and gives its address.
    ///
    /// # Panics
    /// The server refuses.
    pub fn database(&self) -> String {
        let name = self.new_name();
        self.psql("postgres", &format!("CREATE DATABASE {name}"));
        self.url(&name)
    }

    /// Makes a copy of a database, which nobody may use meanwhile, and gives its address.
    ///
    /// # Panics
    /// The server refuses.
    pub fn copy_of(&self, url: &str) -> String {
        let name = self.new_name();
        self.psql("postgres", &format!("CREATE DATABASE {name} TEMPLATE {}", Self::name_in(url)));
        self.url(&name)
    }

    /// Runs a statement on a database of this server and gives its rows as lines.
    ///
    /// # Errors
    /// The server's, in its words.
    pub fn query(&self, url: &str, sql: &str) -> Result<String, String> {
        self.try_psql(Self::name_in(url), sql)
    }

    /// A database as the statements that would make it again.
    ///
    /// # Panics
    /// The server refuses.
    pub fn dump(&self, url: &str) -> String {
        let mut dump = Command::new(self.programs.join("pg_dump"));
        dump.args(["--username=appos", "--host"]).arg(&self.folder).arg(Self::name_in(url));
        for _ in 0..20 {
            let output = dump.output().expect("pg_dump runs");
            if output.status.success() {
                return String::from_utf8_lossy(&output.stdout).into_owned();
            }
            // It lists the tables, and then locks each: a migration beside it may have renamed one.
            let error = String::from_utf8_lossy(&output.stderr);
            assert!(error.contains("does not exist"), "{error}");
        }
        panic!("tables are renamed all the time");
    }

    fn new_name(&self) -> String {
        format!("test_{}", self.names.fetch_add(1, Ordering::Relaxed))
    }

    fn url(&self, name: &str) -> String {
        format!("postgres://appos@localhost/{name}?host={}", self.folder.display())
    }

    fn name_in(url: &str) -> &str {
        url.rsplit('/').find_map(|part| part.split_once("?host=")).map_or(url, |(name, _)| name)
    }

    fn psql(&self, database: &str, sql: &str) -> String {
        self.try_psql(database, sql).unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    fn try_psql(&self, database: &str, sql: &str) -> Result<String, String> {
        let mut psql = Command::new(self.programs.join("psql"));
        psql.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--username=appos", "--host"]);
        psql.arg(&self.folder).args(["--dbname", database, "--command", sql]);
        let output = psql.output().map_err(|error| error.to_string())?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned())
        }
    }
}

/// False also of one that has ended and of which nobody takes note.
fn is_alive(pid: &str) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    status.lines().any(|line| line.starts_with("State:") && !line.contains('Z'))
}

impl Drop for Server {
    fn drop(&mut self) {
        // A server in a `static` is not dropped: then the system closes the input.
        if let Some(mut input) = self.guard.stdin.take() {
            input.flush().ok();
        }
        self.guard.wait().ok();
    }
}

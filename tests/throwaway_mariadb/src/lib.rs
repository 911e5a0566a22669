//! A MariaDB server for a test: made from the installed programs (installed first, if they are missing and the test
//! runs as root), reached by a socket, gone with the test's program.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use std::os::unix::process::CommandExt;

/// A server of its own, without databases yet. When the program that started it has ended, however it ended, the
/// server ends and its folder is removed.
#[derive(Debug)]
pub struct Server {
    folder: PathBuf,
    names: AtomicU32,
    /// Its closed input tells it that this program has ended.
    _guard: Child,
}

/// A database, and the user to whom it belongs.
#[derive(Clone, Debug)]
pub struct Database {
    /// Its name; that of its user is the same.
    pub name: String,
    /// Its address, with the password.
    pub url: String,
}

/// Longest wait for the server to start or end.
const PATIENCE: Duration = Duration::from_mins(1);

/// Waits until its input ends, then ends the server of the folder and removes it.
const GUARD: &str = r#"cat >/dev/null
pid=$(cat "$1/data/pid" 2>/dev/null) && kill -KILL "$pid"
while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
rm -rf "$1""#;

impl Server {
    /// Makes and starts a server.
    ///
    /// # Panics
    /// MariaDB is not installed and cannot be, or does not start.
    #[must_use]
    pub fn start() -> Self {
        let install = program("mariadb-install-db");
        let folder = tempfile::Builder::new().prefix("appos-my-").tempdir().expect("a temporary folder").keep();
        done(Command::new("chmod").arg("755").arg(&folder));
        let guard = Command::new("sh")
            .args(["-c", GUARD, "guard"])
            .arg(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Ctrl+C is not for it: it has to stay until the others are gone.
            .process_group(0)
            .spawn()
            .expect("a shell");
        if is_root() {
            done(Command::new("chown").arg("mysql").arg(&folder));
        }
        let server = Self { folder, names: AtomicU32::new(0), _guard: guard };
        let mut install = Command::new(install);
        install.args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"]);
        install.args(["--skip-name-resolve", "--innodb-log-file-size=8M"]);
        // Its script knows no other form.
        install.arg(format!("--datadir={}", server.data().display()));
        // Two of them at the same time would take each other's tables there.
        install.arg(format!("--tmpdir={}", server.folder.display()));
        done(install.args(as_its_user()).current_dir("/"));
        server.resume();
        server
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn socket(&self) -> PathBuf {
        self.folder.join("socket")
    }

    /// Starts the server again after [`stop`](Self::stop).
    ///
    /// # Panics
    /// It does not start.
    pub fn resume(&self) {
        let log = std::fs::File::options().create(true).append(true).open(self.folder.join("log")).expect("a log");
        let errors = log.try_clone().expect("a second handle");
        let mut server = Command::new(program("mariadbd"));
        server.arg("--no-defaults").arg(format!("--datadir={}", self.data().display()));
        server.arg(format!("--socket={}", self.socket().display()));
        server.args(["--pid-file=pid", "--skip-networking", "--skip-log-bin", "--skip-name-resolve"]);
        // Fast, and small: what a test needs.
        server.args([
            // What was committed outlives the program, if not the machine.
            "--innodb-flush-log-at-trx-commit=2",
            "--innodb-buffer-pool-size=16M",
            "--innodb-log-file-size=8M",
        ]);
        server.args(["--innodb-doublewrite=0", "--performance-schema=0", "--max-connections=100"]).args(as_its_user());
        let mut child = server
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(errors)
            .process_group(0)
            .spawn()
            .expect("it starts");
        let begun = Instant::now();
        while self.query("SELECT 1").is_err() {
            let ended = child.try_wait().expect("its state");
            assert!(
                ended.is_none() && begun.elapsed() < PATIENCE,
                "MariaDB did not start: {}",
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
        let pid = std::fs::read_to_string(self.data().join("pid")).expect("its process");
        let pid = pid.trim();
        done(Command::new("kill").args(["-KILL", pid]));
        let begun = Instant::now();
        while Path::new(&format!("/proc/{pid}")).exists() {
            assert!(begun.elapsed() < PATIENCE, "MariaDB did not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Makes an empty database, which belongs to a user of its own with the password `first`.
    ///
    /// # Panics
    /// The server refuses.
    pub fn database(&self) -> Database {
        let name = format!("test_{}", self.names.fetch_add(1, Ordering::Relaxed));
        let made = self.query(&format!(
            "CREATE DATABASE {name}; CREATE USER {name}@localhost IDENTIFIED BY 'first'; GRANT ALL ON {name}.* TO {name}@localhost"
        ));
        made.unwrap_or_else(|error| panic!("{error}"));
        let url = self.url(&name, "first");
        Database { name, url }
    }

    /// The address of a database, for its user with this password.
    #[must_use]
    pub fn url(&self, database: &str, password: &str) -> String {
        format!("mysql://{database}:{password}@localhost/{database}?socket={}", self.socket().display())
    }

    /// Runs statements as the one who may do everything, and gives their rows as lines.
    ///
    /// # Errors
    /// The server's, in its words.
    pub fn query(&self, sql: &str) -> Result<String, String> {
        let mut client = Command::new(program("mariadb"));
        client
            .args(["--no-defaults", "--user=root", "--batch", "--skip-column-names"])
            .arg("--socket")
            .arg(self.socket());
        let output = client.arg("--execute").arg(sql).output().map_err(|error| error.to_string())?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
    }
}

/// Where a program is.
fn program(name: &str) -> PathBuf {
    let find = || {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::env::split_paths(&path).chain(["/usr/sbin".into(), "/usr/bin".into()]);
        folders.map(|folder| folder.join(name)).find(|program| program.is_file())
    };
    debian::install(&["mariadb-server"], find).unwrap_or_else(|why| panic!("MariaDB: {why}"))
}

fn is_root() -> bool {
    String::from_utf8_lossy(&done(Command::new("id").arg("-u")).stdout).trim() == "0"
}

/// It refuses to run as root; the package makes a user for it.
fn as_its_user() -> Option<&'static str> {
    is_root().then_some("--user=mysql")
}

/// Runs a program to its end.
fn done(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

//! A program in Python that serves until the test's program has ended.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A port that was free a moment ago.
///
/// # Panics
/// There is none.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port()
}

/// The program. Its input is closed when it is to end; it ends then and removes its folder.
#[derive(Debug)]
pub struct Program {
    folder: PathBuf,
    child: Child,
}

impl Program {
    /// Starts a program of Debian's Python in a folder with these files, and waits until it says `ready`.
    ///
    /// # Panics
    /// It does not start.
    pub fn start(code: &str, files: &[(&str, &str)], arguments: &[String]) -> Self {
        let folder = tempfile::Builder::new().prefix("appos-server-").tempdir().expect("a folder").keep();
        for (name, text) in files.iter().copied().chain([("program.py", code)]) {
            fs::write(folder.join(name), text).expect("a file");
        }
        let mut command = as_somebody(&folder);
        command.arg("program.py").args(arguments).current_dir(&folder);
        let log = fs::File::create(folder.join("log")).expect("a file");
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(log).spawn().expect("the program starts");
        let mut said = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut said).expect("a line");
        let log = || fs::read_to_string(folder.join("log")).unwrap_or_default();
        assert_eq!(said.trim(), "ready", "{}", log());
        Self { folder, child }
    }

    /// Where its files are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// Python as somebody who is not root: mail servers refuse to serve root's mail.
fn as_somebody(folder: &Path) -> Command {
    let Some(somebody) = is_root().then_some(NOBODY) else { return Command::new(PYTHON) };
    let files = fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path());
    for path in files.chain([folder.to_owned()]) {
        chown(path, Some(somebody.0), Some(somebody.1)).expect("root may");
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid", &somebody.0.to_string(), "--regid", &somebody.1.to_string(), "--clear-groups", "--"]);
    command.arg(PYTHON);
    command
}

/// Debian's own, which has Debian's packages.
const PYTHON: &str = "/usr/bin/python3";

/// `nobody` and `nogroup` of Debian.
const NOBODY: (u32, u32) = (65534, 65534);

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|said| said.stdout.trim_ascii() == b"0")
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        self.child.wait().ok();
        fs::remove_dir_all(&self.folder).ok();
    }
}

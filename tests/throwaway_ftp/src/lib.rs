//! A file server for a test: FTP, plain and encrypted, started from the installed program (installed first, if it is
//! missing and the test runs as root), on ports of its own, gone with the test's program.

use std::path::PathBuf;
use std::process::Command;

use throwaway_mail::{Authority, Program, free_port};

/// Its certificate names this host, and not its address.
const HOST: &str = "localhost";

const USER: &str = "ann";
const PASSWORD: &str = "correct-horse-battery";

/// A server for FTP and FTPS with one folder.
///
/// ```no_run
/// let ftp = throwaway_ftp::ThrowawayFtp::start();
/// std::fs::write(ftp.folder().join("report.csv"), "a;b").unwrap();
/// ```
#[derive(Debug)]
pub struct ThrowawayFtp {
    ports: [u16; 3],
    ca: String,
    program: Program,
}

impl ThrowawayFtp {
    /// Starts a server.
    ///
    /// # Panics
    /// The program is not installed and cannot be, or does not start.
    pub fn start() -> Self {
        install();
        let authority = Authority::new();
        let (certificate, key) = authority.certify(HOST);
        let ports: [u16; 3] = std::array::from_fn(|_| free_port());
        let files = [("cert.pem", format!("{certificate}{key}"))];
        let files = files.each_ref().map(|(name, text)| (*name, text.as_str()));
        let mut arguments: Vec<String> = ports.iter().map(ToString::to_string).collect();
        arguments.extend([USER.to_owned(), PASSWORD.to_owned()]);
        let program = Program::start(include_str!("server.py"), &files, &arguments);
        Self { ports, ca: authority.pem().to_owned(), program }
    }

    /// The name that its certificate has. Its address is `127.0.0.1`.
    pub fn host(&self) -> &'static str {
        HOST
    }

    /// Where nothing is encrypted.
    pub fn plain_port(&self) -> u16 {
        self.ports[0]
    }

    /// Where connections are encrypted by `AUTH TLS`, and nobody signs in without.
    pub fn explicit_port(&self) -> u16 {
        self.ports[1]
    }

    /// Where connections are encrypted from the beginning.
    pub fn implicit_port(&self) -> u16 {
        self.ports[2]
    }

    /// Who may sign in.
    pub fn user(&self) -> &'static str {
        USER
    }

    /// With which password.
    pub fn password(&self) -> &'static str {
        PASSWORD
    }

    /// The certificate of the authority that vouches for the server.
    pub fn ca_pem(&self) -> &str {
        &self.ca
    }

    /// The folder that it serves.
    pub fn folder(&self) -> PathBuf {
        self.program.folder().join("files")
    }

    /// How many connections for commands are open.
    pub fn connections(&self) -> usize {
        let text = std::fs::read_to_string(self.program.folder().join("connections")).unwrap_or_default();
        text.trim().parse().unwrap_or(0)
    }
}

fn install() {
    let is_there = || {
        let import = "import pyftpdlib.servers, OpenSSL";
        let python = Command::new("/usr/bin/python3").args(["-c", import]).output().ok()?;
        python.status.success().then_some(())
    };
    debian::install(&["python3", "python3-pyftpdlib", "python3-openssl"], is_there).expect("a file server");
}

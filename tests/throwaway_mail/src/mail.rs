//! The mail server.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::Command;

use crate::authority::Authority;
use crate::program::{Program, free_port};

/// Its certificate names this host, and not its address.
const HOST: &str = "localhost";

const USER: &str = "ann@example.com";
const PASSWORD: &str = "correct-horse-battery";

/// A server for SMTP and IMAP. Each address has a mailbox of its own, which its first mail or reader makes; whoever
/// knows the password can sign in with any address. Mail for `refused@..` is refused for good, mail for `busy@..` is
/// put off twice before it is taken.
///
/// ```no_run
/// let mail = throwaway_mail::ThrowawayMail::start();
/// let (host, port) = (mail.host(), mail.smtp_port());
/// ```
#[derive(Debug)]
pub struct ThrowawayMail {
    ports: [u16; 5],
    ca: String,
    program: Program,
}

impl ThrowawayMail {
    /// Starts a server.
    ///
    /// # Panics
    /// The programs are not installed and cannot be, or do not start.
    pub fn start() -> Self {
        install();
        let authority = Authority::new();
        let (certificate, key) = authority.certify(HOST);
        let ports: [u16; 5] = std::array::from_fn(|_| free_port());
        let files = [("cert.pem", certificate.as_str()), ("key.pem", &key), ("dovecot.conf", DOVECOT)];
        let arguments: Vec<String> = ports.iter().map(ToString::to_string).chain([PASSWORD.to_owned()]).collect();
        let program = Program::start(include_str!("server.py"), &files, &arguments);
        Self { ports, ca: authority.pem().to_owned(), program }
    }

    /// The name that its certificate has. Its address is `127.0.0.1`.
    pub fn host(&self) -> &'static str {
        HOST
    }

    /// Where SMTP is encrypted from the beginning.
    pub fn smtp_port(&self) -> u16 {
        self.ports[0]
    }

    /// Where SMTP is encrypted by STARTTLS, and takes nothing without.
    pub fn smtp_starttls_port(&self) -> u16 {
        self.ports[1]
    }

    /// Where SMTP is not encrypted, and does not ask who sends.
    pub fn smtp_plain_port(&self) -> u16 {
        self.ports[2]
    }

    /// Where IMAP is encrypted from the beginning.
    pub fn imap_port(&self) -> u16 {
        self.ports[3]
    }

    /// Where IMAP is encrypted by STARTTLS, or not at all.
    pub fn imap_plain_port(&self) -> u16 {
        self.ports[4]
    }

    /// An address with a mailbox.
    pub fn user(&self) -> &'static str {
        USER
    }

    /// The password of every address; as a token for `XOAUTH2` it works as well.
    pub fn password(&self) -> &'static str {
        PASSWORD
    }

    /// The certificate of the authority that vouches for the server.
    pub fn ca_pem(&self) -> &str {
        &self.ca
    }

    /// Brings a mail to an address, as another server would: by SMTP.
    ///
    /// # Panics
    /// The server does not take it.
    pub fn deliver(&self, from: &str, to: &str, message: &str) {
        let connection = TcpStream::connect(("127.0.0.1", self.smtp_plain_port())).expect("a server");
        let mut lines = BufReader::new(connection.try_clone().expect("a connection")).lines();
        let mut said = |command: Option<String>, wanted: &str| {
            if let Some(command) = command {
                (&connection).write_all(format!("{command}\r\n").as_bytes()).expect("it is sent");
            }
            // All but the last line of an answer have a stroke after the number.
            let answer = lines.by_ref().map_while(Result::ok).find(|line| line.as_bytes().get(3) != Some(&b'-'));
            assert!(answer.as_ref().is_some_and(|line| line.starts_with(wanted)), "{answer:?}");
        };
        said(None, "220");
        said(Some("EHLO localhost".into()), "250");
        said(Some(format!("MAIL FROM:<{from}>")), "250");
        said(Some(format!("RCPT TO:<{to}>")), "250");
        said(Some("DATA".into()), "354");
        said(Some(format!("{}\r\n.", message.replace('\n', "\r\n"))), "250");
        said(Some("QUIT".into()), "221");
    }

    /// The mails that have come to an address, as they arrived, in no order.
    pub fn mails_to(&self, address: &str) -> Vec<String> {
        let folder = self.program.folder().join("mail").join(address);
        let files = ["new", "cur"].into_iter().filter_map(|state| std::fs::read_dir(folder.join(state)).ok()).flatten();
        files.filter_map(|file| std::fs::read_to_string(file.ok()?.path()).ok()).collect()
    }

    /// How many connections to SMTP are open.
    ///
    /// # Panics
    /// The server does not answer.
    pub fn smtp_connections(&self) -> usize {
        let text = std::fs::read_to_string(self.program.folder().join("connections")).unwrap_or_default();
        text.trim().parse().unwrap_or(0)
    }
}

/// `@folder@`, `@user@`, `@group@`, `@imap@`, `@imaps@`, `@password@` are filled in by the program.
const DOVECOT: &str = include_str!("dovecot.conf");

fn install() {
    let packages = ["python3", "python3-aiosmtpd", "dovecot-imapd"];
    let is_there = || {
        let python = Command::new("/usr/bin/python3").args(["-c", "import aiosmtpd"]).output().ok()?;
        let there = python.status.success() && std::fs::exists("/usr/sbin/dovecot").unwrap_or_default();
        there.then_some(())
    };
    debian::install(&packages, is_there).expect("a mail server");
}

//! What a program prints: shown as it comes, and read where it says what is needed.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::sync::oneshot;

use crate::dev::report::Reporter;

/// Lines that are kept for the page that says why a program has ended.
const KEPT: usize = 100;

/// Where a line came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::dev) enum Stream {
    Out,
    Err,
}

/// What is said about a start, when the program listens.
pub(in crate::dev) struct Start {
    /// Name of the platform.
    pub(in crate::dev) package: String,
    /// The proxy's address, which stands in for the program's own.
    pub(in crate::dev) url: String,
    pub(in crate::dev) is_first: bool,
    /// When the change was seen that led to it.
    pub(in crate::dev) begun: Instant,
}

/// A program that listens.
pub(in crate::dev) struct Listens {
    pub(in crate::dev) address: SocketAddr,
    /// Answers once it has said how somebody gets in, or never will.
    pub(in crate::dev) way_in: oneshot::Receiver<()>,
}

/// The lines of a program.
#[derive(Clone)]
pub(super) struct Speech(Arc<Mutex<Heard>>);

struct Heard {
    report: Reporter,
    start: Start,
    address: Option<SocketAddr>,
    tell: Option<oneshot::Sender<Listens>>,
    tell_way_in: Option<oneshot::Sender<()>>,
    last: VecDeque<String>,
}

impl Speech {
    /// What will be heard, and where the program will say that it listens.
    pub(super) fn new(report: Reporter, start: Start) -> (Self, oneshot::Receiver<Listens>) {
        let (tell, told) = oneshot::channel();
        let heard = Heard { report, start, address: None, tell: Some(tell), tell_way_in: None, last: VecDeque::new() };
        (Self(Arc::new(Mutex::new(heard))), told)
    }

    /// Hears a stream to its end.
    pub(super) async fn hear(self, output: impl AsyncRead + Unpin, stream: Stream) {
        let mut lines = BufReader::new(output).split(b'\n');
        while let Ok(Some(line)) = lines.next_segment().await {
            let line = String::from_utf8_lossy(&line);
            let mut heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            // A terminal that is gone is noticed by whoever tells it the rest.
            let _ = heard.line(line.trim_end_matches('\r'), stream);
        }
    }

    /// The last lines.
    pub(super) fn last(&self) -> String {
        let heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        heard.last.iter().cloned().collect::<Vec<_>>().join("\n")
    }
}

impl Heard {
    fn line(&mut self, line: &str, stream: Stream) -> Result<(), crate::terminal::Failure> {
        self.last.push_back(line.to_owned());
        if self.last.len() > KEPT {
            self.last.pop_front();
        }
        if stream == Stream::Err {
            return self.report.line(line, stream);
        }
        let Start { package, url, is_first, begun } = &self.start;
        let Some(address) = self.address else {
            let address = line.strip_prefix("Listening on http://").and_then(|address| address.trim().parse().ok());
            if let Some(address) = address {
                self.address = Some(address);
                self.report.runs(url, *is_first, begun.elapsed())?;
                if let Some(tell) = self.tell.take() {
                    let (tell_way_in, way_in) = oneshot::channel();
                    self.tell_way_in = Some(tell_way_in);
                    // Whoever started it may have ended it meanwhile.
                    let _ = tell.send(Listens { address, way_in });
                }
                return Ok(());
            }
            // Its name, version and environment, which are no news.
            let is_name = line.strip_prefix(package.as_str()).is_some_and(|rest| rest.starts_with(' '));
            return if is_name && line.ends_with(')') { Ok(()) } else { self.report.line(line, stream) };
        };
        let ours = line.replace(&format!("http://{address}"), url);
        if let Some(link) = ours.strip_prefix("Set up the first administrator: ") {
            // Another one after each start.
            let told = self.report.link(true, link);
            self.tell_way_in = None;
            told
        } else if let Some(link) = ours.strip_prefix("Sign in: ") {
            let told = if *is_first { self.report.link(false, link) } else { Ok(()) };
            self.tell_way_in = None;
            told
        } else if ours.starts_with("API documentation: ") && !is_first {
            Ok(())
        } else {
            self.report.line(&ours, stream)
        }
    }
}

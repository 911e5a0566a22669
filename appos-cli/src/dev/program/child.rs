//! The platform's program while it runs: where it listens, and how it ends.

use std::ffi::OsString;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::process::Command;
use tokio::sync::oneshot;

use super::SHIM;
use super::speech::{Listens, Speech, Start, Stream};
use crate::dev::report::Reporter;
use crate::project::locate::Platform;
use crate::terminal::Failure;

/// How long a program may take to finish what it is doing.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long its last words may take after its end.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// A program that runs, or ran. Dropped, it ends at once.
pub(in crate::dev) struct Child {
    process: tokio::process::Child,
    speech: Speech,
    hearing: Vec<tokio::task::JoinHandle<()>>,
}

impl Child {
    /// Starts the program on a port of its own, and answers with it where it will say which. From the thread of the runtime: the program is told
    /// when the *thread* that started it ends.
    ///
    /// # Errors
    /// It cannot be started.
    pub(in crate::dev) fn start(
        platform: &Platform,
        program: &Path,
        (arguments, migrates): (&[OsString], bool),
        (report, start): (Reporter, Start),
    ) -> Result<(Self, oneshot::Receiver<Listens>), Failure> {
        let failed =
            |error: std::io::Error| Failure::work(format!("{} cannot be started: {error}", program.display()), "");
        let mut command = Command::new(std::env::current_exe().map_err(failed)?);
        command.arg(SHIM).arg(std::process::id().to_string()).arg(program).args(arguments);
        command.env("APPOS__SERVER__HOST", "127.0.0.1").env("APPOS__SERVER__PORT", "0").env_remove("PORT");
        // Only the proxy asks it, and says for whom.
        command.env("APPOS__SERVER__TRUSTED_PROXIES", "127.0.0.1");
        if std::env::var_os("APPOS_PROJECT").is_none() {
            command.env("APPOS_PROJECT", platform.folder());
        }
        if !migrates {
            command.env("APPOS__DATABASE__MIGRATE", "check");
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        // What a terminal tells this program is not for it: this program ends it when it may end.
        #[cfg(unix)]
        command.process_group(0);
        let mut process = command.spawn().map_err(failed)?;
        let (speech, listens) = Speech::new(report, start);
        let mut hearing = Vec::new();
        hearing.extend(process.stdout.take().map(|output| tokio::spawn(speech.clone().hear(output, Stream::Out))));
        hearing.extend(process.stderr.take().map(|output| tokio::spawn(speech.clone().hear(output, Stream::Err))));
        Ok((Self { process, speech, hearing }, listens))
    }

    /// Waits for its end. Given up, it loses nothing.
    pub(in crate::dev) async fn ended(&mut self) -> std::io::Result<ExitStatus> {
        self.process.wait().await
    }

    /// What it printed last; after its end, all of it.
    pub(in crate::dev) async fn last_words(&mut self) -> String {
        for hearing in self.hearing.drain(..) {
            // A program that it has started may hold the streams open.
            let _ = tokio::time::timeout(LAST_WORDS, hearing).await;
        }
        self.speech.last()
    }

    /// Asks it to end, and ends it if it does not.
    pub(in crate::dev) async fn stop(&mut self) {
        if matches!(self.process.try_wait(), Ok(Some(_))) {
            return;
        }
        ask_to_end(&self.process);
        if tokio::time::timeout(PATIENCE, self.process.wait()).await.is_err() {
            self.kill().await;
        }
    }

    /// Ends it at once.
    pub(in crate::dev) async fn kill(&mut self) {
        end_group(&self.process);
        // An error says that there is nothing to end.
        let _ = self.process.kill().await;
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        end_group(&self.process);
    }
}

#[cfg(unix)]
fn ask_to_end(child: &tokio::process::Child) {
    use rustix::process::{Pid, Signal, kill_process};
    if let Some(pid) = child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw) {
        // An error says that it has ended.
        let _ = kill_process(pid, Signal::TERM);
    }
}

#[cfg(not(unix))]
fn ask_to_end(_: &tokio::process::Child) {}

/// Ends a program with all it has started, unless it was waited for already: its number may be
/// another program's by then.
#[cfg(unix)]
pub(super) fn end_group(child: &tokio::process::Child) {
    use rustix::process::{Pid, Signal, kill_process_group};
    if let Some(pid) = child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw) {
        // An error says that nothing is left of it.
        let _ = kill_process_group(pid, Signal::KILL);
    }
}

#[cfg(not(unix))]
pub(super) fn end_group(_: &tokio::process::Child) {}

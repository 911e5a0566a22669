//! Asks this program to end: Ctrl+C, and what a service manager or a closed terminal sends.

use crate::terminal::Failure;

/// The signals that end it.
pub(super) struct Signals {
    #[cfg(unix)]
    all: [tokio::signal::unix::Signal; 3],
    #[cfg(not(unix))]
    interrupt: tokio::signal::windows::CtrlC,
}

impl Signals {
    /// Heeds them from now on.
    ///
    /// # Errors
    /// The system does not let it.
    pub(super) fn listen() -> Result<Self, Failure> {
        let failed = |error: std::io::Error| Failure::work(format!("signals cannot be heeded: {error}"), "");
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            let one = |kind| signal(kind).map_err(failed);
            let all = [one(SignalKind::interrupt())?, one(SignalKind::terminate())?, one(SignalKind::hangup())?];
            Ok(Self { all })
        }
        #[cfg(not(unix))]
        {
            Ok(Self { interrupt: tokio::signal::windows::ctrl_c().map_err(failed)? })
        }
    }

    /// Waits for the next one.
    pub(super) async fn next(&mut self) {
        #[cfg(unix)]
        {
            let [interrupt, terminate, hang_up] = &mut self.all;
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
                _ = hang_up.recv() => {}
            }
        }
        #[cfg(not(unix))]
        {
            self.interrupt.recv().await;
        }
    }
}

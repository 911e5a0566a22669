//! A clock that a test sets for the programs it starts: what they ask the machine for is answered by libfaketime
//! (installed first, if it is missing and the test runs as root). Only the time of day leaps; what measures how long
//! something takes goes on as it is.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// Longest time until a program notices that its clock was set.
pub const NOTICED: Duration = Duration::from_secs(1);

/// The time of day of all programs that were started with its [`variables`](Self::variables).
///
/// ```no_run
/// let clock = throwaway_clock::Clock::start();
/// let mut program = std::process::Command::new("date");
/// program.envs(clock.variables());
/// clock.set_ahead(std::time::Duration::from_secs(7 * 24 * 60 * 60));
/// ```
#[derive(Debug)]
pub struct Clock {
    library: PathBuf,
    folder: tempfile::TempDir,
}

impl Clock {
    /// A clock that is right.
    ///
    /// # Panics
    /// libfaketime is not installed and cannot be.
    pub fn start() -> Self {
        // A server that runs as somebody else reads it, too.
        let folder = tempfile::Builder::new().prefix("appos-clock-").tempdir().expect("a temporary folder");
        let status = Command::new("chmod").arg("755").arg(folder.path()).status().expect("chmod");
        assert!(status.success(), "the folder of the clock can be read");
        let clock = Self { library: library(), folder };
        clock.set_ahead(Duration::ZERO);
        clock
    }

    /// What a program has in its environment to go by this clock.
    pub fn variables(&self) -> Vec<(&'static str, String)> {
        let text = |path: PathBuf| path.display().to_string();
        vec![
            ("LD_PRELOAD", text(self.library.clone())),
            ("FAKETIME_TIMESTAMP_FILE", text(self.file())),
            ("FAKETIME_CACHE_DURATION", NOTICED.as_secs().to_string()),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1".to_owned()),
            ("DONT_FAKE_MONOTONIC", "1".to_owned()),
        ]
    }

    /// Sets how far it is ahead of the machine's; programs notice within [`NOTICED`].
    ///
    /// # Panics
    /// Its file cannot be written.
    pub fn set_ahead(&self, by: Duration) {
        // Whole at every moment: programs read it whenever they like.
        let new = self.folder.path().join("new");
        std::fs::write(&new, format!("+{}\n", by.as_secs())).expect("a file");
        std::fs::rename(new, self.file()).expect("a file");
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("clock")
    }
}

fn library() -> PathBuf {
    debian::install(&["libfaketime"], installed).expect("libfaketime")
}

fn installed() -> Option<PathBuf> {
    let folders = std::fs::read_dir("/usr/lib").into_iter().flatten().flatten().map(|folder| folder.path());
    folders
        .chain(["/usr/lib", "/usr/local/lib"].map(PathBuf::from))
        .map(|folder| folder.join("faketime/libfaketimeMT.so.1"))
        .find(|library| library.is_file())
}

//! The programs that run processes, and somebody who kills them.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use super::support::{acme, database};

const WORKERS: usize = 2;
/// How long a worker may say nothing before others take over.
const LEASE: &str = "1500ms";

/// A program, killed when it is dropped.
struct Worker(Child);

impl Worker {
    /// Works on the database of another program's folder.
    fn start(of: &Path, own: &Path, variables: &[(String, String)]) -> Self {
        let mut command = acme(own);
        let address = if database::on_postgres() {
            database::address(of)
        } else {
            format!("sqlite://{}", of.join(".appos/acme.db").display())
        };
        command.env("APPOS__DATABASE__URL", address).envs(variables.iter().map(|(name, value)| (name, value)));
        command.env("APPOS__PROCESS__LEASE", LEASE).env("APPOS__PROCESS__POLL", "200ms");
        command.args(["serve", "--role", "worker"]).stdout(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines().map_while(Result::ok);
        assert!(lines.any(|line| line.starts_with("Working: ")), "the worker starts");
        // Read to the end: a full pipe would stop the program.
        std::thread::spawn(move || lines.for_each(drop));
        Self(child)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Workers of which again and again one is killed, in the middle of whatever it does.
pub struct Mortals {
    over: Arc<AtomicBool>,
    killer: Option<JoinHandle<u32>>,
}

impl Mortals {
    pub fn begin(of: PathBuf, variables: Vec<(String, String)>) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&over);
        let killer = std::thread::spawn(move || {
            let folders: Vec<_> = (0..WORKERS).map(|_| tempfile::tempdir().expect("a folder")).collect();
            let start = |which: usize| Worker::start(&of, folders[which].path(), &variables);
            let mut workers: Vec<_> = (0..WORKERS).map(start).collect();
            let mut kills = 0;
            while !told.load(Ordering::Relaxed) {
                // Long enough to get somewhere, and never at the same moment of a step.
                std::thread::sleep(Duration::from_millis(150 + u64::from(kills) * 137 % 500));
                let which = kills as usize % WORKERS;
                drop(workers.remove(which));
                workers.insert(which, start(which));
                kills += 1;
            }
            kills
        });
        Self { over, killer: Some(killer) }
    }

    /// Ends the workers, and answers how many were killed on the way.
    pub fn end(mut self) -> u32 {
        self.over.store(true, Ordering::Relaxed);
        self.killer.take().expect("ended once").join().expect("the workers could be started")
    }
}

impl Drop for Mortals {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
    }
}

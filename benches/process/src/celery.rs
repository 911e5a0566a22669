//! Celery with Redis, which does the same chain of steps: installed from PyPI into a folder beside the builds.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const PACKAGES: [&str; 1] = ["celery[redis]==5.7.0"];

/// Three tasks, one after the other, each of which is given what the last has answered.
const TASKS: &str = r#"
import os, sys, time
from celery import Celery, chain

app = Celery("tasks", broker=os.environ["BROKER"], backend=os.environ["BROKER"])
app.conf.update(task_acks_late=True, worker_prefetch_multiplier=16, broker_connection_retry_on_startup=True)

@app.task
def step(number):
    return number + 1

if __name__ == "__main__":
    number = int(sys.argv[1])
    chain(step.s(0), step.s(), step.s())().get(timeout=60)
    begun = time.monotonic()
    started = [chain(step.s(0), step.s(), step.s())() for _ in range(number)]
    for result in started:
        assert result.get(timeout=600, interval=0.005) == 3
    print(time.monotonic() - begun)
"#;

struct Worker(Child);

impl Drop for Worker {
    fn drop(&mut self) {
        // The processes of its pool end with it.
        Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status().ok();
        self.0.wait().ok();
    }
}

/// How long so many chains of three take, from the first start to the last answer. `None`: Celery cannot be installed.
pub fn chains(redis: &str, number: usize, folder: &Path) -> Option<(usize, Duration)> {
    let programs = installed()?;
    std::fs::write(folder.join("tasks.py"), TASKS).expect("a file");
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let worker = Command::new(programs.join("celery"))
        .args(["-A", "tasks", "worker", "--loglevel=ERROR", "--without-gossip", "--without-mingle"])
        .arg(format!("--concurrency={workers}"))
        .current_dir(folder)
        .env("BROKER", redis)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("Celery starts");
    let _worker = Worker(worker);
    let mut driver = Command::new(programs.join("python"));
    driver.args(["tasks.py", &number.to_string()]).current_dir(folder).env("BROKER", redis);
    let told = driver.output().expect("Python runs");
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let seconds: f64 = String::from_utf8_lossy(&told.stdout).trim().parse().expect("a time");
    Some((number, Duration::from_secs_f64(seconds)))
}

fn installed() -> Option<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    let folder = std::path::absolute(target).ok()?.join("celery");
    let programs = folder.join("bin");
    if !programs.join("celery").is_file() {
        let made = Command::new("python3").args(["-m", "venv"]).arg(&folder).status().is_ok_and(|status| status.success());
        let pip = || Command::new(programs.join("pip")).args(["install", "--quiet"]).args(PACKAGES).status();
        if !made || !pip().is_ok_and(|status| status.success()) {
            return None;
        }
    }
    Some(programs)
}

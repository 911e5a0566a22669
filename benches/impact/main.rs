//! How long `cargo appos impact`, `check`, `objects` and `why` take on a project of 500 objects that is built.
//!
//! `cargo bench -p appos-cli --bench impact [-- --records N]`; each record comes with a rule.

#[path = "../compile_time/appos_app.rs"]
mod appos_app;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Records of the project; it has as many rules.
const RECORDS: usize = 250;
/// Each figure is the median of so many runs.
const RUNS: usize = 21;
/// What an answer may take.
const TARGET: Duration = Duration::from_millis(300);
/// What a look at the whole project may take.
const CHECK_TARGET: Duration = Duration::from_secs(2);

/// A file of a generated crate: its path, and what stands in it.
pub(crate) type Source = (String, String);

struct Project {
    folder: PathBuf,
    target: PathBuf,
}

impl Project {
    /// Writes the project, with the dependencies and profiles of this repository.
    fn generate(records: usize) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace");
        let program = std::env::current_exe().expect("the program's path");
        let target = program.ancestors().nth(3).expect("a target folder").to_owned();
        let folder = target.join("impact-bench");
        for crate_ in ["app", "platform"] {
            if folder.join(crate_).exists() {
                fs::remove_dir_all(folder.join(crate_)).expect("the last run's files can be removed");
            }
        }
        let manifest = fs::read_to_string(root.join("Cargo.toml")).expect("the workspace's file");
        let profiles: String =
            manifest.split_inclusive('\n').skip_while(|line| !line.starts_with("[profile.dev]")).collect();
        let workspace = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\"app\", \"platform\"]\n\n[workspace.dependencies]\nappos = {{ path = {:?} }}\n\n{profiles}",
            root.display().to_string()
        );
        let sources = appos_app::sources(records).into_iter().chain([("Cargo.toml".to_owned(), workspace)]);
        for (path, text) in sources {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
            fs::write(path, text).expect("a file can be written");
        }
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("a copy");
        Self { folder, target }
    }

    fn ask(&self, arguments: &[&str]) -> Duration {
        let started = Instant::now();
        let output = Command::new(env!("CARGO_BIN_EXE_cargo-appos"))
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .output()
            .expect("the command runs");
        let time = started.elapsed();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        time
    }

    /// A first start, which makes the database that `why` asks.
    fn start_once(&self) {
        let mut child = Command::new(self.target.join("debug/bench_platform"))
            .args(["--project", "platform"])
            .current_dir(&self.folder)
            .env("APPOS__SERVER__PORT", "0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the platform starts");
        let output = BufReader::new(child.stdout.take().expect("an output"));
        let started = output.lines().map_while(Result::ok).any(|line| line.starts_with("Listening on "));
        assert!(started, "the platform did not start");
        child.kill().expect("it can be killed");
        child.wait().expect("its end");
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let place = arguments.iter().position(|argument| argument == "--records");
    let records = place.map_or(RECORDS, |place| arguments[place + 1].parse().expect("a number follows the option"));
    let project = Project::generate(records);
    let object = "bench_app.records.thing1";
    println!("{} objects; first answer, with the build: {:.1?}", records * 2, project.ask(&["impact", object]));
    project.start_once();
    for question in [
        &["impact", object][..],
        &["impact", "bench_app.rules.share", "--tree"],
        &["impact", "bench_app.records.thing1.price", "--json"],
        &["objects"],
        &["routes"],
        &["permissions"],
        &["check"],
        &["why", "public_access", "view", object],
    ] {
        project.ask(question);
        let time = median((0..RUNS).map(|_| project.ask(question)).collect());
        let target = if question[0] == "check" { CHECK_TARGET } else { TARGET };
        let verdict = if time <= target { "" } else { "  missed" };
        println!(
            "{:<50} {:>6.0} ms  target {} ms{verdict}",
            question.join(" "),
            time.as_secs_f64() * 1e3,
            target.as_millis()
        );
    }
}

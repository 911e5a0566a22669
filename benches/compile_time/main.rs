//! What an app costs its developer in compile time, beside the same application written by
//! hand with SeaORM entities and generic actix-web routes. Both are generated into
//! `compile-bench` of the target folder and built by the same Cargo with the same profile.
//!
//! `cargo bench --bench compile_time [-- --records N] [-- --rounds N] [-- --slope]`

mod appos_app;
mod peer_app;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Records of the application; it has as many rules.
const RECORDS: usize = 100;
/// Each figure is the better of so many: a slower one measures the machine.
const ROUNDS: usize = 2;
/// What the app may cost, as a part of the peer's time.
const TARGET: f64 = 1.0 / 3.0;

/// A file of a generated crate: its path, and what stands in it.
pub(crate) type Source = (String, String);

/// One of the two generated applications.
struct Side {
    name: &'static str,
    /// The crate that is measured.
    package: &'static str,
    /// A program around it, for its size.
    program: &'static str,
    sources: fn(usize) -> Vec<Source>,
    /// The file of the function that the developer edits.
    edited: &'static str,
}

const SIDES: [Side; 2] = [
    Side {
        name: "appos",
        package: "bench_app",
        program: "bench_platform",
        sources: appos_app::sources,
        edited: "app/src/rules/rule_0.rs",
    },
    Side {
        name: "hand-written",
        package: "bench_peer",
        program: "bench_server",
        sources: peer_app::sources,
        edited: "peer/src/rules/rule_0.rs",
    },
];

/// Where things are.
struct Place {
    workspace: PathBuf,
    target: PathBuf,
}

impl Place {
    fn find() -> Self {
        let program = std::env::current_exe().expect("the program has a path");
        // `target/release/deps/compile_time-…`: what `cargo bench` has built is used again.
        let target = program.ancestors().nth(3).expect("the program lies in a target folder").to_owned();
        Self { workspace: target.join("compile-bench"), target }
    }

    /// Time of a run of Cargo; anything but success ends the benchmark.
    fn cargo(&self, arguments: &[&str]) -> Duration {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(arguments).arg("--quiet").arg("--target-dir").arg(&self.target).current_dir(&self.workspace);
        let started = Instant::now();
        let status = cargo.stdin(Stdio::null()).status().expect("Cargo runs");
        let time = started.elapsed();
        assert!(status.success(), "cargo {} failed", arguments.join(" "));
        time
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be made");
    fs::write(path, text).expect("a file can be written");
}

/// Writes both applications, with the dependencies of this repository.
fn generate(place: &Place, records: usize) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["app", "platform", "peer", "server"] {
        let folder = place.workspace.join(folder);
        if folder.exists() {
            fs::remove_dir_all(folder).expect("the last run's files can be removed");
        }
    }
    let manifest = fs::read_to_string(root.join("Cargo.toml")).expect("the root manifest");
    let dependencies = section(&manifest, "[workspace.dependencies]", "[workspace.lints");
    let profiles = &manifest[manifest.find("[profile.").unwrap_or(manifest.len())..];
    // Its paths are relative to the root.
    let dependencies = dependencies.replace("path = \"", &format!("path = \"{}/", root.display()));
    let head = "[workspace]\nresolver = \"3\"\nmembers = [\"app\", \"platform\", \"peer\", \"server\"]\n\n";
    write(&place.workspace.join("Cargo.toml"), &format!("{head}{dependencies}{profiles}"));
    fs::copy(root.join("Cargo.lock"), place.workspace.join("Cargo.lock")).expect("the lock file can be copied");
    for side in &SIDES {
        for (path, text) in (side.sources)(records) {
            write(&place.workspace.join(path), &text);
        }
    }
}

fn section<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let start = text.find(from).expect("the manifest has the section");
    let length = text[start..].find(to).expect("the manifest has the next section");
    &text[start..start + length]
}

/// Changes the body of a function, each time to another.
fn edit(place: &Place, side: &Side, turn: usize) {
    let path = place.workspace.join(side.edited);
    let text = fs::read_to_string(&path).expect("the function's file");
    let start = text.find(".limit(").expect("the function has a limit") + ".limit(".len();
    let end = start + text[start..].find(')').expect("the limit ends");
    fs::write(path, format!("{}{}{}", &text[..start], 50 + turn, &text[end..])).expect("a file can be written");
}

/// The better of some rounds, for each side; the sides take turns, so that a busy minute of
/// the machine hits both.
fn best(rounds: usize, mut measure: impl FnMut(&Side, usize) -> Duration) -> [Duration; 2] {
    let mut best = [Duration::MAX; 2];
    for round in 1..=rounds {
        for (side, best) in SIDES.iter().zip(&mut best) {
            *best = (*best).min(measure(side, round));
        }
    }
    best
}

fn print(name: &str, [ours, theirs]: [Duration; 2]) {
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    println!(
        "{name:28} {:6.2} s   {:6.2} s   {ratio:.2}   (target {TARGET:.2})",
        ours.as_secs_f64(),
        theirs.as_secs_f64()
    );
}

/// A command of Cargo after the edit of a function.
fn edited(place: &Place, command: &str, rounds: usize) -> [Duration; 2] {
    for side in &SIDES {
        place.cargo(&[command, "-p", side.package]);
    }
    best(rounds, |side, round| {
        edit(place, side, round);
        place.cargo(&[command, "-p", side.package])
    })
}

/// A command of Cargo for a crate of which nothing is there, but all that it depends on.
fn cold(place: &Place, command: &str, rounds: usize) -> [Duration; 2] {
    for side in &SIDES {
        place.cargo(&[command, "-p", side.package]);
    }
    best(rounds, |side, _| {
        place.cargo(&["clean", "-p", side.package]);
        place.cargo(&[command, "-p", side.package])
    })
}

/// What a further record costs, with its rule: the straight line between two sizes.
fn slope(place: &Place, rounds: usize) {
    type Measure = fn(&Place, &str, usize) -> [Duration; 2];
    let kinds: [(&str, &str, Measure); 4] = [
        ("check, cold", "check", cold),
        ("check, edited", "check", edited),
        ("build, cold", "build", cold),
        ("build, edited", "build", edited),
    ];
    let mut last: Option<(usize, Vec<[Duration; 2]>)> = None;
    for records in [1, 20, 100] {
        generate(place, records);
        let times: Vec<_> = kinds.iter().map(|(_, command, measure)| measure(place, command, rounds)).collect();
        for ((name, ..), times) in kinds.iter().zip(&times) {
            print(&format!("{name}, {records} records"), *times);
        }
        if let Some((before, earlier)) = &last {
            for ((name, ..), (from, to)) in kinds.iter().zip(earlier.iter().zip(&times)) {
                let more = f64::from(u32::try_from(records - before).expect("few records"));
                let cost = |side: usize| (to[side].as_secs_f64() - from[side].as_secs_f64()) * 1000.0 / more;
                let (ours, theirs) = (cost(0), cost(1));
                let name = format!("  a record, {before} to {records}, {name}");
                println!("{name:42} {ours:6.1} ms   {theirs:6.1} ms   {:.2}", ours / theirs);
            }
        }
        last = Some((records, times));
    }
}

fn all(place: &Place, records: usize, rounds: usize) {
    generate(place, records);
    println!("{records} records of 10 fields, {records} rules; the better of {rounds} rounds");
    println!("{:28} {:>8}   {:>8}   ratio", "", SIDES[0].name, SIDES[1].name);
    print("check, cold", cold(place, "check", rounds));
    print("check, one function edited", edited(place, "check", rounds));
    // The first build of the programs also builds the dependencies.
    for side in &SIDES {
        place.cargo(&["build", "--release", "-p", side.program]);
    }
    let size = |side: &Side| {
        let program = format!("{}{}", side.program, std::env::consts::EXE_SUFFIX);
        fs::metadata(place.target.join("release").join(program)).map_or(0, |file| file.len() >> 10)
    };
    let sizes = [size(&SIDES[0]), size(&SIDES[1])];
    let release = best(rounds, |side, _| {
        place.cargo(&["clean", "--release", "-p", side.package]);
        place.cargo(&["build", "--release", "-p", side.package])
    });
    print("release build", release);
    println!("{:28} {:5} KiB   {:5} KiB   with debug lines", "program", sizes[0], sizes[1]);
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |name: &str, default: usize| {
        let place = arguments.iter().position(|argument| argument == name);
        place.map_or(default, |place| arguments[place + 1].parse().expect("a number follows the option"))
    };
    let (records, rounds) = (number("--records", RECORDS), number("--rounds", ROUNDS));
    let place = Place::find();
    if arguments.iter().any(|argument| argument == "--slope") {
        slope(&place, rounds);
    } else {
        all(&place, records, rounds);
    }
}

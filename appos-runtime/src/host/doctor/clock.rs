//! The clock: against the database server's, against itself, and against times of files.

use std::time::{Duration, Instant, SystemTime};

use chrono::{DateTime, TimeDelta, Utc};

use super::Check;
use crate::config::PlatformConfig;
use crate::record::{ServerTime, database_file};

const NAME: &str = "clock";
const HELP: &str = "let the machine keep time: `timedatectl set-ntp true`";
/// A difference to the server that nobody notices.
const SMALL: TimeDelta = TimeDelta::seconds(2);
/// With a larger one sessions end too early or too late, and the order of the audit log misleads.
const LARGE: TimeDelta = TimeDelta::minutes(1);
/// How long the clock is watched.
const WATCHED: Duration = Duration::from_millis(50);
/// How far it may move beside that.
const JUMP: Duration = Duration::from_secs(1);
/// Of a year before this program was written a clock must not be: seconds since 1970.
const BEFORE_ALL: u64 = 1_735_689_600;

/// Compares the server's clock with ours, as far as the question took no time.
pub(super) fn of_server(time: &ServerTime) -> Check {
    let ServerTime { before, there, after } = time;
    let difference: TimeDelta = if there < before {
        *before - *there
    } else if there > after {
        *there - *after
    } else {
        TimeDelta::zero()
    };
    let seconds = difference.num_milliseconds() / 1000;
    let which = if there < before { "ahead of" } else { "behind" };
    let found = format!("{seconds} seconds {which} the database server's");
    match difference {
        difference if difference > LARGE => Check::failed(NAME, found, HELP),
        difference if difference > SMALL => Check::warning(NAME, found, HELP),
        _ => Check::ok(NAME, "goes with the database server's"),
    }
}

pub(super) fn examine(config: &PlatformConfig) -> Vec<Check> {
    let mut checks = vec![steady()];
    let logs = config.logging.folder.join("logs");
    let mut newest = Vec::new();
    collect(&logs, &mut newest, 3);
    newest
        .extend(database_file(&config.database).and_then(|file| Some((modified(&file)?, file.display().to_string()))));
    let now = SystemTime::now();
    let ahead = newest
        .into_iter()
        .max_by_key(|(time, _)| *time)
        .filter(|(time, _)| time.duration_since(now).is_ok_and(|ahead| ahead > Duration::from_mins(1)));
    if let Some((time, file)) = ahead {
        let time = DateTime::<Utc>::from(time).format("%Y-%m-%d %H:%M:%S UTC");
        checks.push(Check::warning(NAME, format!("{file} was written in the future, at {time}"), HELP));
    }
    checks
}

/// Watches the clock for a moment beside one that cannot be set.
fn steady() -> Check {
    let (wall, steady) = (SystemTime::now(), Instant::now());
    std::thread::sleep(WATCHED);
    let (now, passed) = (SystemTime::now(), steady.elapsed());
    let moved = now.duration_since(wall).unwrap_or_default();
    let shown = DateTime::<Utc>::from(now).format("%Y-%m-%d %H:%M:%S UTC");
    if now.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs()) < BEFORE_ALL {
        return Check::failed(NAME, format!("says {shown}, which is past"), HELP);
    }
    if moved.abs_diff(passed) > JUMP {
        return Check::warning(NAME, "jumps", HELP);
    }
    Check::ok(NAME, format!("says {shown}"))
}

fn modified(file: &std::path::Path) -> Option<SystemTime> {
    std::fs::metadata(file).ok()?.modified().ok()
}

fn collect(folder: &std::path::Path, into: &mut Vec<(SystemTime, String)>, depth: u32) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            if depth > 0 {
                collect(&path, into, depth - 1);
            }
        } else if let Some(time) = modified(&path) {
            into.push((time, path.display().to_string()));
        }
    }
}

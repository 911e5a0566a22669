//! Reads log files of executions. Each line names its own execution and the one that caused it.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use crate::impact::graph::{Edge, Kind, Seen};
use crate::logs::{Days, LogFile, LogFolder};
use crate::project::kept;
use crate::project::locate::Platform;

/// Bytes that are read at most; older files are left out.
const MOST: u64 = 64 << 20;

/// One line, as far as it matters here.
#[derive(Deserialize)]
struct Line<'a> {
    ts: &'a str,
    execution_id: &'a str,
    parent_id: Option<&'a str>,
    object_ref: Option<&'a str>,
    operation: &'a str,
}

/// What was read of a state of the files, kept for the next time.
#[derive(Serialize, Deserialize)]
struct Kept {
    files: Vec<(PathBuf, u64, u64)>,
    edges: Vec<Edge>,
}

/// Uses that were seen to happen: edges without a place.
pub(crate) fn read(platform: &Platform, folder: &LogFolder) -> Vec<Edge> {
    let found = files(folder);
    if found.is_empty() {
        return Vec::new();
    }
    let files = states(&found);
    let last = kept::read::<Kept>(platform, "seen");
    if let Some(kept) = last.filter(|kept| kept.files == files) {
        return kept.edges;
    }
    let edges = edges(&found);
    // Only a saving of time: the next call reads the files again if it fails.
    let kept = Kept { files, edges };
    let _ = kept::write(platform, "seen", &kept);
    kept.edges
}

/// Files of the category `performance`, which has a line for each call and no payloads; newest first.
fn files(logs: &LogFolder) -> Vec<LogFile> {
    let mut bytes = 0;
    let found = logs.files(Days::default(), &["performance"], |_| true).into_iter();
    let within = found.take_while(|file| {
        bytes += file.size;
        bytes <= MOST
    });
    within.collect()
}

/// By which it is seen that a file is another one: size and time.
fn states(files: &[LogFile]) -> Vec<(PathBuf, u64, u64)> {
    let with_time = |file: &LogFile| {
        let changed = fs::metadata(&file.path).and_then(|data| data.modified()).ok();
        let changed = changed.and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
        (file.path.clone(), file.size, u64::try_from(changed.as_nanos()).unwrap_or_default())
    };
    files.iter().map(with_time).collect()
}

fn edges(files: &[LogFile]) -> Vec<Edge> {
    let mut objects: HashMap<String, String> = HashMap::new();
    // Caused by an execution, of an object, in a way: how often and when last.
    let mut calls: BTreeMap<(String, String, Kind), Seen> = BTreeMap::new();
    for file in files {
        let Ok(opened) = file.open() else { continue };
        for line in BufReader::new(&opened.file).lines().map_while(Result::ok) {
            // A line that is being written ends in the middle.
            let Ok(line) = serde_json::from_str::<Line<'_>>(&line) else { continue };
            let Some(object) = line.object_ref else { continue };
            objects.insert(line.execution_id.to_owned(), object.to_owned());
            let (Some(parent), Some(kind)) = (line.parent_id, kind(line.operation, object)) else { continue };
            count(&mut calls, (parent.to_owned(), object.to_owned(), kind), 1, line.ts);
        }
    }
    let mut seen = BTreeMap::new();
    for ((parent, to, kind), times) in calls {
        if let Some(from) = objects.get(&parent) {
            count(&mut seen, (from.clone(), to, kind), times.count, &times.last);
        }
    }
    let edge = |((from, to, kind), seen)| Edge { from, to, field: None, kind, place: None, seen: Some(seen) };
    seen.into_iter().map(edge).collect()
}

fn count(into: &mut BTreeMap<(String, String, Kind), Seen>, key: (String, String, Kind), times: u64, last: &str) {
    let seen = into.entry(key).or_insert_with(|| Seen { count: 0, last: String::new() });
    seen.count += times;
    if last > seen.last.as_str() {
        last.clone_into(&mut seen.last);
    }
}

/// What an operation of the log is here.
fn kind(operation: &str, object: &str) -> Option<Kind> {
    Some(match operation {
        "call" if matches!(object.split('.').nth(1), Some("constants" | "translations")) => Kind::Read,
        "call" | "enqueue" | "render" => Kind::Call,
        "get" | "list" | "count" | "aggregate" | "timeline" | "unchecked_sql" => Kind::Read,
        "create" | "import" => Kind::Create,
        "update" | "restore" => Kind::Write,
        "delete" => Kind::Delete,
        _ => return None,
    })
}

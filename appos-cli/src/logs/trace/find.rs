//! Finds an execution by its id, and the tree around it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use chrono::{DateTime, NaiveDate, SecondsFormat};
use serde::Serialize;

use super::collect::{Of, executions, scan};
use super::node::Node;
use super::order::in_order;
use crate::logs::folder::{CATEGORIES, Days, LogFile, LogFolder};
use crate::logs::line::{IdPrefix, Line};
use crate::logs::moment::Zone;
use crate::logs::read::Reading;
use crate::progress::Progress;
use crate::terminal::Failure;

/// Version of the JSON form; grows when a field changes its meaning.
const FORMAT: u32 = 1;
/// How exact the time in an id is taken to be, in microseconds.
const NEARLY: i64 = 60_000_000;
/// Executions after which it is clear that an id is the beginning of too many.
const MANY: usize = 1000;
/// Executions that are listed if an id is the beginning of several.
const LISTED: usize = 10;

/// An execution and the tree it belongs to.
#[derive(Serialize)]
pub(crate) struct Trace {
    format: u32,
    /// The one that was asked for.
    pub(super) execution_id: String,
    /// The one with which the tree began.
    pub(super) root_id: String,
    /// Number of the trace, which other systems have, too.
    #[serde(rename = "trace_id")]
    pub(super) number: String,
    /// False if a line is missing: of a parent, or of executions that were too many.
    pub(super) complete: bool,
    /// Executions that were too many to be shown.
    pub(super) left_out: usize,
    pub(super) searched: Searched,
    /// In the order of the tree.
    pub(super) executions: Vec<Node>,
    /// True if a trace was asked for, and no execution.
    #[serde(skip)]
    pub(super) by_number: bool,
    #[serde(skip)]
    pub(crate) unreadable: Vec<String>,
}

/// Between which moments lines of the tree were looked for.
#[derive(Serialize)]
pub(super) struct Searched {
    pub(super) from: String,
    pub(super) to: String,
}

/// What is known of an execution when it is found.
#[derive(Clone)]
struct Hit {
    at_us: i64,
    end_us: i64,
    root: String,
    what: String,
}

/// Finds the execution whose id begins so, and its tree: calls that began no later than `more_us`
/// after it. A whole id that is of no execution is taken for that of a trace.
///
/// # Errors
/// There is none such, or several.
pub(crate) fn find(folder: &LogFolder, id: &IdPrefix, more_us: i64, zone: Zone) -> Result<Trace, Failure> {
    let mut unreadable = Vec::new();
    let mut hits = hits(folder, id, &mut unreadable);
    let (found, hit) = match (hits.pop_first(), hits.len()) {
        (None, _) => match of_trace(folder, id, &mut unreadable) {
            Some(hit) => return Ok(trace(folder, id, &hit, more_us, unreadable)),
            None => return Err(unknown(folder, id, &unreadable)),
        },
        (Some(only), 0) => only,
        (Some(first), _) => {
            hits.insert(first.0, first.1);
            return Err(ambiguous(id, &hits, zone));
        }
    };
    let root_id = IdPrefix::read(&hit.root);
    let root = match root_id.as_ref().filter(|_| hit.root != found) {
        Some(root) => self::hits(folder, root, &mut unreadable).pop_first().map(|(_, root)| root),
        None => Some(hit.clone()),
    };
    // If the root has no line yet, its id tells when it began.
    let known = root.as_ref().map(|root| root.at_us);
    let root_us = known.or_else(|| root_id.as_ref().and_then(IdPrefix::between).map(|(from, _)| from));
    let from_us = root_us.unwrap_or(hit.at_us).min(hit.at_us);
    let end_us = root.as_ref().map_or(hit.end_us, |root| root.end_us.max(hit.end_us));
    let to_us = end_us.max(hit.at_us.saturating_add(more_us));
    let files = folder.files(days(from_us, to_us), &CATEGORIES, |_| true);
    let mut reading = Reading::of(&files, Progress::begin());
    let found_all = executions(&files, &Of::Root(&hit.root), (from_us, to_us), &mut reading);
    unreadable.extend(reading.unreadable.told());
    Ok(put_together(found_all, (found, hit.root), (from_us, to_us), unreadable))
}

fn put_together(
    (nodes, left_out): (BTreeMap<String, Node>, usize),
    (execution_id, root_id): (String, String),
    (from_us, to_us): (i64, i64),
    mut unreadable: Vec<String>,
) -> Trace {
    unreadable.sort();
    unreadable.dedup();
    let executions = in_order(nodes, &root_id);
    let has_root = executions.iter().any(|node| node.execution_id == root_id);
    let complete = has_root && left_out == 0 && !executions.iter().any(|node| node.parent_missing);
    let searched = Searched { from: written(from_us), to: written(to_us) };
    let number = executions.iter().find_map(|node| node.trace_id.as_str());
    let number = number.map_or_else(|| root_id.replace('-', ""), str::to_owned);
    let by_number = false;
    Trace {
        format: FORMAT,
        execution_id,
        root_id,
        number,
        complete,
        left_out,
        searched,
        executions,
        by_number,
        unreadable,
    }
}

/// The trees of a trace of which this is an execution.
fn trace(folder: &LogFolder, id: &IdPrefix, hit: &Hit, more_us: i64, mut unreadable: Vec<String>) -> Trace {
    // What was found is the last of it that was written in its file: the trace may have begun before.
    let (from_us, to_us) = (hit.at_us.saturating_sub(more_us), hit.end_us.saturating_add(more_us));
    let files = folder.files(days(from_us, to_us), &CATEGORIES, |_| true);
    let mut reading = Reading::of(&files, Progress::begin());
    let found = executions(&files, &Of::Trace(id), (from_us, to_us), &mut reading);
    unreadable.extend(reading.unreadable.told());
    let first = found.0.values().filter(|node| node.parent_id.is_none()).min_by_key(|node| node.at_us);
    let root = first.map_or_else(|| hit.root.clone(), |first| first.execution_id.clone());
    Trace { by_number: true, ..put_together(found, (root.clone(), root), (from_us, to_us), unreadable) }
}

/// An execution of a trace that began in another system, whose numbers tell no time.
fn of_trace(folder: &LogFolder, id: &IdPrefix, unreadable: &mut Vec<String>) -> Option<Hit> {
    if !id.is_whole() {
        return None;
    }
    for category in ["performance", "execution"] {
        let files = folder.files(Days::default(), &[category], |_| true);
        let mut reading = Reading::of(&files, Progress::begin());
        let mut found = None;
        scan(&files, None, None, &mut reading, |_, line, _| {
            found = line.execution_id().filter(|_| line.is_of_trace(id)).map(|own| Hit::of(line, own));
            if found.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        unreadable.extend(reading.unreadable.told());
        if found.is_some() {
            return found;
        }
    }
    None
}

/// Executions whose ids begin so. One is enough if the id is whole.
fn hits(folder: &LogFolder, id: &IdPrefix, unreadable: &mut Vec<String>) -> BTreeMap<String, Hit> {
    let mut hits = BTreeMap::new();
    // Lines of `performance` are the shortest; it is also the category that is kept the shortest.
    for category in ["performance", "execution"] {
        let files = folder.files(days_of(id), &[category], |_| true);
        let mut reading = Reading::of(&files, Progress::begin());
        scan(&files, id.between().map(|(from, _)| from - NEARLY), None, &mut reading, |_, line, _| {
            if let Some(found) = line.execution_id().filter(|found| id.begins(found)) {
                hits.entry(found.to_owned()).or_insert_with(|| Hit::of(line, found));
            }
            if (id.is_whole() && !hits.is_empty()) || hits.len() > MANY {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        unreadable.extend(reading.unreadable.told());
        if !hits.is_empty() {
            break;
        }
    }
    hits
}

impl Hit {
    fn of(line: &Line<'_>, id: &str) -> Self {
        let what = [line.object_ref(), line.operation(), line.outcome()].into_iter().flatten();
        Self {
            at_us: line.at_us,
            end_us: line.end_us(),
            root: line.root_id().unwrap_or(id).to_owned(),
            what: what.collect::<Vec<_>>().join(" "),
        }
    }
}

/// The days on which executions with such ids began.
fn days_of(id: &IdPrefix) -> Days {
    id.between().map_or_else(Days::default, |(from, to)| days(from - NEARLY, to + NEARLY))
}

fn days(from_us: i64, to_us: i64) -> Days {
    let day = |at_us| DateTime::from_timestamp_micros(at_us).map(|at| at.date_naive());
    Days { first: day(from_us), last: day(to_us) }
}

fn written(at_us: i64) -> String {
    DateTime::from_timestamp_micros(at_us).unwrap_or_default().to_rfc3339_opts(SecondsFormat::Micros, true)
}

fn unknown(folder: &LogFolder, id: &IdPrefix, unreadable: &[String]) -> Failure {
    let days = |files: &[LogFile]| files.iter().map(|file| file.day).collect::<BTreeSet<NaiveDate>>();
    let searched = days(&folder.files(days_of(id), &CATEGORIES, |_| true));
    let all = days(&folder.files(Days::default(), &CATEGORIES, |_| true));
    let message = if searched.is_empty() {
        let wanted = days_of(id);
        let wanted = [wanted.first, wanted.last].into_iter().flatten().collect();
        format!("there is no execution `{id}`, and no log file of {}", in_words(&wanted))
    } else {
        format!("there is no execution `{id}` in the log files of {}", in_words(&searched))
    };
    let help = if all.is_empty() {
        format!("there are no log files in {}", folder.shown())
    } else {
        format!(
            "log files in {} are of {}; an execution is written when it ends; `cargo appos logs` lists them",
            folder.shown(),
            in_words(&all)
        )
    };
    let told = [&[message], unreadable].concat().join("\n  note: ");
    Failure::work(told, help)
}

fn in_words(days: &BTreeSet<NaiveDate>) -> String {
    match (days.first(), days.last()) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => format!("{first} to {last} (UTC)"),
        _ => "any day".to_owned(),
    }
}

fn ambiguous(id: &IdPrefix, hits: &BTreeMap<String, Hit>, zone: Zone) -> Failure {
    let listed = hits.iter().take(LISTED).map(|(id, hit)| format!("\n  {id}  {}  {}", zone.show(hit.at_us), hit.what));
    let listed = crate::escape::escaped_lines(&listed.collect::<String>());
    let more = match hits.len() {
        few if few <= LISTED => String::new(),
        many => format!("\n  and {} more", many - LISTED),
    };
    let at_least = if hits.len() > MANY { "at least " } else { "" };
    Failure::usage(
        format!("{at_least}{} executions have an id that begins with `{id}`:{listed}{more}", hits.len()),
        "write more of the id",
    )
}

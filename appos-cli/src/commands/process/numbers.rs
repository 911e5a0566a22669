//! How much there is to do, and who does it, for people.

use serde::Deserialize;

use super::shown::{moment, short};
use crate::escape::escaped;
use crate::terminal::{Failure, Terminal, Tone};

#[derive(Deserialize)]
pub(super) struct Stats {
    processes: Vec<Numbers>,
    minutes: Vec<Done>,
}

#[derive(Deserialize)]
struct Numbers {
    process: String,
    due: i64,
    oldest_due_s: Option<i64>,
    running: i64,
    waiting: i64,
    open_tasks: i64,
    failed: i64,
    parked: i64,
    last_hour: Done,
}

/// What was done in some time.
#[derive(Deserialize)]
struct Done {
    started: i64,
    completed: i64,
    failed: i64,
    steps: i64,
}

#[derive(Deserialize)]
pub(super) struct Workers {
    workers: Vec<Worker>,
    all: Option<i64>,
}

#[derive(Deserialize)]
struct Worker {
    id: String,
    host: String,
    pid: i64,
    role: String,
    version: String,
    state: String,
    concurrency: i64,
    wanted: Option<i64>,
    running: i64,
    started_at: Option<String>,
    beat_at: Option<String>,
}

/// Prints numbers of processes, and of the last minutes.
pub(super) fn stats(terminal: Terminal, stats: &Stats) -> Result<(), Failure> {
    if stats.processes.is_empty() {
        return terminal.line("this platform has no processes");
    }
    let rows = stats.processes.iter().map(|of| {
        let oldest = of.oldest_due_s.map(|seconds| format!(" (oldest {seconds} s)")).unwrap_or_default();
        [
            escaped(short(&of.process)).into_owned(),
            format!("{}{oldest}", of.due),
            of.running.to_string(),
            format!("{} ({} tasks)", of.waiting, of.open_tasks),
            format!("{} / {}", of.failed, of.parked),
            format!("{} / {}", of.last_hour.started, of.last_hour.completed),
        ]
    });
    terminal.table(["Process", "Due", "Runs", "Waits", "Failed / put aside", "Started / completed in 1 h"], rows)?;
    // The last one is not over.
    let over = stats.minutes.len().saturating_sub(1);
    let last = &stats.minutes[over.saturating_sub(5)..over];
    let sum = |of: fn(&Done) -> i64| last.iter().map(of).sum::<i64>();
    let minutes = i64::try_from(last.len()).unwrap_or(1).max(1);
    let rate = |of: fn(&Done) -> i64| format!("{}.{}", sum(of) / minutes, sum(of) * 10 / minutes % 10);
    terminal.line(&format!(
        "\nA minute, over the last {minutes}: {} started, {} completed, {} failed, {} steps",
        rate(|done| done.started),
        rate(|done| done.completed),
        rate(|done| done.failed),
        rate(|done| done.steps),
    ))
}

/// Prints who runs processes.
pub(super) fn workers(terminal: Terminal, Workers { workers, all }: Workers) -> Result<(), Failure> {
    if let Some(all) = all {
        terminal.line(&format!(
            "each runs up to {all} at the same time; `cargo appos process scale all default` ends that"
        ))?;
    }
    if workers.is_empty() {
        return terminal.line("no worker runs: processes wait until one does");
    }
    let rows = workers.into_iter().map(|worker| {
        let tone = match worker.state.as_str() {
            "working" => Tone::Green,
            "gone" => Tone::Red,
            _ => Tone::Yellow,
        };
        let soon = worker.wanted.filter(|wanted| *wanted != worker.concurrency && worker.state != "gone");
        let soon = soon.map(|wanted| format!(", soon {wanted}")).unwrap_or_default();
        let at = |moment_of: &Option<String>| moment_of.as_deref().map(moment).unwrap_or_default();
        [
            terminal.coloured(&worker.state, tone),
            escaped(&worker.id).into_owned(),
            format!("{} of {}{soon}", worker.running, worker.concurrency),
            format!("{}, pid {}", escaped(&worker.host), worker.pid),
            format!("{} {}", escaped(&worker.role), escaped(&worker.version)),
            at(&worker.started_at),
            at(&worker.beat_at),
        ]
    });
    terminal.table(["State", "Worker", "Runs", "Where", "Program", "Since", "Last heard of"], rows)
}

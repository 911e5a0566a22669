//! `/processes`: how much there is to do now, and what was done in the last hour.

use dioxus::prelude::*;

use super::{DEAD, EVERY, MINE, Ways, parts};
use crate::process::{MinuteSeen, ProcessStats, Stats, StatsWanted, process_stats};
use crate::ui::components::{
    Card, Column, DataTable, EmptyState, Grid, LineChart, LinkButton, Metric, PageHeader, Series, Skeleton, TableCell,
    TableColumn, TableRow, Trend,
};
use crate::ui::page::{use_load, use_ticks, use_title};
use crate::ui::processes::{address, words as told};
use crate::ui::shell::refusal;
use crate::ui::text::Format;
use crate::ui::text::own::{operations as words, processes};
use crate::value::DateTime;

/// Numbers of all processes that the visitor may see.
#[component]
pub(crate) fn Overview() -> Element {
    use_title(words::title());
    let load = use_load(use_ticks(EVERY), |_| process_stats(None));
    rsx! {
        PageHeader { title: words::title() }
        Ways { selected: "overview" }
        {load.with(|answer| match answer {
            None => rsx! {
                Skeleton { lines: 12 }
            },
            Some(Err(error)) => refusal(error),
            Some(Ok(stats)) if stats.processes.is_empty() => rsx! {
                EmptyState { title: words::none_seen(),
                    LinkButton { to: MINE, {words::mine()} }
                }
            },
            Some(Ok(stats)) => rsx! {
                Column {
                    {numbers(&stats.processes, DEAD)}
                    {throughput(&stats.minutes)}
                    {by_process(stats)}
                }
            },
        })}
    }
}

/// The same of one app, in a row. `changed`: another number each time that one of its instances has changed.
#[component]
pub(in crate::ui::processes) fn OfApp(app: String, changed: u64) -> Element {
    let of = app.clone();
    let load = use_load(changed, move |_| {
        process_stats(Some(StatsWanted { app: Some(of.clone()), ..StatsWanted::default() }))
    });
    load.with(|answer| match answer {
        Some(Ok(stats)) if !stats.processes.is_empty() => numbers(&stats.processes, &format!("{DEAD}?app={app}")),
        // The list below says what is wrong.
        _ => rsx! {},
    })
}

fn numbers(processes: &[ProcessStats], dead: &str) -> Element {
    let format = Format::current();
    let sum = |of: fn(&ProcessStats) -> i64| processes.iter().map(of).sum::<i64>();
    let oldest = processes.iter().filter_map(|process| process.oldest_due_s).max();
    // A second or two is what a start takes.
    let late =
        oldest.filter(|seconds| *seconds > 10).map(|seconds| Trend::up(words::late(&length(seconds))).inverted());
    let (failed, parked) = (sum(|process| process.failed), sum(|process| process.parked));
    rsx! {
        Grid { columns: 3,
            Metric { label: words::due(), value: format.integer(sum(|process| process.due)), trend: late }
            Metric { label: processes::running(), value: format.integer(sum(|process| process.running)) }
            Metric { label: processes::waiting(), value: format.integer(sum(|process| process.waiting)) }
            Metric { label: words::open_tasks(), value: format.integer(sum(|process| process.open_tasks)) }
            Metric { label: processes::failed(), value: format.integer(failed), to: (failed > 0).then(|| dead.to_owned()) }
            Metric { label: processes::parked(), value: format.integer(parked), to: (parked > 0).then(|| dead.to_owned()) }
        }
    }
}

fn throughput(minutes: &[MinuteSeen]) -> Element {
    // Sixty of them have no room for more than the digits.
    let zone = Format::current().time_zone();
    let label = |at: DateTime| at.with_timezone(&zone).format("%H:%M").to_string();
    let labels: Vec<String> = minutes.iter().map(|minute| minute.at.map(label).unwrap_or_default()).collect();
    #[expect(clippy::cast_precision_loss, reason = "points of a drawing")]
    let line = |of: fn(&MinuteSeen) -> i64| minutes.iter().map(|minute| of(minute) as f64).collect::<Vec<_>>();
    rsx! {
        Column {
            Card {
                LineChart {
                    title: words::instances_per_minute(),
                    labels: labels.clone(),
                    series: vec![
                        Series::new(words::started(), line(|minute| minute.done.started)),
                        Series::new(processes::completed(), line(|minute| minute.done.completed)),
                        Series::new(processes::failed(), line(|minute| minute.done.failed)),
                    ],
                }
            }
            Card {
                LineChart {
                    title: words::steps_per_minute(),
                    labels,
                    series: vec![Series::new(words::steps(), line(|minute| minute.done.steps))],
                }
            }
        }
    }
}

fn by_process(stats: &Stats) -> Element {
    let format = Format::current();
    let number = |label: &str| TableColumn::number(label);
    let columns = vec![
        TableColumn::new(processes::process()),
        number(words::due()),
        number(processes::running()),
        number(processes::waiting()),
        number(words::open_tasks()).secondary(),
        number(processes::failed()),
        number(processes::parked()),
        number(words::completed_in_hour()).secondary(),
    ];
    let rows = stats.processes.iter().map(|process| {
        let (app, name) = parts(&process.process);
        let count = |count: i64| TableCell::text(format.integer(count));
        let cells = vec![
            TableCell::text(told::object(&process.process)),
            TableCell::text(match process.oldest_due_s.filter(|seconds| *seconds > 0) {
                Some(seconds) => format!("{} ({})", format.integer(process.due), length(seconds)),
                None => format.integer(process.due),
            }),
            count(process.running),
            count(process.waiting),
            count(process.open_tasks),
            count(process.failed),
            count(process.parked),
            count(process.last_hour.completed),
        ];
        let to = format!("{}?process={name}", address(app));
        TableRow::new(process.process.clone(), told::object(&process.process), cells).to(to)
    });
    rsx! {
        DataTable { label: words::by_process(), columns, rows: rows.collect::<Vec<_>>() }
    }
}

fn length(seconds: i64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min", seconds / 60),
        3_600..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} d", seconds / 86_400),
    }
}

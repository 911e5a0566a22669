//! `/admin/metrics`: all objects with how they were used, and what there is to do now. What is asked for stands in the
//! address, so that nothing here needs script.

use dioxus::prelude::*;

use super::object::OfObject;
use super::{METRICS, count, length, percent, windows};
use crate::error::Result;
use crate::monitoring::{Gauges, Metrics, MetricsWanted, ObjectUse, metrics};
use crate::ui::admin::Ways;
use crate::ui::components::{
    Column, DataTable, EmptyState, Grid, Metric, PageHeader, Skeleton, SortDirection, Sparkline, TableCell,
    TableColumn, TableRow, Trend,
};
use crate::ui::page::{Location, use_load, use_location, use_ticks, use_title};
use crate::ui::processes::operations::EVERY;
use crate::ui::shell::refusal;
use crate::ui::text::Format;
use crate::ui::text::own::{lists, monitoring as words, operations, processes};

/// Objects that are shown at once; of more, people look for what they want.
const MANY: usize = 100;
/// Longest text that is searched for, in characters.
const LONGEST: usize = 200;

/// What an address asks for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Asked {
    window: Option<String>,
    object: Option<String>,
    search: String,
    sort: Sort,
}

/// By what objects are sorted: names from the first, numbers from the largest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Object,
    Calls,
    Errors,
    Denied,
    P50,
    P95,
    P99,
}

impl Sort {
    const ALL: [(&'static str, Self); 7] = [
        ("object", Self::Object),
        ("calls", Self::Calls),
        ("errors", Self::Errors),
        ("denied", Self::Denied),
        ("p50", Self::P50),
        ("p95", Self::P95),
        ("p99", Self::P99),
    ];

    fn sort(self, objects: &mut [&ObjectUse]) {
        let by = |of: fn(&ObjectUse) -> f64| move |one: &&ObjectUse, other: &&ObjectUse| of(other).total_cmp(&of(one));
        match self {
            Self::Object => objects.sort_by(|one, other| one.object.cmp(&other.object)),
            // As they come.
            Self::Calls => {}
            Self::Errors => objects.sort_by(by(|object| object.error_rate)),
            Self::Denied => objects.sort_by_key(|object| std::cmp::Reverse(object.denied)),
            Self::P50 => objects.sort_by(by(|object| object.p50_ms)),
            Self::P95 => objects.sort_by(by(|object| object.p95_ms)),
            Self::P99 => objects.sort_by(by(|object| object.p99_ms)),
        }
    }
}

impl Asked {
    fn of(location: &Location) -> Self {
        let given = |name| location.parameter(name).filter(|value: &String| !value.trim().is_empty());
        let sort = given("sort").and_then(|name| Sort::ALL.into_iter().find(|(known, _)| *known == name));
        Self {
            window: given("window"),
            object: given("object"),
            search: given("q").map(|text| text.trim().chars().take(LONGEST).collect()).unwrap_or_default(),
            sort: sort.map_or(Sort::Calls, |(_, sort)| sort),
        }
    }
}

async fn read(window: Option<String>, object: Option<String>) -> Result<Metrics> {
    metrics(Some(MetricsWanted { window, object, app: None })).await
}

/// How objects are used.
#[component]
pub(crate) fn MetricsScreen() -> Element {
    use_title(words::title());
    let location = use_location();
    let asked = Asked::of(&location.read());
    let of = (asked.window.clone(), asked.object.clone(), use_ticks(EVERY));
    let load = use_load(of, |(window, object, _)| read(window, object));
    let location = location.read();
    rsx! {
        PageHeader { title: words::title(), description: words::hint() }
        Ways { selected: "metrics" }
        {load.with(|answer| match answer {
            None => rsx! {
                Skeleton { lines: 12 }
            },
            Some(Err(error)) => refusal(error),
            Some(Ok(seen)) if asked.object.is_some() => rsx! {
                {windows(&location, seen.window)}
                OfObject {
                    object: seen.objects.first().cloned(),
                    step: seen.step_s,
                    back: location.with(&[("object", None)]),
                }
            },
            Some(Ok(seen)) => rsx! {
                Column {
                    {now(&seen.now)}
                    {windows(&location, seen.window)}
                    {search(&location, &asked)}
                    {objects(seen, &location, &asked)}
                }
            },
        })}
    }
}

/// Numbers of this moment.
fn now(now: &Gauges) -> Element {
    let format = Format::current();
    let late = |seconds: Option<i64>| {
        // A second or two is what a delivery takes.
        let seconds = seconds.filter(|seconds| *seconds > 10)?;
        Some(Trend::up(operations::late(&format!("{} s", format.integer(seconds)))).inverted())
    };
    let pool = &now.database;
    let outbox = now.outbox.as_ref().map(|outbox| (outbox.waiting, outbox.parked, outbox.oldest_due_s));
    let (waiting, parked, oldest) = outbox.unwrap_or_default();
    let processes = now.processes.iter().flatten();
    let due: i64 = processes.clone().map(|process| process.due).sum();
    let stuck: i64 = processes.clone().map(|process| process.failed + process.parked).sum();
    let oldest_process = processes.filter_map(|process| process.oldest_due_s).max();
    let lost = now.journal.lost.saturating_add(now.journal.failed);
    let lines_lost = (lost > 0).then(|| Trend::up(words::lines_lost(&count(&format, lost))).inverted());
    rsx! {
        Grid { columns: 3,
            Metric { label: words::hit_rate(), value: percent(&format, now.decisions.hit_rate) }
            Metric {
                label: words::connections(),
                value: operations::running_of(&count(&format, pool.in_use), &count(&format, pool.most)),
            }
            Metric { label: words::log_lines(), value: count(&format, now.journal.waiting), trend: lines_lost }
            Metric { label: words::outbox(), value: format.integer(waiting), trend: late(oldest) }
            Metric { label: words::put_aside(), value: format.integer(parked.saturating_add(stuck)) }
            Metric { label: operations::due(), value: format.integer(due), trend: late(oldest_process) }
        }
    }
}

fn search(location: &Location, asked: &Asked) -> Element {
    let kept = ["window", "sort"].map(|name| (name, location.parameter(name).unwrap_or_default()));
    let kept = kept.into_iter().filter(|(_, value)| !value.is_empty());
    rsx! {
        form { class: "ao-process-filters", method: "get", action: METRICS, role: "search",
            for (name , value) in kept {
                input { key: "{name}", r#type: "hidden", name: "{name}", value: "{value}" }
            }
            input {
                class: "ao-input",
                r#type: "search",
                name: "q",
                maxlength: "200",
                value: "{asked.search}",
                placeholder: words::search(),
                "aria-label": words::search(),
            }
            button { r#type: "submit", class: "ao-button", {processes::show()} }
        }
    }
}

fn objects(seen: &Metrics, location: &Location, asked: &Asked) -> Element {
    let wanted = asked.search.to_lowercase();
    let mut found: Vec<&ObjectUse> = seen.objects.iter().filter(|object| object.object.contains(&wanted)).collect();
    asked.sort.sort(&mut found);
    let more = found.len().saturating_sub(MANY);
    found.truncate(MANY);
    rsx! {
        if found.is_empty() {
            EmptyState { title: lists::none_found() }
        } else {
            {table(&found, location, asked.sort)}
        }
        if more > 0 {
            p { class: "ao-dim", {words::more(u64::try_from(more).unwrap_or(u64::MAX))} }
        }
    }
}

fn table(found: &[&ObjectUse], location: &Location, sort: Sort) -> Element {
    let format = Format::current();
    let sortable = |column: TableColumn, (name, by): (&str, Sort)| {
        let column = column.sort(location.with(&[("sort", Some(name))]));
        let direction = if by == Sort::Object { SortDirection::Ascending } else { SortDirection::Descending };
        if by == sort { column.sorted(direction) } else { column }
    };
    let [by_object, by_calls, by_errors, by_denied, by_p50, by_p95, by_p99] = Sort::ALL;
    let columns = vec![
        sortable(TableColumn::new(words::object()), by_object),
        sortable(TableColumn::number(words::calls()), by_calls),
        sortable(TableColumn::number(words::error_rate()), by_errors),
        sortable(TableColumn::number(words::denied()), by_denied).secondary(),
        sortable(TableColumn::number("p50"), by_p50).secondary(),
        sortable(TableColumn::number("p95"), by_p95),
        sortable(TableColumn::number("p99"), by_p99).secondary(),
        TableColumn::new(words::trend()).secondary(),
    ];
    #[expect(clippy::cast_precision_loss, reason = "points of a drawing")]
    let points = |trend: &[u64]| trend.iter().map(|calls| *calls as f64).collect::<Vec<_>>();
    let rows = found.iter().map(|object| {
        let cells = vec![
            TableCell::text(&object.object),
            TableCell::text(count(&format, object.calls)),
            TableCell::text(percent(&format, object.error_rate)),
            TableCell::text(count(&format, object.denied)),
            TableCell::text(length(&format, object.p50_ms)),
            TableCell::text(length(&format, object.p95_ms)),
            TableCell::text(length(&format, object.p99_ms)),
            TableCell::Element(rsx! {
                Sparkline { title: words::calls(), values: points(&object.trend) }
            }),
        ];
        let to = location.with(&[("object", Some(&object.object)), ("q", None), ("sort", None)]);
        TableRow::new(object.object.clone(), object.object.clone(), cells).to(to)
    });
    rsx! {
        DataTable { label: words::objects(), columns, rows: rows.collect::<Vec<_>>() }
    }
}

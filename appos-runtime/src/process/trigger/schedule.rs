//! Processes that start at certain times. Every worker tries; the key of a start is its moment, so that each starts
//! once.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};

use super::ticks::ticks;
use crate::engine::Engine;
use crate::error::Result;
use crate::platform::{acting_as, note_elevation};
use crate::process::call::Begins;
use crate::process::given::Given;
use crate::process::start::{OF_SCHEDULES, process_of, start};
use crate::process::table::SCHEDULES;
use crate::process::worker::Work;
use crate::record::{Store, database_fault};
use crate::registry::{ObjectDescriptor, Schedule};
use crate::value::DateTime;

/// Starts what is due, and answers in how long to look again; `None`: nothing has a schedule.
///
/// # Errors
/// The database cannot be read or written. What cannot be started is told in the log, and tried again.
pub(in super::super) async fn start_due(work: &Arc<Work>) -> Result<Option<Duration>> {
    let engine = work.shared_engine();
    let scheduled = engine.registry.objects().iter().copied().filter_map(|object| {
        let process = process_of(object).filter(|process| !process.schedules.is_empty())?;
        Some((object, process.schedules, process.run_as?))
    });
    let now = DateTime::from_timestamp_millis(work.now()).unwrap_or_default();
    let mut next: Option<DateTime> = None;
    let mut any = false;
    for (object, schedules, run_as) in scheduled {
        any = true;
        for schedule in schedules {
            let due = due((engine, work.store()), object, (schedule, run_as), now).await?;
            next = [next, due].into_iter().flatten().min();
        }
    }
    let wait = next.map_or(Duration::MAX, |next| (next - now).to_std().unwrap_or_default());
    Ok(any.then_some(wait))
}

/// Starts what is due of one schedule, and answers when it is due next.
async fn due(
    (engine, store): (&Arc<Engine>, &Store),
    object: &'static ObjectDescriptor,
    (schedule, run_as): (&Schedule, &str),
    now: DateTime,
) -> Result<Option<DateTime>> {
    let times = format!("{} {}", schedule.cron, schedule.time_zone);
    let Some((last, told)) = last_tick(store, (object.reference, &times), now).await? else {
        // Nothing of the time before it was known is made up for.
        return Ok(ticks(schedule, now, now)?.next);
    };
    let ticks = ticks(schedule, last, now)?;
    for tick in ticks.due {
        let started = start_as(engine, store, object, (run_as, tick)).await;
        let error = started.as_ref().err().map(|error| error.message().to_owned()).unwrap_or_default();
        if error != told {
            note(store, (object.reference, &times), None, &error).await?;
        }
        if let Err(error) = started {
            if error.message() != told {
                tracing::error!(%error, process = object.reference, run_as, "a process could not be started at its time");
            }
            // Its time waits until it can.
            return Ok(ticks.next);
        }
        note(store, (object.reference, &times), Some(tick), "").await?;
    }
    Ok(ticks.next)
}

/// The last moment at which a process was started, or at which its schedule was first seen, and what was wrong then;
/// `None`: it is seen for the first time.
async fn last_tick(store: &Store, (process, times): (&str, &str), now: DateTime) -> Result<Option<(DateTime, String)>> {
    let mut select = Query::select();
    select.columns(["last_tick", "error"]).from(SCHEDULES);
    select.and_where(Expr::col("process").eq(process)).and_where(Expr::col("times").eq(times));
    let rows = store.rows(&select).await?;
    if let Some(row) = rows.first() {
        let last: i64 = row.try_get_by_index(0).map_err(database_fault)?;
        let error: String = row.try_get_by_index(1).map_err(database_fault)?;
        return Ok(Some((DateTime::from_timestamp_millis(last).unwrap_or_default(), error)));
    }
    let mut insert = Query::insert();
    insert.into_table(SCHEDULES).columns(["process", "times", "last_tick", "error"]);
    insert.values_panic([
        Expr::value(process),
        Expr::value(times),
        Expr::value(now.timestamp_millis()),
        Expr::value(""),
    ]);
    insert.on_conflict(OnConflict::new().do_nothing().to_owned());
    store.execute(&insert).await.map(|()| None)
}

/// Notes up to when a process was started, and what is wrong.
async fn note(store: &Store, (process, times): (&str, &str), tick: Option<DateTime>, error: &str) -> Result<()> {
    let mut update = Query::update();
    update.table(SCHEDULES).value("error", error);
    update.and_where(Expr::col("process").eq(process)).and_where(Expr::col("times").eq(times));
    if let Some(tick) = tick {
        // Another worker may be further by now.
        let tick = tick.timestamp_millis();
        update.value("last_tick", tick).and_where(Expr::col("last_tick").lt(tick));
    }
    store.execute(&update).await
}

/// Starts a process as its service account, once for each moment.
async fn start_as(
    engine: &Arc<Engine>,
    store: &Store,
    object: &'static ObjectDescriptor,
    (run_as, tick): (&str, DateTime),
) -> Result<()> {
    let scope = acting_as(engine, store, run_as).await?.build();
    let key = format!("{OF_SCHEDULES}{}", tick.format("%Y-%m-%dT%H:%M:%SZ"));
    let user_id = scope.user.id;
    scope.run(start(object, Given::begin().finish(), (Some(key.clone()), Begins::Now))).await?;
    note_elevation(engine, object, (user_id, run_as, &key));
    Ok(())
}

//! Runs one instance as far as it goes.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use serde_json::Value as Json;
use tokio_util::sync::CancellationToken;

use super::{Held, Work};
use crate::error::{AppOsError, Result};
use crate::platform::acting_for;
use crate::process::run::{End, Parked, Run};
use crate::process::start::process_of;
use crate::process::table::Taken;
use crate::process::tries;
use crate::process::variables::ProcessVariables;
use crate::registry::{ObjectDescriptor, ObjectDetail, Registry};
use crate::state::{Ctx, Origin, Scope, Variables};

/// The body of a process has no time limit of its own: its steps have, and the instance may have a deadline.
const ENDLESS: Duration = Duration::from_hours(24 * 365);

tokio::task_local! {
    static RUN: Arc<Run>;
}

/// The run whose body is being begun.
pub(in super::super) fn current_run() -> Option<Arc<Run>> {
    RUN.try_with(Arc::clone).ok()
}

/// Runs an instance that was taken up, and writes what becomes of it.
pub(super) async fn run(work: Arc<Work>, mut taken: Taken, until: Instant) {
    let registry = work.engine.registry;
    let arguments = std::mem::take(&mut taken.arguments);
    let (within, version) = (taken.within.clone(), taken.version);
    let object = registry.find(&taken.process).and_then(|object| body_of(work.engine().registry, object, version));
    // Without its process nobody knows who may run it.
    let process = registry.find(&within).or(object);
    let unknown = format!("there is no {} with version {version} any more", taken.process);
    let Some(process) = process else {
        tracing::error!(instance = %taken.id, "{unknown}");
        return;
    };
    let id = taken.id;
    let run = Run::new(taken, process, Arc::clone(&work));
    let lost = CancellationToken::new();
    let held = Held { fence: run.fence, run: Arc::clone(&run), until, lost: lost.clone() };
    if let Some(earlier) = work.running().insert(id, held) {
        // Taken up anew before it was let go.
        earlier.lost.cancel();
    }
    let ended = match object {
        Some(object) => lost.run_until_cancelled(run_body(&run, object, Json::Object(arguments))).await,
        None => {
            run.state().end = Some(End::Parked(Parked { code: "unknown_version", message: unknown }));
            Some(Ok(()))
        }
    };
    if let Some(answer) = ended {
        put_down(&run, answer).await;
    }
    let mut running = work.running();
    if running.get(&id).is_some_and(|held| held.fence == run.fence) {
        running.remove(&id);
    }
}

/// The body with which an instance began: that of the process, or an earlier one.
pub(in super::super) fn body_of(
    registry: &Registry,
    object: &'static ObjectDescriptor,
    version: u32,
) -> Option<&'static ObjectDescriptor> {
    let Some(process) = process_of(object) else { return Some(object) };
    if process.version == version {
        return Some(object);
    }
    registry.objects().iter().copied().find(|other| {
        let earlier = process_of(other).filter(|earlier| earlier.version == version);
        earlier.and_then(|earlier| earlier.earlier_of).is_some_and(|of| std::ptr::eq(of(), object))
    })
}

async fn run_body(run: &Arc<Run>, object: &'static ObjectDescriptor, arguments: Json) -> Result<()> {
    let scope = scope(run).await?;
    let ctx = Ctx::root(scope).until(Instant::now() + ENDLESS);
    let body = async {
        match object.detail {
            ObjectDetail::Process(process) => (process.run)(arguments).await.map(drop),
            ObjectDetail::Step(_) => tries::run_alone(run, object, arguments).await,
            _ => Err(AppOsError::dispatch(format!("{} is no process", object.reference)).code_is("no_process")),
        }
    };
    let mut body = std::pin::pin!(RUN.scope(Arc::clone(run), ctx.enter(body)));
    let Some(deadline) = run.deadline_at.filter(|_| !run.ended.is_cancelled()) else { return body.await };
    let left = u64::try_from(deadline.saturating_sub(run.work.now())).unwrap_or(0);
    tokio::select! {
        answer = &mut body => return answer,
        () = tokio::time::sleep(Duration::from_millis(left)) => {}
    }
    run.expired.store(true, Ordering::Relaxed);
    run.ended.cancel();
    body.await
}

/// The scope of whoever has started the instance, with the rights of now.
async fn scope(run: &Arc<Run>) -> Result<Arc<Scope>> {
    Ok(acting_for(&run.work.engine, &run.work.store, run.started_by)
        .await?
        .language(run.language.as_str())
        .origin(Origin { root_id: run.root_id, parent_id: run.parent_execution })
        .trace(run.trace.clone())
        .variables(Variables::kept_by(ProcessVariables::shared()))
        .build())
}

/// Writes the end of the run.
async fn put_down(run: &Arc<Run>, answer: Result<()>) {
    let end = run.state().end.take();
    let end = match (end, answer) {
        (Some(end), _) => end,
        // The body was not reached: refused, or its arguments do not fit.
        (None, Err(error)) if !matches!(error.code(), "lease_lost" | "unwritable") => {
            let code = if error.code() == "denied" { "denied" } else { "not_begun" };
            End::Parked(Parked { code, message: error.to_string() })
        }
        _ => return,
    };
    if let End::Parked(parked) = &end {
        tracing::warn!(instance = %run.id, process = run.process.reference, code = parked.code, "a process was put aside: {}", parked.message);
    }
    let written = run.work.write(run, run.last_changes(), Some(end)).await;
    if !matches!(written, Ok(Ok(()))) {
        // Whoever finds its lease run out goes on from what is written.
        tracing::warn!(instance = %run.id, "the end of a run could not be noted");
    }
}

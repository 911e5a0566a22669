//! The end of a run: what becomes of the instance, and, of one that has failed, what is undone.

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value as Json;

use super::super::entry::StoredError;
use super::super::tries::undo_step;
use super::{Driven, End, Run};
use crate::engine::panicked;
use crate::error::{AppOsError, Result};
use crate::journal::shown;

/// What a body has answered becomes what the instance is; the worker writes it.
pub(in super::super) async fn finish<T: Serialize>(run: &Arc<Run>, driven: Driven<T>) -> Result<Option<T>> {
    let (end, answer) = match driven {
        Driven::Ended(Ok(value)) => match completed(run, &value) {
            (end, Ok(())) => (Some(end), Ok(Some(value))),
            (end, Err(error)) => (Some(end), Err(error)),
        },
        Driven::Ended(Err(error)) => (undone(run, &error).await, Err(error)),
        Driven::Panicked(panic) => {
            let error = panicked(&*panic);
            (undone(run, &error).await, Err(error))
        }
        Driven::Waits { due_at } => (Some(End::Suspended { due_at }), Ok(None)),
        Driven::Stopped(parked) => {
            let error = AppOsError::execution(parked.message.clone()).code_is(parked.code);
            (Some(End::Parked(parked)), Err(error))
        }
        // Whoever takes it up next goes on.
        Driven::Lost(fault) => (None, Err(fault.into())),
    };
    run.state().end = end;
    answer
}

fn completed<T: Serialize>(run: &Arc<Run>, value: &T) -> (End, Result<()>) {
    let unseen = run.state().history.unseen().map(|(place, entry)| {
        format!(
            "the code does not fit what has happened: at {place} stands {} `{}`, and the code has ended without it",
            entry.kind.as_str(),
            entry.name
        )
    });
    if let Some(message) = unseen {
        let error = AppOsError::execution(message.clone()).code_is("history_mismatch");
        return (End::Parked(super::Parked { code: "history_mismatch", message }), Err(error));
    }
    match serde_json::to_value(value) {
        Ok(result) => (End::Completed { result, shown: shown(value) }, Ok(())),
        Err(error) => {
            let error = AppOsError::execution("the answer cannot be written as JSON").caused_by(error);
            (End::Failed(StoredError::from(&error)), Err(error))
        }
    }
}

/// Undoes what an instance has done that has failed or was cancelled.
async fn undone(run: &Arc<Run>, error: &AppOsError) -> Option<End> {
    let why = StoredError::from(error);
    match super::drive(run, undo(Arc::clone(run))).await {
        Driven::Ended(Ok(())) if run.ended.is_cancelled() && error.code() == run.why_ended().code() => {
            Some(if error.code() == "cancelled" { End::Cancelled(why) } else { End::Failed(why) })
        }
        Driven::Ended(Ok(())) => Some(End::Failed(why)),
        Driven::Ended(Err(second)) => Some(End::Failed(not_undone(&why, &second))),
        Driven::Panicked(panic) => Some(End::Failed(not_undone(&why, &panicked(&*panic)))),
        Driven::Waits { due_at } => Some(End::Suspended { due_at }),
        Driven::Stopped(parked) => Some(End::Parked(parked)),
        Driven::Lost(_) => None,
    }
}

fn not_undone(why: &StoredError, second: &AppOsError) -> StoredError {
    let mut why = why.clone();
    why.message = format!("{}; and not all of it could be undone: {}", why.message, second.message());
    why
}

/// Undoes the steps that are done and can be undone, the last first. One that cannot be undone does not keep
/// the others from it.
async fn undo(run: Arc<Run>) -> Result<()> {
    let steps: Vec<(_, _, Json)> = run.state().history.to_undo();
    let mut failed = None;
    for (place, name, arguments) in steps {
        if let Err(error) = undo_step(&run, &place, &name, arguments).await {
            failed.get_or_insert(error);
        }
    }
    failed.map_or(Ok(()), Err)
}

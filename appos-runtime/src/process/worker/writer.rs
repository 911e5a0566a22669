//! Few writers for all instances that run here: what they have to write at the same time is one transaction. Where one
//! program at a time can write, as on SQLite, there is one.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use super::Work;
use crate::error::AppOsError;
use crate::process::table::{self, Batch};
use crate::record::{Store, instance_changed};
use crate::registry::ObjectDescriptor;

/// Most instances of one transaction.
const TOGETHER: usize = 256;
/// Writers on a database that several can write at the same time: while one waits for its commit the other goes on.
const WRITERS: usize = 2;
/// First wait after a failure of the database; it doubles.
const FIRST_WAIT: Duration = Duration::from_millis(20);
const LONGEST_WAIT: Duration = Duration::from_secs(1);

/// Why something was not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WriteFault {
    /// The instance is another worker's by now.
    Lost,
    /// The database cannot be written.
    Unwritable,
}

impl From<WriteFault> for AppOsError {
    fn from(fault: WriteFault) -> Self {
        let (code, message) = match fault {
            WriteFault::Lost => ("lease_lost", "another worker has taken the instance up"),
            WriteFault::Unwritable => ("unwritable", "what the process has done cannot be written now"),
        };
        AppOsError::execution(message).code_is(code)
    }
}

/// Something to be written, and who waits for it.
pub(super) struct Written {
    pub(super) batch: Batch,
    pub(super) process: &'static ObjectDescriptor,
    pub(super) answer: oneshot::Sender<Result<(), WriteFault>>,
}

/// How many writers there are.
pub(super) fn writers(store: &Store) -> usize {
    if store.has_listeners() { WRITERS } else { 1 }
}

/// The writer of an instance: the same one for all that belong together, which change each other's rows.
pub(super) fn writer_of(root_id: Uuid, writers: usize) -> usize {
    // The last bits of an id are random; the first ones are a time.
    usize::try_from(root_id.as_u128() % writers.max(1) as u128).unwrap_or(0)
}

/// Writes until nobody is left who has something to write.
pub(super) async fn write_all(work: Arc<Work>, mut writes: mpsc::UnboundedReceiver<Written>) {
    let mut waiting = Vec::new();
    // Of what could not be written nothing later is: it would hide that something is missing.
    let mut unwritten: HashSet<(Uuid, i64)> = HashSet::new();
    while writes.recv_many(&mut waiting, TOGETHER).await > 0 {
        // Who is not answered was not heard.
        waiting.retain(|Written { batch, .. }| !unwritten.contains(&(batch.id, batch.fence)));
        if waiting.is_empty() {
            continue;
        }
        let (batches, answers): (Vec<_>, Vec<_>) =
            waiting.drain(..).map(|Written { batch, process, answer }| (batch, (process, answer))).unzip();
        let ours = write(&work, &batches).await;
        if ours.is_none() {
            unwritten.extend(batches.iter().map(|batch| (batch.id, batch.fence)));
            let running = work.running();
            unwritten.retain(|(id, fence)| running.get(id).is_some_and(|held| held.fence == *fence));
        }
        for (batch, (process, answer)) in batches.iter().zip(answers) {
            let written = match &ours {
                Some(ours) if ours.contains(&batch.id) => {
                    work.tally.note(work.now(), process.reference, |counts| counts.add(batch));
                    instance_changed(&work.store, process);
                    Ok(())
                }
                Some(_) => Err(WriteFault::Lost),
                None => Err(WriteFault::Unwritable),
            };
            // Who no longer waits needs no answer.
            answer.send(written).ok();
        }
    }
}

/// Tries for as long as the instances are surely ours: to write the same twice harms nothing.
async fn write(work: &Work, batches: &[Batch]) -> Option<HashSet<Uuid>> {
    let (began, mut wait) = (Instant::now(), FIRST_WAIT);
    loop {
        let left = work.settings.lease.saturating_sub(began.elapsed());
        let writing = table::write(&work.store, &work.keys, batches, (&work.name, work.now()));
        let Ok(written) = tokio::time::timeout(left, writing).await else {
            tracing::error!(
                instances = batches.len(),
                "the database does not answer: what processes have done is not written"
            );
            return None;
        };
        match written {
            Ok(ours) => return Some(ours),
            Err(error) if began.elapsed() + wait < work.settings.lease => {
                tracing::warn!(%error, instances = batches.len(), "what processes have done could not be written yet");
                tokio::time::sleep(wait).await;
                wait = (wait * 2).min(LONGEST_WAIT);
            }
            Err(error) => {
                tracing::error!(%error, instances = batches.len(), "what processes have done could not be written");
                return None;
            }
        }
    }
}

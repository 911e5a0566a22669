//! A file on its way in, a part at a time: noted first, looked at while it comes, and removed again unless somebody
//! keeps it.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt};
use uuid::Uuid;

use super::kind::{HEAD, TAIL, check_tail, kind_of};
use super::limits::{Limits, refused};
use super::storage::{Part, Writing};
use super::{Files, name, table};
use crate::engine::Engine;
use crate::error::{AppOsError, Result};
use crate::registry::ObjectDescriptor;

/// How often an upload gives a sign of life.
const BEAT: Duration = Duration::from_secs(20);

/// What arrives, and for which document.
pub(crate) struct Incoming<'a> {
    pub(crate) object: &'static ObjectDescriptor,
    /// As the sender says.
    pub(crate) name: &'a str,
    /// Who sends it, if that is an account.
    pub(crate) by: Option<i64>,
}

/// A file that is here whole, and that nobody can see. Dropped, it is removed.
pub(crate) struct Received {
    engine: Arc<Engine>,
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) content_type: String,
    pub(super) size: u64,
    is_kept: bool,
}

/// The files of a platform.
///
/// # Errors
/// It has none.
pub(super) fn files_of(engine: &Engine) -> Result<&Files> {
    let none = || AppOsError::dispatch("this program keeps no files").code_is("no_database");
    engine.resource::<Files>().ok_or_else(none)
}

/// Receives a file in memory that does not grow with it.
///
/// # Errors
/// It is not taken (`file_refused`, `body_too_large`), does not arrive whole, or cannot be kept.
pub(crate) async fn receive(
    engine: &Arc<Engine>,
    incoming: Incoming<'_>,
    source: impl Stream<Item = Result<Bytes>>,
) -> Result<Received> {
    let files = files_of(engine)?;
    let limits = Limits::of(incoming.object, &files.settings);
    let name = name::clean(incoming.name);
    let mut source = std::pin::pin!(source);
    let mut head = BytesMut::new();
    let mut is_over = false;
    while head.len() < HEAD && !is_over {
        match source.next().await {
            Some(part) => head.extend_from_slice(&part?),
            None => is_over = true,
        }
    }
    if head.is_empty() {
        return Err(refused("is empty"));
    }
    let content_type = kind_of(&name, head.get(..HEAD.min(head.len())).unwrap_or_default())?;
    limits.check_type(&content_type)?;
    let id = Uuid::now_v7();
    table::begin(&files.store, id, incoming.object.reference, &name, incoming.by).await?;
    // From here on, whatever ends this also removes what there is.
    let mut received = Received { engine: Arc::clone(engine), id, name, content_type, size: 0, is_kept: false };
    let mut writing = files.storage.write(id, Part::Content);
    let done = write(files, (&mut received, &limits), &mut writing, head.freeze(), source).await;
    match done {
        Ok(()) => writing.finish().await?,
        Err(error) => {
            writing.give_up().await;
            return Err(error);
        }
    }
    table::beat(&files.store, id).await?;
    Ok(received)
}

async fn write(
    files: &Files,
    (received, limits): (&mut Received, &Limits),
    writing: &mut Writing,
    head: Bytes,
    mut source: std::pin::Pin<&mut impl Stream<Item = Result<Bytes>>>,
) -> Result<()> {
    let mut tail = Tail::default();
    let mut beat = Instant::now();
    let mut next = Some(Ok(head));
    while let Some(part) = next {
        let part = part?;
        received.size += part.len() as u64;
        limits.check_size(received.size)?;
        tail.push(&part);
        writing.put(part).await?;
        if beat.elapsed() > BEAT.min(files.settings.abandoned_after / 4) {
            table::beat(&files.store, received.id).await?;
            beat = Instant::now();
        }
        next = source.next().await;
    }
    check_tail(&received.content_type, &tail.joined())
}

/// The last parts of a file.
#[derive(Default)]
struct Tail {
    parts: VecDeque<Bytes>,
    length: usize,
}

impl Tail {
    fn push(&mut self, part: &Bytes) {
        self.length += part.len();
        self.parts.push_back(part.clone());
        while let Some(first) = self.parts.front().map(Bytes::len).filter(|first| self.length - first >= TAIL) {
            self.length -= first;
            self.parts.pop_front();
        }
    }

    fn joined(&self) -> Vec<u8> {
        let all: Vec<u8> = self.parts.iter().flat_map(|part| part.iter().copied()).collect();
        let from = all.len().saturating_sub(TAIL);
        all.get(from..).unwrap_or_default().to_vec()
    }
}

impl Received {
    /// It belongs to a document now.
    pub(super) fn kept(&mut self) {
        self.is_kept = true;
    }
}

impl Drop for Received {
    fn drop(&mut self) {
        if self.is_kept {
            return;
        }
        let (engine, id) = (Arc::clone(&self.engine), self.id);
        let remove = async move {
            let Ok(files) = files_of(&engine) else { return };
            match table::give_up(&files.store, id).await {
                Ok(()) => files.dropped.notify_one(),
                Err(error) => tracing::warn!(%error, "what there is of a file is removed later"),
            }
        };
        // Without a runtime the program ends: the sweeper of the next one finds the row.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(remove);
        }
    }
}

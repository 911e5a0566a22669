//! Removes what is not needed any more: files of uploads that broke off, of versions that are not kept, of documents
//! that are gone, and documents that their folder does not keep any longer.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;

use super::Files;
use super::receive::files_of;
use super::table;
use crate::engine::Engine;
use crate::error::Result;
use crate::model::record_of;
use crate::platform::system_account;
use crate::record;
use crate::registry::{FilingDescriptor, ObjectDescriptor, Registry};
use crate::state::ScopeBuilder;

/// Programs of which one removes what another one is just giving up leave nothing behind.
const GRACE: Duration = Duration::from_secs(3);

/// The running sweeper; ends when it is dropped. Of several programs each does the same work, and finds less to do.
pub(crate) struct Sweeper(Option<JoinHandle<()>>);

impl Sweeper {
    /// Begins to look for what is to be removed.
    pub(crate) fn start(engine: &Arc<Engine>) -> Self {
        let engine = Arc::clone(engine);
        let Ok(files) = files_of(&engine) else { return Self(None) };
        let every = files.settings.sweep;
        Self(Some(tokio::spawn(async move {
            while let Ok(files) = files_of(&engine) {
                if let Err(error) = sweep(&engine, files).await {
                    tracing::warn!(%error, "files that are not needed any more are removed later");
                }
                tokio::time::timeout(every, files.dropped.notified()).await.ok();
            }
        })))
    }
}

impl Drop for Sweeper {
    fn drop(&mut self) {
        if let Some(running) = &self.0 {
            running.abort();
        }
    }
}

/// Does all there is to do now.
///
/// # Errors
/// The database or the files cannot be reached.
pub(super) async fn sweep(engine: &Arc<Engine>, files: &Files) -> Result<()> {
    clean_folders(engine, files).await?;
    table::drop_abandoned(&files.store, files.settings.abandoned_after).await?;
    table::drop_without_document(&files.store).await?;
    remove(files).await
}

/// Removes bytes before their row, so that a row is left for whatever is not removed. One that cannot be removed
/// does not keep the others.
async fn remove(files: &Files) -> Result<()> {
    let mut after: Option<String> = None;
    loop {
        let doomed = table::doomed(&files.store, after.as_deref(), GRACE.min(files.settings.abandoned_after)).await?;
        let Some(last) = doomed.last() else { return Ok(()) };
        after = Some(last.file.clone());
        for doomed in doomed {
            if !table::is_shared(&files.store, &doomed).await?
                && let Err(error) = files.storage.erase(doomed.content).await
            {
                tracing::warn!(%error, file = %doomed.content, "a file that is not needed any more is removed later");
                continue;
            }
            table::forget(&files.store, &doomed).await?;
        }
    }
}

/// Deletes documents that their folder does not keep any longer, as the platform itself: with hooks and audit log.
async fn clean_folders(engine: &Arc<Engine>, files: &Files) -> Result<()> {
    for (object, _) in Registry::global().records().filter(|(_, record)| record.document().is_some()) {
        let Some(folder) = object.inherits() else { continue };
        let Some(FilingDescriptor { auto_cleanup: Some(after), .. }) = record_of(folder).filing else { continue };
        clean_folder(engine, files, (object, folder), *after).await?;
    }
    Ok(())
}

async fn clean_folder(
    engine: &Arc<Engine>,
    files: &Files,
    (object, folder): (&'static ObjectDescriptor, &'static ObjectDescriptor),
    after: Duration,
) -> Result<()> {
    let Ok(after) = chrono::Duration::from_std(after) else { return Ok(()) };
    let before = files.store.now() - after;
    let of = (record_of(object).table, table::parent_column(object));
    let outdated = table::outdated(&files.store, of, record_of(folder).table, before).await?;
    for id in outdated {
        let account = system_account();
        let rights = engine.load_rights(&account.user).await?;
        let scope = ScopeBuilder::new(Arc::clone(engine), account.user, rights).build();
        if let Err(error) = scope.run(async move { record::delete(object, id, || Ok(None)).await }).await {
            tracing::warn!(%error, document = %format_args!("{} {id}", object.reference), "a document that its folder does not keep any longer stays for now");
        }
    }
    Ok(())
}

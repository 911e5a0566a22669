//! Whether what the table of files says is so: files that nobody knows, and versions whose file is not there.

use futures_util::StreamExt;
use uuid::Uuid;

use super::storage::Storage;
use super::table;
use crate::error::Result;
use crate::record::Store;

/// Files that are asked about together.
const TOGETHER: usize = 500;
/// Most missing files that are named.
const MOST_NAMED: usize = 20;

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Versions of documents whose file is there, as large as it was.
    pub(crate) whole: u64,
    /// Versions whose file is missing or has another size: the first of them by name, and how many they are.
    pub(crate) missing: (Vec<String>, u64),
    /// Files that no row knows.
    pub(crate) orphans: u64,
    /// Those of them that were removed.
    pub(crate) removed: u64,
    /// Files with names that the platform gives to none.
    pub(crate) foreign: u64,
}

/// Looks at every file and every version; with `repair`, files that no row knows are removed.
///
/// # Errors
/// The database or the files cannot be reached.
pub(crate) async fn examine(store: &Store, storage: &Storage, repair: bool) -> Result<Found> {
    let mut found = Found::default();
    let mut listed = storage.all().chunks(TOGETHER);
    while let Some(chunk) = listed.next().await {
        let mut ids: Vec<Uuid> = Vec::new();
        for id in chunk {
            match id? {
                Some(id) if !ids.contains(&id) => ids.push(id),
                Some(_) => {}
                None => found.foreign += 1,
            }
        }
        let known = table::known(store, &ids).await?;
        for orphan in ids.into_iter().filter(|id| !known.contains(id)) {
            found.orphans += 1;
            if repair {
                storage.erase(orphan).await?;
                found.removed += 1;
            }
        }
    }
    let mut after = 0;
    loop {
        let kept = table::all_kept(store, after).await?;
        let Some((last, ..)) = kept.last() else { return Ok(found) };
        after = *last;
        for (_, content, size, name) in kept {
            if storage.size(content).await? == u64::try_from(size).ok() {
                found.whole += 1;
            } else {
                found.missing.1 += 1;
                if found.missing.0.len() < MOST_NAMED {
                    found.missing.0.push(name);
                }
            }
        }
    }
}

//! Where a database stands in the history of its program.

use serde::Serialize;

use super::ledger::Entry;
use crate::migration::history::History;

/// One migration and what the database knows of it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct MigrationState {
    /// Its name.
    pub(crate) name: String,
    /// Where it stands.
    pub(crate) state: State,
    /// When it was applied (UTC).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) applied_at: Option<String>,
}

/// Where a migration stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// The database has it.
    Applied,
    /// The database has it, and it says something else now.
    Changed,
    /// It was begun: so many of its parts are done.
    Unfinished(usize),
    /// The database does not have it yet.
    Pending,
    /// The database has it, and the program does not know it.
    Unknown,
}

/// All migrations of the program in order, then those that only the database knows.
pub(super) fn states(history: &History, entries: &[Entry]) -> Vec<MigrationState> {
    let known = history.steps.iter().map(|step| {
        let entry = entries.iter().find(|entry| entry.name == step.name);
        let state = match entry {
            None => State::Pending,
            Some(entry) if entry.applied_at.is_none() => State::Unfinished(entry.parts),
            Some(entry) if entry.checksum != step.checksum() => State::Changed,
            Some(_) => State::Applied,
        };
        MigrationState {
            name: step.name.to_owned(),
            state,
            applied_at: entry.and_then(|entry| entry.applied_at.clone()),
        }
    });
    let unknown = entries.iter().filter(|entry| history.steps.iter().all(|step| step.name != entry.name));
    let mut unknown: Vec<MigrationState> = unknown
        .map(|entry| MigrationState {
            name: entry.name.clone(),
            state: State::Unknown,
            applied_at: entry.applied_at.clone(),
        })
        .collect();
    unknown.sort_by(|one, other| one.name.cmp(&other.name));
    known.chain(unknown).collect()
}

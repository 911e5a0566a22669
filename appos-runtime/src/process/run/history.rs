//! What has happened to an instance, as the body that runs again comes by it.

use std::collections::HashMap;

use serde_json::Value as Json;

use super::super::entry::{Entry, EntryKind, EntryState};
use super::super::place::Place;
use super::Parked;

/// A signal that nobody has taken in.
#[derive(Clone, Debug)]
pub(in super::super) struct Signal {
    pub(in super::super) id: i64,
    pub(in super::super) name: String,
    pub(in super::super) payload: Json,
}

/// The entries of an instance, and the signals that wait for it.
pub(in super::super) struct History {
    entries: HashMap<Place, Entry>,
    signals: Vec<Signal>,
}

impl History {
    pub(in super::super) fn new(entries: HashMap<Place, Entry>, signals: Vec<Signal>) -> Self {
        Self { entries, signals }
    }

    /// The entry at a place; `None`: there is none yet.
    ///
    /// # Errors
    /// What stands there is something else: the code is not the one that has written this history.
    pub(in super::super) fn at(
        &mut self,
        place: &Place,
        (kind, name): (EntryKind, &str),
    ) -> Result<Option<&mut Entry>, Parked> {
        let Some(entry) = self.entries.get_mut(place) else { return Ok(None) };
        if entry.kind != kind || entry.name != name {
            let message = format!(
                "the code does not fit what has happened: at {place} stands {} `{}`, and the code comes by {} `{name}`. \
                 Give the changed process a `version` of its own and keep the earlier body with `earlier_of`, or put the \
                 code back, and resume",
                entry.kind.as_str(),
                entry.name,
                kind.as_str(),
            );
            return Err(Parked { code: "history_mismatch", message });
        }
        entry.seen = true;
        Ok(Some(entry))
    }

    /// True if something stands at a place.
    pub(in super::super) fn knows(&self, place: &Place) -> bool {
        self.entries.contains_key(place)
    }

    /// Name and state of the entry of this kind at a place.
    pub(in super::super) fn known(&self, place: &Place, kind: EntryKind) -> Option<(String, EntryState)> {
        let entry = self.entries.get(place).filter(|entry| entry.kind == kind)?;
        Some((entry.name.clone(), entry.state))
    }

    /// True if people were asked something.
    pub(in super::super) fn has_tasks(&self) -> bool {
        self.entries.values().any(|entry| entry.kind == EntryKind::Task)
    }

    /// Puts an entry in its place.
    pub(in super::super) fn put(&mut self, place: Place, entry: Entry) {
        self.entries.insert(place, entry);
    }

    pub(in super::super) fn get_mut(&mut self, place: &Place) -> Option<&mut Entry> {
        self.entries.get_mut(place)
    }

    /// Takes in the oldest signal with this name.
    pub(in super::super) fn take_signal(&mut self, name: &str) -> Option<Signal> {
        let place = self.signals.iter().position(|signal| signal.name == name)?;
        Some(self.signals.remove(place))
    }

    /// An entry that the body has not come by, though it has ended.
    pub(in super::super) fn unseen(&self) -> Option<(&Place, &Entry)> {
        let unseen = self.entries.iter().filter(|(place, entry)| !entry.seen && !place.undoes());
        unseen.min_by_key(|(place, _)| place.numbers())
    }

    /// Steps that are done and can be undone, the last first.
    pub(in super::super) fn to_undo(&self) -> Vec<(Place, String, Json)> {
        let mut steps: Vec<_> = self
            .entries
            .iter()
            .filter(|(_, entry)| entry.kind == EntryKind::Step && entry.state == EntryState::Completed)
            .filter_map(|(place, entry)| Some((place, entry, entry.arguments.clone()?)))
            .collect();
        // Of those that ran side by side the one that began last is undone first.
        steps.sort_by_key(|(place, entry, _)| std::cmp::Reverse((entry.started_at, place.numbers())));
        steps.into_iter().map(|(place, entry, arguments)| (place.clone(), entry.name.clone(), arguments)).collect()
    }
}

//! What has been done here lately, by the minute and by process: counted as it is written, and told with a beat.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::process::entry::{EntryKind, EntryState};
use crate::process::run::End;
use crate::process::table::{Batch, Counts, Minute};

/// Milliseconds of a minute.
const MINUTE: i64 = 60_000;

/// What was done in the present minute, and in earlier ones that nobody was told of yet.
#[derive(Default)]
pub(super) struct Tally(Mutex<BTreeMap<(i64, String), Told>>);

#[derive(Default)]
struct Told {
    counts: Counts,
    /// The database has it as it is.
    is_told: bool,
}

impl Tally {
    /// Notes that something was done.
    pub(super) fn note(&self, now: i64, process: &str, add: impl FnOnce(&mut Counts)) {
        let minute = now.div_euclid(MINUTE);
        let mut all = self.all();
        // Most often it is there, and needs no name of its own.
        let known = all.iter_mut().rev().find(|((of, name), _)| *of == minute && name == process);
        let told = match known {
            Some((_, told)) => told,
            None => all.entry((minute, process.to_owned())).or_default(),
        };
        let before = told.counts;
        add(&mut told.counts);
        told.is_told &= before == told.counts;
    }

    /// What the database is to be told of.
    pub(super) fn untold(&self) -> Vec<Minute> {
        let all = self.all();
        let untold = all.iter().filter(|(_, told)| !told.is_told && told.counts != Counts::default());
        untold
            .map(|((minute, process), told)| Minute { at: *minute, process: process.clone(), counts: told.counts })
            .collect()
    }

    /// It was told of this. What is over is forgotten.
    pub(super) fn told(&self, minutes: &[Minute], now: i64) {
        let mut all = self.all();
        for told in minutes {
            if let Some(kept) = all.get_mut(&(told.at, told.process.clone())) {
                kept.is_told = kept.counts == told.counts;
            }
        }
        let present = now.div_euclid(MINUTE);
        all.retain(|(minute, _), told| *minute >= present || !told.is_told);
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<(i64, String), Told>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counts {
    /// Adds what was written of an instance.
    pub(super) fn add(&mut self, batch: &Batch) {
        let steps = [EntryKind::Step, EntryKind::Compensation];
        let done =
            |row: &&crate::process::entry::EntryRow| steps.contains(&row.kind) && row.state == EntryState::Completed;
        self.steps += i64::try_from(batch.changes.entries.iter().filter(done).count()).unwrap_or(0);
        match &batch.end {
            Some(End::Completed { .. }) => self.completed += 1,
            Some(End::Failed(_)) => self.failed += 1,
            Some(End::Cancelled(_)) => self.cancelled += 1,
            Some(End::Parked(_)) => self.parked += 1,
            Some(End::Suspended { .. }) | None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_minute_is_told_until_the_database_has_it_as_it_is() {
        let tally = Tally::default();
        tally.note(59_999, "crm.processes.one", |counts| counts.started += 1);
        tally.note(60_000, "crm.processes.one", |counts| counts.started += 2);
        tally.note(60_001, "crm.processes.other", |_| {});
        let first = tally.untold();
        assert_eq!(first.iter().map(|minute| (minute.at, minute.counts.started)).collect::<Vec<_>>(), [(0, 1), (1, 2)]);
        tally.note(60_002, "crm.processes.one", |counts| counts.steps += 1);
        tally.told(&first, 60_003);
        let [again] = tally.untold().try_into().unwrap();
        assert_eq!((again.at, again.counts.started, again.counts.steps), (1, 2, 1), "all of the minute, once more");
        tally.told(&[again], 120_000);
        assert!(tally.untold().is_empty() && tally.all().len() < 3);
    }
}

//! What a test puts in the place of steps. In a program that serves there is none of it.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value as Json;

use crate::error::{AppOsError, Result};
use crate::registry::ObjectDescriptor;

/// What stands in for steps, by their references.
#[derive(Default)]
pub(crate) struct Fakes(Mutex<HashMap<&'static str, Fake>>);

#[derive(Default)]
struct Fake {
    answer: Option<Json>,
    fails_at: BTreeSet<u32>,
    tries: u32,
}

impl Fakes {
    fn all(&self) -> MutexGuard<'_, HashMap<&'static str, Fake>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The step answers this from now on, and its body is not run.
    pub(crate) fn answers(&self, step: &'static ObjectDescriptor, answer: Json) {
        self.all().entry(step.reference).or_default().answer = Some(answer);
    }

    /// One of its tries from now on fails before its body is run: the first is 1.
    pub(crate) fn fails_at(&self, step: &'static ObjectDescriptor, number: u32) {
        let mut all = self.all();
        let fake = all.entry(step.reference).or_default();
        let tries = fake.tries;
        fake.fails_at.insert(tries.saturating_add(number));
    }

    /// What a try of the step answers in the place of its body.
    pub(super) fn stand_in(&self, step: &'static ObjectDescriptor) -> Option<Result<Json>> {
        let mut all = self.all();
        let fake = all.get_mut(step.reference)?;
        fake.tries = fake.tries.saturating_add(1);
        if fake.fails_at.remove(&fake.tries) {
            let error = AppOsError::execution(format!("a test has {} fail", step.reference));
            return Some(Err(error.code_is("failed_by_test")));
        }
        fake.answer.clone().map(Ok)
    }
}

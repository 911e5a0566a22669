//! What a test puts in the place of systems outside. In a program that serves there is none of it.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value as Json;

use crate::error::{AppOsError, Result};
use crate::registry::ObjectDescriptor;

/// What stands in for integrations, by their references.
#[derive(Default)]
pub(crate) struct StandIns(Mutex<HashMap<&'static str, StandIn>>);

#[derive(Default)]
struct StandIn {
    answer: Option<Json>,
    /// Calls from now on that fail, with this code.
    failures: (u32, String),
    calls: u32,
}

impl StandIns {
    fn all(&self) -> MutexGuard<'_, HashMap<&'static str, StandIn>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The integration answers this from now on, and nothing is sent.
    pub(crate) fn answers(&self, integration: &'static ObjectDescriptor, answer: Json) {
        self.all().entry(integration.reference).or_default().answer = Some(answer);
    }

    /// Its next calls fail with an error of this code, and nothing is sent.
    pub(crate) fn fails(&self, integration: &'static ObjectDescriptor, times: u32, code: &str) {
        self.all().entry(integration.reference).or_default().failures = (times, code.to_owned());
    }

    /// How often the integration was called since something stands in for it.
    pub(crate) fn calls(&self, integration: &'static ObjectDescriptor) -> u32 {
        self.all().get(integration.reference).map_or(0, |it| it.calls)
    }

    /// What a call is answered in the place of its system.
    pub(super) fn stand_in(&self, integration: &'static ObjectDescriptor) -> Option<Result<Json>> {
        let mut all = self.all();
        let it = all.get_mut(integration.reference)?;
        it.calls = it.calls.saturating_add(1);
        if it.failures.0 > 0 {
            it.failures.0 -= 1;
            let error = AppOsError::integration(format!("a test has {} fail", integration.reference));
            return Some(Err(error.code_is(it.failures.1.clone())));
        }
        it.answer.clone().map(Ok)
    }
}

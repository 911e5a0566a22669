//! What a test puts in the place of systems outside. In a program that serves there is none of it.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value as Json;

use super::recorded::{Exchange, Recorded};
use crate::error::{AppOsError, Result};
use crate::registry::ObjectDescriptor;

/// What stands in for integrations, by their references; and a file of exchanges, if the test has one.
#[derive(Default)]
pub(crate) struct StandIns {
    by_reference: Mutex<HashMap<&'static str, StandIn>>,
    recorded: Mutex<Option<Recorded>>,
    /// False: nothing is recorded, and nobody has to wait to be told so.
    has_file: AtomicBool,
}

#[derive(Default)]
struct StandIn {
    answer: Option<Json>,
    /// Calls from now on that fail, with this code.
    failures: (u32, String),
    calls: u32,
}

impl StandIns {
    fn all(&self) -> MutexGuard<'_, HashMap<&'static str, StandIn>> {
        self.by_reference.lock().unwrap_or_else(PoisonError::into_inner)
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

    /// From now on requests are answered from this file, or made and recorded in it if there is none.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn recorded(&self, path: &Path, anew: bool) -> Result<()> {
        *self.file() = Some(Recorded::open(path, anew)?);
        self.has_file.store(true, Ordering::Release);
        Ok(())
    }

    /// True if the test records, or is answered from a file.
    pub(super) fn has_file(&self) -> bool {
        self.has_file.load(Ordering::Acquire)
    }

    fn file(&self) -> MutexGuard<'_, Option<Recorded>> {
        self.recorded.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was recorded of a request.
    pub(super) fn find(&self, asked: &Exchange) -> Option<Result<Exchange>> {
        self.file().as_mut()?.find(asked)
    }

    /// Writes an exchange down, if the test records.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(super) fn add(&self, exchange: Exchange) -> Result<()> {
        self.file().as_mut().map_or(Ok(()), |file| file.add(exchange))
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

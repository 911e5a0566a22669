//! Values that last from sign-in to sign-out.

use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::error::{AppOsError, Result};

/// The values an app keeps for a signed-in user, as `ctx.session`.
///
/// They are written back when the request ends. Two requests of one session at the same time
/// each see the values as they were when they began; the last one to end is kept.
#[derive(Clone, Debug)]
pub struct Session(Option<Arc<Mutex<Values>>>);

#[derive(Debug, Default)]
struct Values {
    map: Map<String, Value>,
    changed: bool,
}

/// Largest size of a session's values as JSON, in bytes.
const MAX_SIZE: usize = 64 * 1024;

impl Session {
    /// No session: nobody signed in, or the caller uses an API key.
    pub const fn none() -> Self {
        Self(None)
    }

    /// A session with the values stored for it.
    pub fn with_values(map: Map<String, Value>) -> Self {
        Self(Some(Arc::new(Mutex::new(Values { map, changed: false }))))
    }

    /// True if there is a session.
    pub fn is_present(&self) -> bool {
        self.0.is_some()
    }

    /// A value by name; `None` if it was never set.
    ///
    /// # Errors
    /// The value is of another type.
    pub fn get<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>> {
        let Some(values) = &self.0 else { return Ok(None) };
        let values = values.lock().unwrap_or_else(PoisonError::into_inner);
        match values.map.get(name) {
            Some(value) => Ok(Some(serde_json::from_value(value.clone())?)),
            None => Ok(None),
        }
    }

    /// Keeps a value under a name.
    ///
    /// # Errors
    /// There is no session, the value cannot be written as JSON, or the session's values
    /// together are larger than 64 KiB.
    pub fn set<T: Serialize>(&self, name: &str, value: T) -> Result<()> {
        let Some(values) = &self.0 else {
            return Err(AppOsError::validation("there is no session: nobody is signed in").code_is("no_session"));
        };
        let mut values = values.lock().unwrap_or_else(PoisonError::into_inner);
        let before = values.map.insert(name.to_owned(), serde_json::to_value(value)?);
        if serde_json::to_vec(&values.map)?.len() > MAX_SIZE {
            match before {
                Some(before) => values.map.insert(name.to_owned(), before),
                None => values.map.remove(name),
            };
            return Err(AppOsError::validation("a session holds at most 64 KiB").code_is("session_too_large"));
        }
        values.changed = true;
        Ok(())
    }

    /// Forgets a value.
    pub fn remove(&self, name: &str) {
        if let Some(values) = &self.0 {
            let mut values = values.lock().unwrap_or_else(PoisonError::into_inner);
            values.changed |= values.map.remove(name).is_some();
        }
    }

    /// The values, if they were changed since the request began.
    pub(crate) fn take_changes(&self) -> Option<Map<String, Value>> {
        let mut values = self.0.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut values.changed).then(|| values.map.clone())
    }
}

//! Exchanges with systems outside that a test has recorded, and is answered from.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::{AppOsError, Result};

/// Version of the form of the file.
const FORMAT: u32 = 1;

/// Headers of answers that are worth keeping.
pub(super) const KEPT: [&str; 4] = ["content-type", "etag", "link", "retry-after"];

/// One request and its answer. Credentials are no part of it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Exchange {
    /// Reference of the integration.
    pub(super) integration: String,
    pub(super) method: String,
    /// Path and query below the system's base.
    pub(super) path: String,
    /// What was sent: the text, or the digest of what is no text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) sent: String,
    pub(super) status: u16,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) headers: BTreeMap<String, String>,
    /// The body as text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) answer: String,
}

impl Exchange {
    fn is_of(&self, asked: &Self) -> bool {
        (&self.integration, &self.method, &self.path, &self.sent)
            == (&asked.integration, &asked.method, &asked.path, &asked.sent)
    }
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: u32,
    exchanges: Vec<Exchange>,
}

/// A file of exchanges: one that is read, or one that is written.
pub(super) struct Recorded {
    path: PathBuf,
    is_new: bool,
    exchanges: Vec<Exchange>,
    used: Vec<bool>,
}

impl Recorded {
    /// Reads the file; `anew`, or if there is none, one is begun.
    ///
    /// # Errors
    /// The file cannot be read, or is none of exchanges.
    pub(super) fn open(path: &Path, anew: bool) -> Result<Self> {
        let wrong = |what: String| AppOsError::validation(format!("{}: {what}", path.display())).code_is("recording");
        if anew || !path.exists() {
            return Ok(Self { path: path.to_owned(), is_new: true, exchanges: Vec::new(), used: Vec::new() });
        }
        let text = fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
        let file: File = serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
        if file.format != FORMAT {
            return Err(wrong(format!("is of the form {}, which this version cannot read", file.format)));
        }
        let used = vec![false; file.exchanges.len()];
        Ok(Self { path: path.to_owned(), is_new: false, exchanges: file.exchanges, used })
    }

    /// What was answered to this request, each time it is made the next answer; `None`: requests are made, and recorded.
    ///
    /// # Errors
    /// It was not recorded, or not so often (code `not_recorded`).
    pub(super) fn find(&mut self, asked: &Exchange) -> Option<Result<Exchange>> {
        if self.is_new {
            return None;
        }
        let fits = |(exchange, used): (&Exchange, &bool)| !used && exchange.is_of(asked);
        let place = self.exchanges.iter().zip(&self.used).position(fits);
        let found = place.and_then(|place| {
            *self.used.get_mut(place)? = true;
            self.exchanges.get(place).cloned()
        });
        Some(found.ok_or_else(|| {
            AppOsError::integration(format!(
                "{} {} of {} is not recorded in {} with what was sent now, or not so often; run the test with \
                 APPOS_RECORD=1 to record it anew",
                asked.method,
                asked.path,
                asked.integration,
                self.path.display()
            ))
            .code_is("not_recorded")
        }))
    }

    /// Writes an exchange down.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(super) fn add(&mut self, exchange: Exchange) -> Result<()> {
        if !self.is_new {
            return Ok(());
        }
        self.exchanges.push(exchange);
        let file = File { format: FORMAT, exchanges: self.exchanges.clone() };
        let failed = |error: String| {
            AppOsError::execution(format!("{} cannot be written: {error}", self.path.display())).code_is("recording")
        };
        let text = serde_json::to_string_pretty(&file).map_err(|error| failed(error.to_string()))?;
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder).map_err(|error| failed(error.to_string()))?;
        }
        fs::write(&self.path, text + "\n").map_err(|error| failed(error.to_string()))
    }
}

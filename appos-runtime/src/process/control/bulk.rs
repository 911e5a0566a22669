//! The same asked of several instances, each for itself.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::{AppOsError, ErrorKind, Result};
use crate::process::start::Instance;

/// Most instances of which something is asked at once.
const MOST_AT_ONCE: usize = 500;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Steering {
    Retry,
    Resume,
    Cancel,
}

impl Steering {
    /// The one with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "retry" => Some(Self::Retry),
            "resume" => Some(Self::Resume),
            "cancel" => Some(Self::Cancel),
            _ => None,
        }
    }

    /// The name in addresses.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Retry => "retry",
            Self::Resume => "resume",
            Self::Cancel => "cancel",
        }
    }
}

/// What has become of it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Steered {
    pub(crate) instance: Uuid,
    /// Why it was not done; `None`: it is.
    pub(crate) error: Option<NotDone>,
}

/// Why something was not done.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct NotDone {
    pub(crate) code: String,
    pub(crate) message: String,
}

/// Asks it of each of them. What cannot be done with one is done with the others.
///
/// # Errors
/// They are too many (code `invalid_fields`), or the database does not answer.
pub(super) async fn steer(instances: Vec<Uuid>, steering: Steering) -> Result<Vec<Steered>> {
    if instances.len() > MOST_AT_ONCE {
        let wrong = AppOsError::validation("some fields are wrong").code_is("invalid_fields");
        return Err(wrong.field("instances", "too_many", format!("must be {MOST_AT_ONCE} at most")));
    }
    let mut all: Vec<Steered> = Vec::with_capacity(instances.len());
    for id in instances {
        if all.iter().any(|steered| steered.instance == id) {
            continue;
        }
        let instance = Instance { id };
        let done = match steering {
            Steering::Retry => instance.retry().await,
            Steering::Resume => instance.resume().await,
            Steering::Cancel => instance.cancel().await,
        };
        let error = match done {
            Ok(()) => None,
            // Of the one, and not of all.
            Err(error) if is_of_one(&error) => {
                Some(NotDone { code: error.code().to_owned(), message: error.message().to_owned() })
            }
            Err(error) => return Err(error),
        };
        all.push(Steered { instance: id, error });
    }
    Ok(all)
}

fn is_of_one(error: &AppOsError) -> bool {
    error.kind() == ErrorKind::Validation || ["unknown_instance", "denied"].contains(&error.code())
}

//! What the manifest says of processes and steps.

use std::time::Duration;

use serde::Serialize;

use super::descriptor::ObjectDescriptor;
use super::process::{ProcessDescriptor, StepDescriptor};

/// How instances of a process are run.
#[derive(Debug, Serialize)]
pub struct ManifestProcess {
    /// Number of its body.
    pub version: u32,
    /// The process whose older instances it brings to their end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earlier_of: Option<&'static str>,
    /// What an instance is called, with parameters in braces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<&'static str>,
    /// Parameters by which instances can be found.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub search: &'static [&'static str],
    /// How long an instance may take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline_ms: Option<u64>,
    /// When it starts by itself: `0 8 * * * Europe/Berlin`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub schedules: Vec<String>,
    /// With which rows it does: `created crm.records.customer`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub triggers: Vec<String>,
    /// The service account as which it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run_as: Option<&'static str>,
    /// What its body comes by on its way, in order.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub shape: &'static [&'static str],
}

/// What becomes of failures of a step. What is not written is as the platform's settings say.
#[derive(Debug, Serialize)]
pub struct ManifestStep {
    /// How often it is tried again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retries: Option<u32>,
    /// Wait before the first of these tries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backoff_ms: Option<u64>,
    /// Time limit of one try.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout_ms: Option<u64>,
    /// The step that undoes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compensate: Option<&'static str>,
}

impl ManifestProcess {
    pub(super) fn of(process: &ProcessDescriptor) -> Self {
        Self {
            version: process.version,
            earlier_of: process.earlier_of.map(|newer| newer().reference),
            display_name: process.display_name,
            search: process.search,
            deadline_ms: process.deadline.map(milliseconds),
            schedules: process.schedules.iter().map(|times| format!("{} {}", times.cron, times.time_zone)).collect(),
            triggers: process
                .triggers
                .iter()
                .map(|trigger| format!("{} {}", trigger.on.as_str(), (trigger.record)().reference))
                .collect(),
            run_as: process.run_as,
            shape: process.shape,
        }
    }
}

impl ManifestStep {
    pub(super) fn of(object: &ObjectDescriptor, step: &StepDescriptor) -> Self {
        Self {
            retries: step.retries,
            backoff_ms: step.backoff.map(milliseconds),
            timeout_ms: object.timeout.map(milliseconds),
            compensate: step.compensate.map(|other| other().reference),
        }
    }
}

pub(super) fn milliseconds(length: Duration) -> u64 {
    u64::try_from(length.as_millis()).unwrap_or(u64::MAX)
}

//! What the manifest says of connected systems and integrations.

use std::collections::BTreeMap;

use serde::Serialize;

use super::connected_system::ConnectedSystemDescriptor;
use super::descriptor::ObjectDescriptor;
use super::integration::IntegrationDescriptor;
use super::manifest_process::milliseconds;

/// What a connected system is, as its author has written it.
#[derive(Debug, Serialize)]
pub struct ManifestSystem {
    /// What it speaks: `http`, `smtp`.
    pub kind: &'static str,
    /// Its settings, which the platform's may replace.
    pub settings: BTreeMap<&'static str, &'static str>,
    /// Names of the secrets it needs.
    pub secrets: Vec<&'static str>,
}

impl ManifestSystem {
    pub(super) fn of(system: &ConnectedSystemDescriptor) -> Self {
        Self {
            kind: system.kind.as_str(),
            settings: system.settings.iter().copied().collect(),
            secrets: (system.auth)().secrets().into_iter().map(super::Secret::name).collect(),
        }
    }
}

/// Which system an integration calls, and how.
#[derive(Debug, Serialize)]
pub struct ManifestIntegration {
    /// Reference of the connected system.
    pub system: &'static str,
    /// How often it is tried again, where that is safe.
    pub retries: u32,
    /// How long it may take in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout_ms: Option<u64>,
    /// How long one attempt may take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attempt_timeout_ms: Option<u64>,
    /// Logs show what is sent and what is answered.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub log_payload: bool,
}

impl ManifestIntegration {
    pub(super) fn of(object: &ObjectDescriptor, integration: &IntegrationDescriptor) -> Self {
        Self {
            system: (integration.system)().reference,
            retries: integration.retries,
            timeout_ms: object.timeout.map(milliseconds),
            attempt_timeout_ms: integration.attempt_timeout.map(milliseconds),
            log_payload: integration.log_payload,
        }
    }
}

//! What the engine knows of an integration: which system it calls, and what becomes of failures.

use std::time::Duration;

use super::descriptor::{BoxedCall, ObjectDescriptor, Parameter};

/// What is particular to an integration.
#[derive(Debug)]
pub struct IntegrationDescriptor {
    /// Parameters in order.
    pub parameters: &'static [Parameter],
    /// The Rust type it answers with, as written.
    pub returns: &'static str,
    /// The connected system it calls.
    pub system: fn() -> &'static ObjectDescriptor,
    /// How often it is tried again, where that is safe.
    pub retries: u32,
    /// How long one attempt may take; `None`: as the system says.
    pub attempt_timeout: Option<Duration>,
    /// How often it may be called in a time by one program, beside the limit of its system.
    pub rate_limit: Option<(u32, Duration)>,
    /// Most bytes of an answer; `None`: as the system says.
    pub max_response: Option<u64>,
    /// Logs show what is sent and what is answered.
    pub log_payload: bool,
    /// Reads arguments from a JSON object and makes the typed call, which is dispatch.
    pub invoke: fn(serde_json::Value) -> BoxedCall,
}

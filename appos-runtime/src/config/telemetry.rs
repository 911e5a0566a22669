//! Settings of what is told to systems that collect traces.

use std::path::PathBuf;

use secrecy::SecretString;

use super::mistake::Wrong;
use super::platform::PlatformConfig;
use super::value::{Value, text};

/// `telemetry`: traces for systems that collect them.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct TelemetryConfig {
    /// `otlp`: OpenTelemetry.
    pub otlp: OtlpConfig,
}

/// `telemetry.otlp`: executions as spans of OpenTelemetry, to a collector that speaks OTLP.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OtlpConfig {
    /// `endpoint`: address of the collector, without `/v1/traces`; without it, nothing is exported.
    pub endpoint: Option<String>,
    /// `protocol`: how the collector is spoken to: `http/protobuf`.
    pub protocol: OtlpProtocol,
    /// `headers`: headers of each request, such as a key, with commas between them: `name=value,other=value`; from an
    /// environment variable only.
    pub headers: Vec<(String, SecretString)>,
    /// `sample_ratio`: which part of the traces that begin here is exported, from 0 to 1. Of a trace that begins in
    /// another system, that system says whether it is.
    pub sample_ratio: f64,
    /// `service_name`: name of the service; without it, the name of the program.
    pub service_name: Option<String>,
    /// `ca_file`: certificate of the authority (PEM) by which the collector is known, if it is not a public one.
    pub ca_file: Option<PathBuf>,
    /// `queue`: executions that may wait to be exported before some are left out (and counted).
    pub queue: usize,
}

impl Default for OtlpConfig {
    fn default() -> Self {
        Self {
            endpoint: None,
            protocol: OtlpProtocol::default(),
            headers: Vec::new(),
            sample_ratio: 1.0,
            service_name: None,
            ca_file: None,
            queue: 8192,
        }
    }
}

/// How a collector is spoken to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OtlpProtocol {
    /// Protocol buffers over HTTP.
    #[default]
    HttpProtobuf,
}

impl OtlpProtocol {
    /// The word in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::HttpProtobuf => "http/protobuf",
        }
    }
}

pub(super) fn endpoint(config: &mut PlatformConfig, value: Value<'_>) -> Result<(), Wrong> {
    let url = text(value, "endpoint: http://127.0.0.1:4318")?;
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    if rest.is_none_or(|rest| rest.is_empty() || rest.contains(|c: char| c.is_whitespace() || "?#@".contains(c))) {
        return Err(Wrong::new("this is not the address of a collector", "write `endpoint: http://127.0.0.1:4318`"));
    }
    config.telemetry.otlp.endpoint = Some(url.trim_end_matches('/').to_owned());
    Ok(())
}

/// No message shows any part of a value.
pub(super) fn headers(config: &mut PlatformConfig, written: &str) -> Result<(), Wrong> {
    const HELP: &str = "write `name=value`, several with commas between them";
    let mut headers = Vec::new();
    for (place, header) in written.split(',').map(str::trim).filter(|header| !header.is_empty()).enumerate() {
        let wrong = || Wrong::new(format!("header {} is none", place + 1), HELP);
        let (name, value) = header.split_once('=').ok_or_else(wrong)?;
        let (name, value) = (name.trim(), value.trim());
        let is_name =
            !name.is_empty() && name.bytes().all(|sign| sign.is_ascii_alphanumeric() || b"-_.".contains(&sign));
        if !is_name || value.bytes().any(|sign| !matches!(sign, b' '..=b'~')) {
            return Err(wrong());
        }
        headers.push((name.to_ascii_lowercase(), SecretString::from(value)));
    }
    config.telemetry.otlp.headers = headers;
    Ok(())
}

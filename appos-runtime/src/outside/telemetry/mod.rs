//! Executions as spans of OpenTelemetry, for systems that collect traces. Made of what the journal is told, in a thread
//! beside its own: no call waits for it, and none is told of it when nothing is collected.

mod exporter;
mod span;

use std::time::Duration;

use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SpanExporter as _;
use reqwest::Client;
use reqwest::redirect::Policy;
use secrecy::ExposeSecret;

use self::exporter::Exporter;
use super::trust::Trust;
use crate::config::{OtlpConfig, OtlpProtocol};
use crate::error::{AppOsError, Result};
use crate::journal::{EventSink, Sampler};

/// How long a collector may take for one batch, with all attempts.
const PATIENCE: Duration = Duration::from_secs(5);

/// Who the spans are of.
pub(crate) struct Program<'a> {
    pub(crate) name: &'a str,
    pub(crate) version: &'a str,
    pub(crate) environment: &'a str,
}

/// Which traces that begin here are to be recorded. Without a collector, the log records all of them.
pub(crate) fn sampler(config: &OtlpConfig) -> Sampler {
    Sampler::of(if config.endpoint.is_some() { config.sample_ratio } else { 1.0 })
}

/// What hands executions to the collector; `None`: the settings name none.
///
/// # Errors
/// The settings do not fit together, or the certificate of the collector's authority cannot be read (code
/// `wrong_settings`).
pub(crate) fn sink(config: &OtlpConfig, program: &Program<'_>) -> Result<Option<Box<dyn EventSink>>> {
    let Some(endpoint) = &config.endpoint else { return Ok(None) };
    let protocol = match config.protocol {
        OtlpProtocol::HttpProtobuf => Protocol::HttpBinary,
    };
    let headers = config.headers.iter().map(|(name, value)| (name.clone(), value.expose_secret().to_owned()));
    let mut spans = SpanExporter::builder()
        .with_http()
        .with_http_client(client(config)?)
        .with_protocol(protocol)
        .with_endpoint(format!("{}/v1/traces", endpoint.trim_end_matches("/v1/traces")))
        .with_headers(headers.collect())
        .with_timeout(PATIENCE)
        .build()
        // Its text is not shown: it may quote a header.
        .map_err(|_| wrong("the collector cannot be spoken to with these settings"))?;
    let mut resource = Resource::builder_empty()
        .with_service_name(config.service_name.clone().unwrap_or_else(|| program.name.to_owned()))
        .with_attributes(span::resource(program));
    if let Ok(host) = hostname::get() {
        resource = resource.with_attribute(span::host(&host.to_string_lossy()));
    }
    spans.set_resource(&resource.build());
    let exporter = Exporter::start(spans, config.queue, sampler(config))
        .map_err(|error| wrong("the system gives no thread for it").caused_by(error))?;
    Ok(Some(Box::new(exporter)))
}

/// A client that trusts whom the others trust.
fn client(config: &OtlpConfig) -> Result<Client> {
    let ca = match &config.ca_file {
        None => None,
        Some(file) => Some(
            std::fs::read_to_string(file)
                .map_err(|error| wrong(&format!("`ca_file` {} cannot be read", file.display())).caused_by(error))?,
        ),
    };
    let tls = Trust { ca, client: None }.client_config();
    let tls = tls.map_err(|error| wrong("`ca_file` is no certificate").caused_by(error))?;
    Client::builder()
        .tls_backend_preconfigured(tls)
        .no_proxy()
        // The headers are for the collector alone.
        .redirect(Policy::none())
        .timeout(PATIENCE)
        .user_agent(concat!("AppOS/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| wrong("the HTTP client cannot be made").caused_by(error.without_url()))
}

fn wrong(what: &str) -> AppOsError {
    AppOsError::dispatch(format!("`telemetry.otlp`: {what}")).code_is("wrong_settings")
}

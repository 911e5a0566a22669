//! Configuration: `appos.yaml` of a project, `app.yaml` of an app, environment variables.
//!
//! Reading is strict and reports every mistake at once, each with its place and the correct
//! form. Values of secrets are never part of a message.

mod app;
mod app_allow;
mod app_reader;
mod app_theme;
mod connected_systems;
mod environment;
mod files;
#[cfg(fuzzing)]
pub(crate) mod fuzzing;
mod keys;
mod load;
mod logging;
mod mail;
mod metrics;
mod mistake;
mod platform;
mod process;
mod settings;
mod telemetry;
mod ui;
mod value;
mod yaml;

pub use app::{AllowedFinding, AppConfig, GroupConfig, SecurityDefaults, TierDefaults};
pub use app_theme::{Colour, Logo, Theme};
pub use connected_systems::{SystemSettings, SystemsConfig, TlsMode};
pub use files::{FilesConfig, S3Config};
pub use load::{load_platform, process_environment};
pub use logging::{LogLevel, LoggingConfig, NotedStatements, RetentionConfig};
pub use mail::MailConfig;
pub use metrics::MetricsConfig;
#[cfg(feature = "web")]
pub(crate) use mistake::nearest;
pub use mistake::{ConfigErrors, ConfigMistake};
pub use platform::{
    DatabaseConfig, EngineConfig, Migrate, OutboxConfig, PlatformConfig, RateLimitConfig, RedisConfig, SecurityConfig,
    ServerConfig, SessionConfig, SessionStore, SignInConfig, Synchronous,
};
pub use process::{ProcessConfig, Role};
pub use settings::{Setting, settings};
pub use telemetry::{OtlpConfig, OtlpProtocol, TelemetryConfig};
#[doc(hidden)]
pub use ui::{LiveConfig, UiConfig};

/// A length of time as settings write it: `30s`, `1h`, `7d`.
///
/// # Errors
/// What is wrong with it, and the correct form.
#[cfg(feature = "web")]
pub(crate) fn length_of_time(text: &str) -> Result<std::time::Duration, String> {
    value::duration(value::Value::Env(text), "1h").map_err(|wrong| format!("{}: {}", wrong.message, wrong.help))
}

#[cfg(test)]
mod tests;

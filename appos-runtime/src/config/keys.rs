//! The list of settings: dotted path, reader, correct form. Files and environment variables
//! are both read through it, so that neither knows a key that the other does not.

use std::net::{IpAddr, Ipv6Addr};
use std::path::PathBuf;

use chrono_tz::TZ_VARIANTS;
use ipnet::IpNet;
use secrecy::SecretString;

use super::connected_systems::NAMES as SYSTEM_SETTINGS;
use super::logging::{LogLevel, NotedStatements};
use super::metrics;
use super::mistake::{Wrong, nearest, shown};
use super::platform::{Migrate, PlatformConfig, SessionStore, Synchronous};
use super::process::Role;
use super::telemetry::{self, OtlpProtocol};
use super::value::{
    Value, choice, duration, duration_text, is_snake_case, list, names, number, part, size, size_text, text,
    to_snake_case,
};
use crate::registry::canonical_tag;
use crate::vault::BadKey;

/// One setting.
pub(super) struct Key {
    /// Path with dots, such as `logging.retention.security`.
    pub(super) path: &'static str,
    /// The value, as a variable would give it; `None` where there is none, and of a secret.
    pub(super) get: fn(&PlatformConfig) -> Option<String>,
    /// Sets the value, or answers what is wrong with it.
    pub(super) set: fn(&mut PlatformConfig, Value<'_>) -> Vec<Wrong>,
}

/// Every setting.
#[rustfmt::skip] // a table
pub(super) static KEYS: &[Key] = &[
    Key { path: "environment", get: |c| Some(c.environment.clone()), set: |c, v| said(environment(c, v)) },
    Key { path: "language", get: |c| Some(c.language.clone()), set: |c, v| said(language(c, v)) },
    Key { path: "time_zone", get: |c| Some(c.time_zone.to_string()), set: |c, v| said(time_zone(c, v)) },
    Key { path: "role", get: |c| Some(c.role.as_str().to_owned()), set: |c, v| put(&mut c.role, choice(v, &Role::ALL.map(|role| (role.as_str(), role)))) },
    Key { path: "server.host", get: |c| Some(c.server.host.clone()), set: |c, v| said(host(c, v)) },
    Key { path: "server.port", get: |c| Some(c.server.port.to_string()), set: |c, v| put(&mut c.server.port, whole(v, 0, 65_535, "port: 8080")) },
    Key { path: "server.public_url", get: |c| c.server.public_url.clone(), set: |c, v| said(public_url(c, v)) },
    Key { path: "server.allowed_hosts", get: |c| list_text(&c.server.allowed_hosts), set: allowed_hosts },
    Key { path: "server.trusted_proxies", get: |c| list_text(&c.server.trusted_proxies), set: trusted_proxies },
    Key { path: "server.max_connections", get: |c| Some(c.server.max_connections.to_string()), set: |c, v| put(&mut c.server.max_connections, whole(v, 1, 1_000_000, "max_connections: 10000")) },
    Key { path: "server.max_body", get: |c| Some(size_text(c.server.max_body as u64)), set: |c, v| put(&mut c.server.max_body, size(v, 1 << 10, 1 << 30, "max_body: 1 MB")) },
    Key { path: "server.workers", get: |c| c.server.workers.map(|n| n.to_string()), set: |c, v| put(&mut c.server.workers, whole(v, 1, 1024, "workers: 4").map(Some)) },
    Key { path: "server.request_timeout", get: |c| Some(duration_text(c.server.request_timeout)), set: |c, v| put(&mut c.server.request_timeout, duration(v, "request_timeout: 30s")) },
    Key { path: "server.transfer_timeout", get: |c| Some(duration_text(c.server.transfer_timeout)), set: |c, v| put(&mut c.server.transfer_timeout, duration(v, "transfer_timeout: 1h")) },
    Key { path: "server.max_import", get: |c| Some(size_text(c.server.max_import as u64)), set: |c, v| put(&mut c.server.max_import, size(v, 1 << 10, 1 << 40, "max_import: 1 GB")) },
    Key { path: "server.keep_imports", get: |c| Some(duration_text(c.server.keep_imports)), set: |c, v| put(&mut c.server.keep_imports, duration(v, "keep_imports: 1h")) },
    Key { path: "server.shutdown_delay", get: |c| c.server.shutdown_delay.map(duration_text), set: |c, v| put(&mut c.server.shutdown_delay, duration(v, "shutdown_delay: 5s").map(Some)) },
    Key { path: "server.rate_limit.per_user", get: |c| Some(c.server.rate_limit.per_user.to_string()), set: |c, v| put(&mut c.server.rate_limit.per_user, whole(v, 0, 1_000_000, "per_user: 200")) },
    Key { path: "server.rate_limit.per_address", get: |c| Some(c.server.rate_limit.per_address.to_string()), set: |c, v| put(&mut c.server.rate_limit.per_address, whole(v, 0, 1_000_000, "per_address: 400")) },
    Key { path: "database.url", get: |_| None, set: |c, v| said(database_url(c, v)) },
    Key { path: "database.max_connections", get: |c| Some(c.database.max_connections.to_string()), set: |c, v| put(&mut c.database.max_connections, whole(v, 1, 1000, "max_connections: 10")) },
    Key { path: "database.min_connections", get: |c| Some(c.database.min_connections.to_string()), set: |c, v| put(&mut c.database.min_connections, whole(v, 0, 1000, "min_connections: 1")) },
    Key { path: "database.acquire_timeout", get: |c| c.database.acquire_timeout.map(duration_text), set: |c, v| put(&mut c.database.acquire_timeout, duration(v, "acquire_timeout: 5s").map(Some)) },
    Key { path: "database.idle_timeout", get: |c| Some(duration_text(c.database.idle_timeout)), set: |c, v| put(&mut c.database.idle_timeout, duration(v, "idle_timeout: 10m")) },
    Key { path: "database.max_lifetime", get: |c| Some(duration_text(c.database.max_lifetime)), set: |c, v| put(&mut c.database.max_lifetime, duration(v, "max_lifetime: 30m")) },
    Key { path: "database.connect_timeout", get: |c| Some(duration_text(c.database.connect_timeout)), set: |c, v| put(&mut c.database.connect_timeout, duration(v, "connect_timeout: 10s")) },
    Key { path: "database.statement_timeout", get: |c| Some(duration_text(c.database.statement_timeout)), set: |c, v| put(&mut c.database.statement_timeout, duration(v, "statement_timeout: 30s")) },
    Key { path: "database.application_name", get: |c| Some(c.database.application_name.clone()), set: |c, v| put(&mut c.database.application_name, text(v, "application_name: crm").map(str::to_owned)) },
    Key { path: "database.busy_timeout", get: |c| Some(duration_text(c.database.busy_timeout)), set: |c, v| put(&mut c.database.busy_timeout, duration(v, "busy_timeout: 5s")) },
    Key { path: "database.synchronous", get: |c| Some(c.database.synchronous.as_str().to_owned()), set: |c, v| put(&mut c.database.synchronous, choice(v, &[("full", Synchronous::Full), ("normal", Synchronous::Normal)])) },
    Key { path: "database.migrate", get: |c| c.database.migrate.map(|it| it.as_str().to_owned()), set: |c, v| put(&mut c.database.migrate, choice(v, &[("auto", Migrate::Auto), ("check", Migrate::Check)]).map(Some)) },
    Key { path: "database.migrate_lock_timeout", get: |c| Some(duration_text(c.database.migrate_lock_timeout)), set: |c, v| put(&mut c.database.migrate_lock_timeout, duration(v, "migrate_lock_timeout: 5s")) },
    Key { path: "database.migrate_statement_timeout", get: |c| Some(duration_text(c.database.migrate_statement_timeout)), set: |c, v| put(&mut c.database.migrate_statement_timeout, duration(v, "migrate_statement_timeout: 1h")) },
    Key { path: "redis.url", get: |_| None, set: |c, v| said(redis_url(c, v)) },
    Key { path: "redis.prefix", get: |c| Some(c.redis.prefix.clone()), set: |c, v| said(redis_prefix(c, v)) },
    Key { path: "session.timeout", get: |c| Some(duration_text(c.session.timeout)), set: |c, v| put(&mut c.session.timeout, duration(v, "timeout: 8h")) },
    Key { path: "session.absolute_timeout", get: |c| Some(duration_text(c.session.absolute_timeout)), set: |c, v| put(&mut c.session.absolute_timeout, duration(v, "absolute_timeout: 7d")) },
    Key { path: "session.max_per_user", get: |c| c.session.max_per_user.map(|n| n.to_string()), set: |c, v| put(&mut c.session.max_per_user, whole(v, 1, 10_000, "max_per_user: 5").map(Some)) },
    Key { path: "session.store", get: |c| c.session.store.map(|it| it.as_str().to_owned()), set: |c, v| put(&mut c.session.store, choice(v, &[("database", SessionStore::Database), ("redis", SessionStore::Redis)]).map(Some)) },
    Key { path: "sign_in.max_by_account", get: |c| Some(c.sign_in.max_by_account.to_string()), set: |c, v| put(&mut c.sign_in.max_by_account, whole(v, 1, 1000, "max_by_account: 10")) },
    Key { path: "sign_in.max_by_address", get: |c| Some(c.sign_in.max_by_address.to_string()), set: |c, v| put(&mut c.sign_in.max_by_address, whole(v, 1, 1_000_000, "max_by_address: 50")) },
    Key { path: "sign_in.wait", get: |c| Some(duration_text(c.sign_in.wait)), set: |c, v| put(&mut c.sign_in.wait, duration(v, "wait: 15m")) },
    Key { path: "sign_in.reset_valid_for", get: |c| Some(duration_text(c.sign_in.reset_valid_for)), set: |c, v| put(&mut c.sign_in.reset_valid_for, duration(v, "reset_valid_for: 30m")) },
    Key { path: "sign_in.invitation_valid_for", get: |c| Some(duration_text(c.sign_in.invitation_valid_for)), set: |c, v| put(&mut c.sign_in.invitation_valid_for, duration(v, "invitation_valid_for: 7d")) },
    Key { path: "logging.folder", get: |c| Some(c.logging.folder.display().to_string()), set: |c, v| said(folder(c, v)) },
    Key { path: "logging.level", get: |c| Some(c.logging.level.as_str().to_owned()), set: |c, v| said(level(c, v)) },
    Key { path: "logging.queue", get: |c| Some(c.logging.queue.to_string()), set: |c, v| put(&mut c.logging.queue, whole(v, 64, 1 << 22, "queue: 65536")) },
    Key { path: "logging.retention.execution", get: |c| Some(c.logging.retention.execution.to_string()), set: |c, v| put(&mut c.logging.retention.execution, whole(v, 1, 36_500, "execution: 90")) },
    Key { path: "logging.retention.performance", get: |c| Some(c.logging.retention.performance.to_string()), set: |c, v| put(&mut c.logging.retention.performance, whole(v, 1, 36_500, "performance: 30")) },
    Key { path: "logging.retention.security", get: |c| Some(c.logging.retention.security.to_string()), set: |c, v| put(&mut c.logging.retention.security, whole(v, 1, 36_500, "security: 365")) },
    Key { path: "logging.compress_after", get: |c| Some(c.logging.compress_after.to_string()), set: |c, v| put(&mut c.logging.compress_after, whole(v, 0, 36_500, "compress_after: 1")) },
    Key { path: "logging.max_payload", get: |c| Some(size_text(c.logging.max_payload as u64)), set: |c, v| put(&mut c.logging.max_payload, size(v, 64, 1 << 20, "max_payload: 2 KB")) },
    Key { path: "logging.statements", get: |c| Some(c.logging.statements.as_str().to_owned()), set: |c, v| put(&mut c.logging.statements, choice(v, &NotedStatements::ALL.map(|it| (it.as_str(), it)))) },
    Key { path: "logging.slow_query", get: |c| Some(duration_text(c.logging.slow_query)), set: |c, v| put(&mut c.logging.slow_query, duration(v, "slow_query: 200ms")) },
    Key { path: "telemetry.otlp.endpoint", get: |c| c.telemetry.otlp.endpoint.clone(), set: |c, v| said(telemetry::endpoint(c, v)) },
    Key { path: "telemetry.otlp.protocol", get: |c| Some(c.telemetry.otlp.protocol.as_str().to_owned()), set: |c, v| put(&mut c.telemetry.otlp.protocol, choice(v, &[OtlpProtocol::HttpProtobuf].map(|it| (it.as_str(), it)))) },
    Key { path: "telemetry.otlp.headers", get: |_| None, set: |c, v| said(from_outside(v, "APPOS__TELEMETRY__OTLP__HEADERS").and_then(|headers| telemetry::headers(c, headers))) },
    Key { path: "telemetry.otlp.sample_ratio", get: |c| Some(c.telemetry.otlp.sample_ratio.to_string()), set: |c, v| put(&mut c.telemetry.otlp.sample_ratio, part(v, "sample_ratio: 0.1")) },
    Key { path: "telemetry.otlp.service_name", get: |c| c.telemetry.otlp.service_name.clone(), set: |c, v| put(&mut c.telemetry.otlp.service_name, word(v, "service_name: acme").map(Some)) },
    Key { path: "telemetry.otlp.ca_file", get: |c| c.telemetry.otlp.ca_file.as_ref().map(|file| file.display().to_string()), set: |c, v| put(&mut c.telemetry.otlp.ca_file, text(v, "ca_file: /etc/acme/ca.pem").map(|file| Some(file.into()))) },
    Key { path: "telemetry.otlp.queue", get: |c| Some(c.telemetry.otlp.queue.to_string()), set: |c, v| put(&mut c.telemetry.otlp.queue, whole(v, 64, 1 << 20, "queue: 8192")) },
    Key { path: "metrics.interval", get: |c| Some(duration_text(c.metrics.interval)), set: |c, v| put(&mut c.metrics.interval, duration(v, "interval: 1m")) },
    Key { path: "metrics.listen", get: |c| c.metrics.listen.map(|address| address.to_string()), set: |c, v| said(metrics::listen(c, v)) },
    Key { path: "engine.timeout", get: |c| Some(duration_text(c.engine.timeout)), set: |c, v| put(&mut c.engine.timeout, duration(v, "timeout: 30s")) },
    Key { path: "engine.max_depth", get: |c| Some(c.engine.max_depth.to_string()), set: |c, v| put(&mut c.engine.max_depth, whole(v, 1, 1000, "max_depth: 64")) },
    Key { path: "outbox.concurrency", get: |c| Some(c.outbox.concurrency.to_string()), set: |c, v| put(&mut c.outbox.concurrency, whole(v, 0, 1000, "concurrency: 4")) },
    Key { path: "outbox.poll", get: |c| Some(duration_text(c.outbox.poll)), set: |c, v| put(&mut c.outbox.poll, duration(v, "poll: 5s")) },
    Key { path: "outbox.max_attempts", get: |c| Some(c.outbox.max_attempts.to_string()), set: |c, v| put(&mut c.outbox.max_attempts, whole(v, 1, 1000, "max_attempts: 12")) },
    Key { path: "outbox.backoff", get: |c| Some(duration_text(c.outbox.backoff)), set: |c, v| put(&mut c.outbox.backoff, duration(v, "backoff: 1s")) },
    Key { path: "outbox.max_backoff", get: |c| Some(duration_text(c.outbox.max_backoff)), set: |c, v| put(&mut c.outbox.max_backoff, duration(v, "max_backoff: 1h")) },
    Key { path: "outbox.grace", get: |c| Some(duration_text(c.outbox.grace)), set: |c, v| put(&mut c.outbox.grace, duration(v, "grace: 30s")) },
    Key { path: "mail.catch", get: |c| c.mail.catch.map(|catch| catch.to_string()), set: |c, v| put(&mut c.mail.catch, choice(v, &[("true", true), ("false", false)]).map(Some)) },
    Key { path: "mail.system", get: |c| c.mail.system.clone(), set: |c, v| put(&mut c.mail.system, word(v, "system: crm.connected_systems.mailer").map(Some)) },
    Key { path: "process.concurrency", get: |c| Some(c.process.concurrency.to_string()), set: |c, v| put(&mut c.process.concurrency, whole(v, 0, 10_000, "concurrency: 16")) },
    Key { path: "process.poll", get: |c| Some(duration_text(c.process.poll)), set: |c, v| put(&mut c.process.poll, duration(v, "poll: 1s")) },
    Key { path: "process.lease", get: |c| Some(duration_text(c.process.lease)), set: |c, v| put(&mut c.process.lease, duration(v, "lease: 30s")) },
    Key { path: "process.retries", get: |c| Some(c.process.retries.to_string()), set: |c, v| put(&mut c.process.retries, whole(v, 0, 1000, "retries: 3")) },
    Key { path: "process.backoff", get: |c| Some(duration_text(c.process.backoff)), set: |c, v| put(&mut c.process.backoff, duration(v, "backoff: 1s")) },
    Key { path: "process.max_backoff", get: |c| Some(duration_text(c.process.max_backoff)), set: |c, v| put(&mut c.process.max_backoff, duration(v, "max_backoff: 5m")) },
    Key { path: "process.archive_after_months", get: |c| Some(c.process.archive_after_months.to_string()), set: |c, v| put(&mut c.process.archive_after_months, whole(v, 0, 1200, "archive_after_months: 12")) },
    Key { path: "process.keep_archive_months", get: |c| Some(c.process.keep_archive_months.to_string()), set: |c, v| put(&mut c.process.keep_archive_months, whole(v, 0, 1200, "keep_archive_months: 84")) },
    Key { path: "process.health_port", get: |c| c.process.health_port.map(|port| port.to_string()), set: |c, v| put(&mut c.process.health_port, whole(v, 0, 65_535, "health_port: 8081").map(Some)) },
    Key { path: "files.folder", get: |c| c.files.folder.as_ref().map(|folder| folder.display().to_string()), set: |c, v| said(files_folder(c, v)) },
    Key { path: "files.max_size", get: |c| Some(size_text(c.files.max_size)), set: |c, v| put(&mut c.files.max_size, size(v, 1, 1 << 43, "max_size: 100 MB").map(|size| size as u64)) },
    Key { path: "files.abandoned_after", get: |c| Some(duration_text(c.files.abandoned_after)), set: |c, v| put(&mut c.files.abandoned_after, duration(v, "abandoned_after: 10m")) },
    Key { path: "files.sweep", get: |c| Some(duration_text(c.files.sweep)), set: |c, v| put(&mut c.files.sweep, duration(v, "sweep: 1m")) },
    Key { path: "files.s3.bucket", get: |c| c.files.s3.bucket.clone(), set: |c, v| put(&mut c.files.s3.bucket, word(v, "bucket: acme-files").map(Some)) },
    Key { path: "files.s3.region", get: |c| Some(c.files.s3.region.clone()), set: |c, v| put(&mut c.files.s3.region, word(v, "region: eu-central-1")) },
    Key { path: "files.s3.endpoint", get: |c| c.files.s3.endpoint.clone(), set: |c, v| said(s3_endpoint(c, v)) },
    Key { path: "files.s3.prefix", get: |c| c.files.s3.prefix.clone(), set: |c, v| put(&mut c.files.s3.prefix, word(v, "prefix: acme").map(Some)) },
    Key { path: "files.s3.access_key_id", get: |c| c.files.s3.access_key_id.clone(), set: |c, v| put(&mut c.files.s3.access_key_id, word(v, "access_key_id: AKIA…").map(Some)) },
    Key { path: "files.s3.secret_access_key", get: |_| None, set: |c, v| said(s3_secret(c, v)) },
    Key { path: "ui.live.claim", get: |c| Some(duration_text(c.ui.live.claim)), set: |c, v| put(&mut c.ui.live.claim, duration(v, "claim: 15s")) },
    Key { path: "ui.live.grace", get: |c| Some(duration_text(c.ui.live.grace)), set: |c, v| put(&mut c.ui.live.grace, duration(v, "grace: 1m")) },
    Key { path: "ui.live.sleep", get: |c| Some(duration_text(c.ui.live.sleep)), set: |c, v| put(&mut c.ui.live.sleep, duration(v, "sleep: 2s")) },
    Key { path: "ui.live.max_pages", get: |c| Some(c.ui.live.max_pages.to_string()), set: |c, v| put(&mut c.ui.live.max_pages, whole(v, 0, 1_000_000, "max_pages: 5000")) },
    Key { path: "ui.live.max_pages_per_session", get: |c| Some(c.ui.live.max_pages_per_session.to_string()), set: |c, v| put(&mut c.ui.live.max_pages_per_session, whole(v, 1, 10_000, "max_pages_per_session: 20")) },
    Key { path: "ui.live.events_per_second", get: |c| Some(c.ui.live.events_per_second.to_string()), set: |c, v| put(&mut c.ui.live.events_per_second, whole(v, 1, 10_000, "events_per_second: 50")) },
    Key { path: "security.secret_key", get: |_| None, set: |c, v| said(secret_key(c, v)) },
    Key { path: "security.secret_keys_old", get: |_| None, set: |c, v| said(secret_keys_old(c, v)) },
    Key { path: "apps", get: |c| c.apps.as_ref().map(|apps| apps.join(", ")), set: apps },
];

/// What stands below a path.
pub(super) enum Found {
    Setting(&'static Key),
    /// One of a connected system: its app and name, and the setting.
    OfSystem(String, &'static str),
    Section,
    /// Planned for a later version.
    NotYet,
    Nothing,
}

/// Looks up a dotted path.
pub(super) fn find(path: &str) -> Found {
    if let Some(key) = KEYS.iter().find(|key| key.path == path) {
        return Found::Setting(key);
    }
    if let Some(rest) = path.strip_prefix(SYSTEMS) {
        return of_system(rest);
    }
    if !children(path).is_empty() && !path.is_empty() {
        return Found::Section;
    }
    if matches!(path.split('.').next(), Some("process")) { Found::NotYet } else { Found::Nothing }
}

/// The section whose keys are not known here: apps and systems of this program.
const SYSTEMS: &str = "connected_systems";

/// What stands below that section: `.crm.payments.base_url`.
fn of_system(rest: &str) -> Found {
    let parts: Vec<&str> = rest.split('.').skip(1).collect();
    match parts[..] {
        [] | [_] | [_, _] => Found::Section,
        [app, name, setting] => match SYSTEM_SETTINGS.iter().find(|known| **known == setting) {
            Some(known) => Found::OfSystem(format!("{app}.{name}"), known),
            None => Found::Nothing,
        },
        _ => Found::Nothing,
    }
}

/// Names of the keys directly below a section; below "" the top ones.
pub(super) fn children(section: &str) -> Vec<&'static str> {
    if section.strip_prefix(SYSTEMS).is_some_and(|rest| rest.matches('.').count() == 2) {
        return SYSTEM_SETTINGS.to_vec();
    }
    let mut names = Vec::new();
    if section.is_empty() {
        names.push(SYSTEMS);
    }
    for key in KEYS {
        let below = match section {
            "" => Some(key.path),
            _ => key.path.strip_prefix(section).and_then(|rest| rest.strip_prefix('.')),
        };
        let name = below.and_then(|below| below.split('.').next());
        if let Some(name) = name.filter(|name| !names.contains(name)) {
            names.push(name);
        }
    }
    names
}

/// The setting that a wrong dotted path probably means.
pub(super) fn nearest_path(path: &str) -> Option<&'static str> {
    nearest(path, KEYS.iter().map(|key| key.path))
}

/// The mistake of a key of a later version.
pub(super) fn not_yet(name: &str) -> Wrong {
    Wrong::new(format!("`{name}` is not supported yet"), format!("remove `{name}`"))
}

fn put<T>(setting: &mut T, value: Result<T, Wrong>) -> Vec<Wrong> {
    said(value.map(|value| *setting = value))
}

fn said(result: Result<(), Wrong>) -> Vec<Wrong> {
    result.err().into_iter().collect()
}

/// A number in a range that the type has room for.
fn whole<T: TryFrom<u64> + Default>(value: Value<'_>, least: u64, most: u64, example: &str) -> Result<T, Wrong> {
    number(value, least, most, example).map(|number| T::try_from(number).unwrap_or_default())
}

fn environment(config: &mut PlatformConfig, value: Value<'_>) -> Result<(), Wrong> {
    let name = text(value, "environment: dev")?;
    if !is_snake_case(name) {
        let better =
            Some(to_snake_case(name)).filter(|better| is_snake_case(better)).unwrap_or_else(|| "dev".to_owned());
        let message = format!("`{}` is not a name of lower-case letters, digits and underscores", shown(name));
        return Err(Wrong::new(message, format!("write `environment: {better}`")));
    }
    name.clone_into(&mut config.environment);
    Ok(())
}

fn language(config: &mut PlatformConfig, value: Value<'_>) -> Result<(), Wrong> {
    let written = text(value, "language: en")?;
    let Some(tag) = canonical_tag(written) else {
        let message = format!("`{}` is not the name of a language", shown(written));
        return Err(Wrong::new(message, "write `language: en`, or `language: fr-CA`"));
    };
    config.language = tag;
    Ok(())
}

fn time_zone(config: &mut PlatformConfig, value: Value<'_>) -> Result<(), Wrong> {
    let written = text(value, "time_zone: Europe/Berlin")?;
    config.time_zone = written.parse().map_err(|_| {
        let near = nearest(written, TZ_VARIANTS.iter().map(|zone| zone.name()));
        let help = near.map_or_else(|| "Europe/Berlin".to_owned(), str::to_owned);
        let message = format!("`{}` is not the name of a time zone", shown(written));
        Wrong::new(message, format!("write `time_zone: {help}`"))
    })?;
    Ok(())
}

fn host(config: &mut PlatformConfig, value: Value<'_>) -> Result<(), Wrong> {
    let host = text(value, "host: 127.0.0.1")?;
    if host.is_empty() || host.contains(|c: char| c.is_whitespace() || c == '/') {
        let message = format!("`{}` is not an address to listen on", shown(host));
        return Err(Wrong::new(message, "write `host: 127.0.0.1`, or `host: 0.0.0.0` for every network"));
    }
    host.clone_into(&mut config.server.host);
    Ok(())
}

fn public_url(config: &mut PlatformConfig, value: Value<'_>) -> Result<(), Wrong> {
    let url = text(value, "public_url: https://example.com")?;
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    if rest.is_none_or(|rest| rest.is_empty() || rest.contains(|c: char| c.is_whitespace() || "?#@".contains(c))) {
        return Err(Wrong::new("this is not a web address", "write `public_url: https://example.com`"));
    }
    config.server.public_url = Some(url.trim_end_matches('/').to_owned());
    Ok(())
}

/// The address may hold a password: no message shows any part of it.
fn database_url(config: &mut PlatformConfig, value: Value<'_>) -> Result<(), Wrong> {
    const HELP: &str = "write `url: sqlite://.appos/app.db` or `url: postgres://user:password@host/database`";
    let url = text(value, "url: sqlite://.appos/app.db")?;
    let scheme = url.split(':').next().unwrap_or_default();
    let rest = url.get(scheme.len()..).unwrap_or_default();
    let known = match scheme {
        "sqlite" => rest.len() > 1,
        "postgres" | "postgresql" => rest.starts_with("://"),
        _ => false,
    };
    if !known {
        return Err(Wrong::new("the address of the database must begin with `sqlite:` or `postgres://`", HELP));
    }
    config.database.url = SecretString::from(url);
    Ok(())
}

/// What a file of the project may not hold, since everybody who has the project would have it.
fn from_outside<'a>(value: Value<'a>, variable: &str) -> Result<&'a str, Wrong> {
    match value {
        Value::Env(text) => Ok(text),
        Value::Yaml(_) => Err(Wrong::new(
            "a secret key does not belong in a file of the project: whoever has the project would have it",
            format!("set the environment variable `{variable}`, or `{variable}_FILE` to the name of a file outside"),
        )),
    }
}

/// No message shows any part of a key.
fn secret_key(config: &mut PlatformConfig, value: Value<'_>) -> Result<(), Wrong> {
    const HELP: &str = "write `secret_key: …`; `cargo appos secrets key` makes one";
    let key = from_outside(value, "APPOS_SECRET_KEY")?.parse();
    config.security.secret_key = Some(key.map_err(|error: BadKey| Wrong::new(error.to_string(), HELP))?);
    Ok(())
}

fn secret_keys_old(config: &mut PlatformConfig, value: Value<'_>) -> Result<(), Wrong> {
    const HELP: &str = "write `secret_keys_old: …`: keys with commas between them";
    let text = from_outside(value, "APPOS_SECRET_KEYS_OLD")?;
    let keys = text.split([',', '\n']).map(str::trim).filter(|key| !key.is_empty()).map(str::parse);
    config.security.secret_keys_old =
        keys.collect::<Result<_, BadKey>>().map_err(|error| Wrong::new(error.to_string(), HELP))?;
    Ok(())
}

/// The address may hold a password: no message shows any part of it.
fn redis_url(config: &mut PlatformConfig, value: Value<'_>) -> Result<(), Wrong> {
    const HELP: &str = "write `url: redis://user:password@host:6379/0`, or `rediss://` for TLS";
    let url = text(value, "url: redis://127.0.0.1:6379/0")?;
    let host = ["redis://", "rediss://"].iter().find_map(|scheme| url.strip_prefix(scheme));
    if host.is_none_or(|host| host.is_empty() || host.contains(char::is_whitespace)) {
        return Err(Wrong::new("the address of Redis must begin with `redis://` or `rediss://`", HELP));
    }
    config.redis.url = Some(SecretString::from(url));
    Ok(())
}

fn redis_prefix(config: &mut PlatformConfig, value: Value<'_>) -> Result<(), Wrong> {
    let prefix = text(value, "prefix: crm")?;
    if prefix.is_empty() || !prefix.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.:".contains(&byte)) {
        let message = format!("`{}` is not a beginning of names", shown(prefix));
        return Err(Wrong::new(message, "write letters, digits, `_`, `-`, `.` and `:`, such as `prefix: crm`"));
    }
    prefix.clone_into(&mut config.redis.prefix);
    Ok(())
}

fn folder(config: &mut PlatformConfig, value: Value<'_>) -> Result<(), Wrong> {
    let folder = text(value, "folder: .appos")?;
    if folder.is_empty() || folder.contains('\0') {
        return Err(Wrong::new("this is not a folder", "write `folder: .appos`"));
    }
    config.logging.folder = PathBuf::from(folder);
    Ok(())
}

fn files_folder(config: &mut PlatformConfig, value: Value<'_>) -> Result<(), Wrong> {
    let folder = text(value, "folder: .appos/files")?;
    if folder.is_empty() || folder.contains('\0') {
        return Err(Wrong::new("this is not a folder", "write `folder: .appos/files`"));
    }
    config.files.folder = Some(PathBuf::from(folder));
    Ok(())
}

/// A text without spaces.
fn word(value: Value<'_>, example: &str) -> Result<String, Wrong> {
    let written = text(value, example)?;
    if written.is_empty() || written.contains(|sign: char| sign.is_whitespace() || sign.is_control()) {
        return Err(Wrong::new(format!("`{}` is empty or has spaces", shown(written)), format!("write `{example}`")));
    }
    Ok(written.to_owned())
}

fn s3_endpoint(config: &mut PlatformConfig, value: Value<'_>) -> Result<(), Wrong> {
    let url = text(value, "endpoint: https://s3.example.com")?;
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    if rest.is_none_or(|rest| rest.is_empty() || rest.contains(|c: char| c.is_whitespace() || "?#@".contains(c))) {
        return Err(Wrong::new("this is not a web address", "write `endpoint: https://s3.example.com`"));
    }
    config.files.s3.endpoint = Some(url.trim_end_matches('/').to_owned());
    Ok(())
}

/// No message shows any part of the key.
fn s3_secret(config: &mut PlatformConfig, value: Value<'_>) -> Result<(), Wrong> {
    let key = from_outside(value, "APPOS__FILES__S3__SECRET_ACCESS_KEY")?;
    config.files.s3.secret_access_key = Some(SecretString::from(key));
    Ok(())
}

fn level(config: &mut PlatformConfig, value: Value<'_>) -> Result<(), Wrong> {
    use LogLevel::{Debug, Error, Info, Off, Trace, Warn};
    config.logging.level = choice(value, &[Off, Error, Warn, Info, Debug, Trace].map(|level| (level.as_str(), level)))?;
    Ok(())
}

/// A list as a variable has it; an empty one is no value.
fn list_text<T: ToString>(list: &[T]) -> Option<String> {
    let texts: Vec<String> = list.iter().map(T::to_string).collect();
    (!texts.is_empty()).then(|| texts.join(", "))
}

fn allowed_hosts(config: &mut PlatformConfig, value: Value<'_>) -> Vec<Wrong> {
    const EXAMPLE: &str = "allowed_hosts: [acme.internal, 10.0.0.5]";
    let mut wrongs = Vec::new();
    config.server.allowed_hosts = names(value, ("a host", EXAMPLE), is_host, &mut wrongs);
    config.server.allowed_hosts.iter_mut().for_each(|host| host.make_ascii_lowercase());
    wrongs
}

/// True for a name or an address, without a port.
fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.parse::<Ipv6Addr>().is_ok() || (host.len() <= 253 && host.split('.').all(label))
}

fn trusted_proxies(config: &mut PlatformConfig, value: Value<'_>) -> Vec<Wrong> {
    const EXAMPLE: &str = "trusted_proxies: [127.0.0.1, 10.0.0.0/8]";
    let mut wrongs = Vec::new();
    let mut networks = Vec::new();
    for (text, place) in list(value, EXAMPLE, &mut wrongs) {
        match text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from)) {
            Ok(network) => networks.push(network),
            Err(_) => {
                let message = format!("`{}` is neither an address nor a network", shown(&text));
                wrongs.push(Wrong::new(message, format!("write `{EXAMPLE}`")).at(place));
            }
        }
    }
    config.server.trusted_proxies = networks;
    wrongs
}

fn apps(config: &mut PlatformConfig, value: Value<'_>) -> Vec<Wrong> {
    let mut wrongs = Vec::new();
    config.apps = Some(names(value, ("an app", "apps: [crm, billing]"), is_snake_case, &mut wrongs));
    wrongs
}

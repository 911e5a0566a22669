//! Settings of a whole project, as `appos.yaml` and environment variables give them: plain
//! data with defaults.

use std::time::Duration;

use chrono_tz::Tz;
use ipnet::IpNet;
use secrecy::SecretString;

use super::connected_systems::SystemsConfig;
use super::files::FilesConfig;
use super::logging::LoggingConfig;
use super::mail::MailConfig;
use super::metrics::MetricsConfig;
use super::process::{ProcessConfig, Role};
use super::telemetry::TelemetryConfig;
use super::ui::UiConfig;
use crate::vault::Key;

/// Settings of a project.
///
/// ```
/// use appos_runtime::config::PlatformConfig;
/// let config = PlatformConfig::default();
/// assert_eq!((config.environment.as_str(), config.server.port), ("dev", 8080));
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PlatformConfig {
    /// `environment`: name of the environment, such as `dev`, `test` or `prod`; chooses
    /// `appos.<environment>.yaml` and the values of constants.
    pub environment: String,
    /// `language`: language of whoever has chosen none and whose browser asks for none that the platform has.
    pub language: String,
    /// `time_zone`: time zone of whoever has chosen none.
    pub time_zone: Tz,
    /// `role`: what a program does that serves: `web` answers requests, `worker` runs processes and delivers the outbox,
    /// `all` does both. The command line's `--role` goes first.
    pub role: Role,
    /// `server`: the web server.
    pub server: ServerConfig,
    /// `database`: where records live.
    pub database: DatabaseConfig,
    /// `redis`: what several servers of a platform share.
    pub redis: RedisConfig,
    /// `session`: how long somebody stays signed in.
    pub session: SessionConfig,
    /// `sign_in`: attempts to sign in, and links that lead to a password.
    pub sign_in: SignInConfig,
    /// `logging`: the journal and the console log.
    pub logging: LoggingConfig,
    /// `telemetry`: traces for systems that collect them.
    pub telemetry: TelemetryConfig,
    /// `metrics`: what is counted of objects.
    pub metrics: MetricsConfig,
    /// `engine`: limits of executions.
    pub engine: EngineConfig,
    /// `outbox`: what is delivered after a commit.
    pub outbox: OutboxConfig,
    /// `mail`: what becomes of mail, and the platform's own.
    pub mail: MailConfig,
    /// `process`: processes and their workers.
    pub process: ProcessConfig,
    /// `files`: where the files of documents are kept.
    pub files: FilesConfig,
    /// `ui`: screens.
    pub ui: UiConfig,
    /// `security`: the keys of what is kept sealed.
    pub security: SecurityConfig,
    /// `connected_systems`: what this environment says of systems outside, by `app.name`.
    pub connected_systems: SystemsConfig,
    /// `apps`: apps that must be part of the program; `None`: whichever are.
    pub apps: Option<Vec<String>>,
}

impl Default for PlatformConfig {
    fn default() -> Self {
        Self {
            environment: "dev".to_owned(),
            language: "en".to_owned(),
            time_zone: Tz::UTC,
            role: Role::default(),
            server: ServerConfig::default(),
            database: DatabaseConfig::default(),
            redis: RedisConfig::default(),
            session: SessionConfig::default(),
            sign_in: SignInConfig::default(),
            logging: LoggingConfig::default(),
            telemetry: TelemetryConfig::default(),
            metrics: MetricsConfig::default(),
            engine: EngineConfig::default(),
            outbox: OutboxConfig::default(),
            mail: MailConfig::default(),
            process: ProcessConfig::default(),
            files: FilesConfig::default(),
            ui: UiConfig::default(),
            security: SecurityConfig::default(),
            connected_systems: SystemsConfig::new(),
            apps: None,
        }
    }
}

/// `server`: the web server.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ServerConfig {
    /// `host`: address on which to listen.
    pub host: String,
    /// `port`: port on which to listen; 0 lets the system choose. Also the variable `PORT`.
    pub port: u16,
    /// `public_url`: address under which browsers reach the server, without a final slash.
    pub public_url: Option<String>,
    /// `allowed_hosts`: names under which the server answers beside that of `public_url`.
    pub allowed_hosts: Vec<String>,
    /// `trusted_proxies`: addresses and networks whose `X-Forwarded-For`, `X-Forwarded-Proto` and
    /// `X-Forwarded-Host` are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// `rate_limit`: requests of one sender.
    pub rate_limit: RateLimitConfig,
    /// `max_connections`: most connections of clients at the same time.
    pub max_connections: usize,
    /// `max_body`: largest request body in bytes.
    pub max_body: usize,
    /// `workers`: number of server threads; `None`: one per processor.
    pub workers: Option<usize>,
    /// `request_timeout`: time after which a request is given up.
    pub request_timeout: Duration,
    /// `transfer_timeout`: time after which an export or an import is given up.
    pub transfer_timeout: Duration,
    /// `keep_imports`: how long after it was last asked for an import can be asked for.
    pub keep_imports: Duration,
    /// `max_import`: largest file that can be imported, in bytes.
    pub max_import: usize,
    /// `shutdown_delay`: how long a program that is told to end goes on serving while `/ready` answers 503, so that
    /// load balancers look elsewhere first; without it, it ends at once.
    pub shutdown_delay: Option<Duration>,
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            host: "127.0.0.1".to_owned(),
            port: 8080,
            public_url: None,
            allowed_hosts: Vec::new(),
            trusted_proxies: Vec::new(),
            rate_limit: RateLimitConfig::default(),
            max_connections: 10_000,
            max_body: 1 << 20,
            workers: None,
            request_timeout: Duration::from_secs(30),
            transfer_timeout: Duration::from_hours(1),
            keep_imports: Duration::from_hours(1),
            max_import: 1 << 30,
            shutdown_delay: None,
        }
    }
}

/// `server.rate_limit`: how many requests a second are answered, in the long run. Five seconds' worth of them may
/// come at once.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RateLimitConfig {
    /// `per_user`: of one account, by all its sessions and keys; 0: any number.
    pub per_user: u32,
    /// `per_address`: of one address, or one network of IPv6 (`/64`); 0: any number.
    pub per_address: u32,
}

impl Default for RateLimitConfig {
    fn default() -> Self {
        Self { per_user: 200, per_address: 400 }
    }
}

/// `database`: where records live.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DatabaseConfig {
    /// `url`: address of the database, possibly with a password: `sqlite://FILE` or
    /// `postgres://USER:PASSWORD@HOST:PORT/DATABASE`. Also the variable `DATABASE_URL`.
    /// Default: `sqlite://.appos/<name of the project's folder>.db`.
    pub url: SecretString,
    /// `max_connections`: most connections open at the same time.
    pub max_connections: u32,
    /// `min_connections`: connections that stay open also when there is nothing to do.
    pub min_connections: u32,
    /// `acquire_timeout`: how long a call waits for a free connection. `None`: 5 seconds on
    /// PostgreSQL, 30 on SQLite, where all who write wait for one connection.
    pub acquire_timeout: Option<Duration>,
    /// `idle_timeout`: a connection that was not used for this long is closed.
    pub idle_timeout: Duration,
    /// `max_lifetime`: a connection is closed after this time, used or not.
    pub max_lifetime: Duration,
    /// `connect_timeout`: how long a start waits for the server (PostgreSQL).
    pub connect_timeout: Duration,
    /// `statement_timeout`: the server gives a statement up after this time (PostgreSQL).
    pub statement_timeout: Duration,
    /// `application_name`: how the program is called in the server's lists (PostgreSQL).
    pub application_name: String,
    /// `busy_timeout`: how long a statement waits for another program that writes (SQLite).
    pub busy_timeout: Duration,
    /// `synchronous`: when a change counts as stored (SQLite).
    pub synchronous: Synchronous,
    /// `migrate`: what a start does with migrations that the database lacks; `None`: `auto` on
    /// SQLite in the environment `dev`, else `check`.
    pub migrate: Option<Migrate>,
    /// `migrate_lock_timeout`: how long a migration waits for a table that is in use, while those
    /// who come later wait behind it.
    pub migrate_lock_timeout: Duration,
    /// `migrate_statement_timeout`: longest statement of a migration.
    pub migrate_statement_timeout: Duration,
}

impl Default for DatabaseConfig {
    fn default() -> Self {
        Self {
            url: "sqlite://.appos/appos.db".into(),
            max_connections: 10,
            min_connections: 1,
            acquire_timeout: None,
            idle_timeout: Duration::from_mins(10),
            max_lifetime: Duration::from_mins(30),
            connect_timeout: Duration::from_secs(10),
            statement_timeout: Duration::from_secs(30),
            application_name: "appos".to_owned(),
            busy_timeout: Duration::from_secs(5),
            synchronous: Synchronous::Full,
            migrate: None,
            migrate_lock_timeout: Duration::from_secs(5),
            migrate_statement_timeout: Duration::from_hours(1),
        }
    }
}

/// What a start does with migrations that the database lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Migrate {
    /// Applies them.
    Auto,
    /// Refuses to start and names them.
    Check,
}

impl Migrate {
    /// The word in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Check => "check",
        }
    }
}

/// When a change counts as stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Synchronous {
    /// On the disk: survives a power failure.
    #[default]
    Full,
    /// With the system: faster; a power failure may undo the last changes, never corrupt.
    Normal,
}

impl Synchronous {
    /// The word in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Normal => "normal",
        }
    }
}

/// `redis`: what several servers of a platform share.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RedisConfig {
    /// `url`: address of the server, possibly with a password: `redis://USER:PASSWORD@HOST:PORT/NUMBER`,
    /// or `rediss://` with TLS. Also the variable `REDIS_URL`. `None`: the platform runs without.
    pub url: Option<SecretString>,
    /// `prefix`: how the names of all keys and channels begin, so that platforms can share a server.
    pub prefix: String,
}

impl Default for RedisConfig {
    fn default() -> Self {
        Self { url: None, prefix: "appos".to_owned() }
    }
}

/// Where sessions are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionStore {
    /// In the platform's database.
    Database,
    /// In Redis.
    Redis,
}

impl SessionStore {
    /// The word in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Database => "database",
            Self::Redis => "redis",
        }
    }
}

/// `session`: how long somebody stays signed in.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SessionConfig {
    /// `timeout`: a session ends when it was not used for this long.
    pub timeout: Duration,
    /// `absolute_timeout`: a session ends after this time, used or not.
    pub absolute_timeout: Duration,
    /// `max_per_user`: sessions a user may have; a further sign-in ends the oldest. `None`:
    /// no limit.
    pub max_per_user: Option<u32>,
    /// `store`: where sessions are kept. `None`: in Redis if `redis.url` names one, else in the
    /// database.
    pub store: Option<SessionStore>,
}

impl Default for SessionConfig {
    fn default() -> Self {
        Self {
            timeout: Duration::from_hours(8),
            absolute_timeout: Duration::from_hours(7 * 24),
            max_per_user: None,
            store: None,
        }
    }
}

/// `sign_in`: attempts to sign in, and links that lead to a password.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SignInConfig {
    /// `max_by_account`: failed attempts after which an account has to wait, whether or not there
    /// is one of this name.
    pub max_by_account: u32,
    /// `max_by_address`: failed attempts after which an address has to wait.
    pub max_by_address: u32,
    /// `wait`: the time in which attempts are counted, and for which one has to wait.
    pub wait: Duration,
    /// `reset_valid_for`: how long a link to a new password leads there.
    pub reset_valid_for: Duration,
    /// `invitation_valid_for`: how long an invitation can be accepted.
    pub invitation_valid_for: Duration,
}

impl Default for SignInConfig {
    fn default() -> Self {
        Self {
            max_by_account: 10,
            max_by_address: 50,
            wait: Duration::from_mins(15),
            reset_valid_for: Duration::from_mins(30),
            invitation_valid_for: Duration::from_hours(7 * 24),
        }
    }
}

/// `engine`: limits of executions.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct EngineConfig {
    /// `timeout`: time limit of an execution that names none of its own.
    pub timeout: Duration,
    /// `max_depth`: most executions within each other.
    pub max_depth: u16,
}

impl Default for EngineConfig {
    fn default() -> Self {
        Self { timeout: Duration::from_secs(30), max_depth: 64 }
    }
}

/// `outbox`: what is delivered after a commit.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OutboxConfig {
    /// `concurrency`: deliveries that this program makes at the same time; 0: none, others do.
    pub concurrency: usize,
    /// `poll`: how often it looks for what other programs have left, or have not finished.
    pub poll: Duration,
    /// `max_attempts`: attempts after which a delivery is put aside.
    pub max_attempts: u32,
    /// `backoff`: wait after the first attempt that failed; each further wait is twice as long.
    pub backoff: Duration,
    /// `max_backoff`: longest wait between two attempts.
    pub max_backoff: Duration,
    /// `grace`: how long past its time limit an attempt may be without an end before its program
    /// counts as dead and another one begins.
    pub grace: Duration,
}

impl Default for OutboxConfig {
    fn default() -> Self {
        Self {
            concurrency: 4,
            poll: Duration::from_secs(5),
            max_attempts: 12,
            backoff: Duration::from_secs(1),
            max_backoff: Duration::from_hours(1),
            grace: Duration::from_secs(30),
        }
    }
}

/// `security`: the keys of what is kept sealed. From variables only: they are no part of a project.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct SecurityConfig {
    /// `secret_key`: the key that seals; `None`: in `dev` a file in the project's folder has it.
    pub secret_key: Option<Key>,
    /// `secret_keys_old`: keys that only open what they have sealed, until all is sealed anew.
    pub secret_keys_old: Vec<Key>,
}

//! Settings of the logs.

use std::path::PathBuf;
use std::time::Duration;

/// `logging`: the journal and the console log.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LoggingConfig {
    /// `folder`: where `logs/` is written; relative to the folder of `appos.yaml`.
    pub folder: PathBuf,
    /// `level`: what the console log shows.
    pub level: LogLevel,
    /// `queue`: events that may wait to be written before some are lost (and counted).
    pub queue: usize,
    /// `retention`: days after which log files are deleted.
    pub retention: RetentionConfig,
    /// `compress_after`: days after which log files are compressed, as gzip does; 0: never.
    pub compress_after: u32,
    /// `max_payload`: most bytes of a call's arguments, and of its result, in a log line.
    pub max_payload: usize,
    /// `statements`: which SQL statements stand in the log with the call that sent them: `all`, only those that were
    /// `slow`, or `none`. Their text is there without values.
    pub statements: NotedStatements,
    /// `slow_query`: from which time on a statement is slow: it is marked, and told on the console log.
    pub slow_query: Duration,
}

impl Default for LoggingConfig {
    fn default() -> Self {
        Self {
            folder: PathBuf::from(".appos"),
            level: LogLevel::Info,
            queue: 65_536,
            retention: RetentionConfig::default(),
            compress_after: 1,
            max_payload: 2048,
            statements: NotedStatements::default(),
            slow_query: Duration::from_millis(200),
        }
    }
}

/// `logging.retention`: days after which log files are deleted.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RetentionConfig {
    /// `execution`: calls, arguments, results, errors.
    pub execution: u32,
    /// `performance`: durations and queries.
    pub performance: u32,
    /// `security`: denials, sign-ins, changes of grants.
    pub security: u32,
}

impl Default for RetentionConfig {
    fn default() -> Self {
        Self { execution: 90, performance: 30, security: 365 }
    }
}

/// What the console log shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogLevel {
    /// Nothing.
    Off,
    /// What needs attention.
    Error,
    /// What may need attention.
    Warn,
    /// What happens.
    #[default]
    Info,
    /// What happens, in detail.
    Debug,
    /// Everything.
    Trace,
}

impl LogLevel {
    /// The word in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }
}

/// Which statements stand in the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NotedStatements {
    /// Each, up to a bound for each call.
    #[default]
    All,
    /// Those that took long.
    Slow,
    /// None of them.
    None,
}

impl NotedStatements {
    /// All of them.
    pub(super) const ALL: [Self; 3] = [Self::All, Self::Slow, Self::None];

    /// The word in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Slow => "slow",
            Self::None => "none",
        }
    }
}

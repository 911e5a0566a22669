//! What the program says on its own log, as opposed to the journal.

use std::io::IsTerminal;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::LogLevel;

/// Prints warnings and errors of the program on standard error.
pub(super) fn install(level: LogLevel) {
    let level = match level {
        LogLevel::Off => LevelFilter::OFF,
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    };
    // Already set by a test or by the author: theirs stays.
    let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(colours);
    // The libraries below speak of themselves only when something is wrong with them, or when
    // everything is asked for.
    let libraries = if level >= LevelFilter::DEBUG { level } else { level.min(LevelFilter::WARN) };
    let targets = Targets::new().with_default(level).with_targets(
        ["actix_server", "actix_http", "actix_web", "sqlx", "sea_orm", "hyper"].map(|library| (library, libraries)),
    );
    let _ = tracing_subscriber::registry().with(lines).with(targets).try_init();
}

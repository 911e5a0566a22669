//! What the program says on its own log, as opposed to the journal.

use tracing_subscriber::filter::LevelFilter;

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
    let _ = tracing_subscriber::fmt().with_max_level(level).with_writer(std::io::stderr).try_init();
}

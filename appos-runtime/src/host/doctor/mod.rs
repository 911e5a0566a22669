//! `__doctor`: what is wrong around a platform, looked for without starting it. `cargo appos
//! doctor` calls it.
//!
//! Settings are judged by those who read them at a start; nothing is judged here a second time.

mod clock;
mod database;
mod files;
mod folders;
mod names;
mod port;
mod processes;
mod systems;

pub(super) use files::DoctorArguments;
use serde::Serialize;

use super::check;
use super::start::{PlatformDescriptor, migrate_at_start};
use crate::config::{ConfigMistake, PlatformConfig};
use crate::registry::Registry;

/// Version of the form of the answer.
const FORMAT: u32 = 1;

/// How something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Ok,
    Warning,
    Failed,
}

/// One thing that was looked at.
#[derive(Debug, Serialize)]
struct Check {
    /// Stable name of what was looked at.
    name: &'static str,
    status: Status,
    /// What was found.
    found: String,
    /// How to mend it; "" if nothing is to be.
    help: String,
}

impl Check {
    fn ok(name: &'static str, found: impl Into<String>) -> Self {
        Self { name, status: Status::Ok, found: found.into(), help: String::new() }
    }

    fn warning(name: &'static str, found: impl Into<String>, help: impl Into<String>) -> Self {
        Self { name, status: Status::Warning, found: found.into(), help: help.into() }
    }

    fn failed(name: &'static str, found: impl Into<String>, help: impl Into<String>) -> Self {
        Self { name, status: Status::Failed, found: found.into(), help: help.into() }
    }
}

#[derive(Serialize)]
struct Answer {
    format: u32,
    checks: Vec<Check>,
}

/// Looks at everything, and answers in JSON. While settings are wrong, what stands in them is not
/// looked at: a default in its place would mislead.
///
/// # Errors
/// The answer cannot be written.
pub(super) async fn examine(
    config: &PlatformConfig,
    mistakes: &[ConfigMistake],
    descriptor: &PlatformDescriptor,
    asked: DoctorArguments,
) -> Result<String, String> {
    let mut checks = settings(mistakes);
    checks.extend(objects());
    if mistakes.is_empty() {
        checks.extend(database::examine(config, descriptor.migrations, migrate_at_start(config)).await);
        checks.extend(processes::examine(config).await);
        checks.extend(systems::examine(config).await);
        checks.extend(files::examine(config, asked).await);
        checks.extend(folders::examine(config));
        checks.extend(clock::examine(config));
        checks.push(port::examine(&config.server));
        checks.extend(names::examine(&config.server));
    }
    serde_json::to_string(&Answer { format: FORMAT, checks }).map_err(|error| error.to_string())
}

fn settings(mistakes: &[ConfigMistake]) -> Vec<Check> {
    if mistakes.is_empty() {
        return vec![Check::ok("settings", "can be read")];
    }
    let checks = mistakes.iter().map(|mistake| {
        let place = match (mistake.line, mistake.column) {
            (Some(line), Some(column)) => format!("{}:{line}:{column}", mistake.file),
            (Some(line), None) => format!("{}:{line}", mistake.file),
            _ => mistake.file.clone(),
        };
        let help = mistake.help.clone().unwrap_or_default();
        Check::failed("settings", format!("{place}: {}", mistake.message), help)
    });
    let skipped = "database, folders, clock and port were not looked at: they stand in the settings";
    checks.chain([Check::warning("settings", skipped, "mend the settings, and call this again")]).collect()
}

fn objects() -> Vec<Check> {
    let registry = Registry::global();
    let problems = check::in_words(registry);
    if problems.is_empty() {
        return vec![Check::ok("objects", format!("{} fit together", registry.objects().len()))];
    }
    let help = "`cargo appos check` shows the places";
    problems.lines().map(|problem| Check::failed("objects", problem, help)).collect()
}

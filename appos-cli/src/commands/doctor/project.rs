//! What the project says: whether it builds, and what its program finds around itself.

use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::Deserialize;
use serde_json::Value as Json;

use super::finding::Finding;
use crate::project::ask::{ask, program};
use crate::project::built::{built, last_built};
use crate::project::fingerprint::source_files;
use crate::project::locate::Platform;
use crate::terminal::Terminal;

/// How far in the future a file may lie before cargo is misled by it.
const AHEAD: Duration = Duration::from_mins(1);

/// Builds the project, and asks its program.
pub(super) fn findings(terminal: Terminal, platform: &Platform, files: (bool, bool)) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(future(platform));
    // Cargo shows its own progress, if there is anything to build.
    terminal.progress("");
    let asked = match built(platform) {
        Ok(built) => {
            findings.push(Finding::ok("build", format!("`{}` builds", platform.package)));
            Some(built.program)
        }
        Err(failure) => {
            terminal.progress("");
            let help = if failure.is_of_build() { "mend what the compiler says above" } else { failure.help() };
            findings.push(Finding::failed("build", failure.message(), help));
            last_built(platform)
        }
    };
    let Some(asked) = asked else {
        findings.push(Finding::skipped("program", "there is none: settings, database, folders, clock and port"));
        return findings;
    };
    terminal.progress(&format!("asking {}", platform.package));
    findings.extend(of_program(platform, &asked, files));
    findings
}

fn of_program(platform: &Platform, asked: &Path, (files, repair): (bool, bool)) -> Vec<Finding> {
    let mut question = program(platform, asked, "__doctor");
    for (flag, name) in [(files, "--files"), (repair, "--repair")] {
        if flag {
            question.arg(name);
        }
    }
    let answer = match ask(question, None) {
        Ok(answer) => answer,
        Err(failure) => return vec![Finding::failed("program", failure.message(), failure.help())],
    };
    let checks = answer.get("checks").cloned().unwrap_or(Json::Null);
    Vec::<Finding>::deserialize(checks)
        .unwrap_or_else(|error| vec![Finding::failed("program", format!("its answer cannot be read: {error}"), "")])
}

/// Sources from the future: cargo builds them each time, or never again.
fn future(platform: &Platform) -> Option<Finding> {
    let now = SystemTime::now();
    let ahead = source_files(platform).into_iter().find(|(file, _)| {
        let time = std::fs::metadata(file).and_then(|data| data.modified());
        time.is_ok_and(|time| time.duration_since(now).is_ok_and(|ahead| ahead > AHEAD))
    });
    let (file, _) = ahead?;
    let shown = file.strip_prefix(&platform.workspace).unwrap_or(&file).display().to_string();
    Some(Finding::warning(
        "sources",
        format!("{shown} was changed in the future, so cargo cannot tell whether it is new"),
        format!("set the clock, then `touch {shown}`"),
    ))
}

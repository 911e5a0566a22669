//! Settings and objects that keep a platform from starting, as its own program tells them.

use std::path::Path;

use crate::check::codes::{CONTRADICTION, ROUTES, SETTINGS};
use crate::check::finding::{Finding, Place};
use crate::check::subject::{Mistake, Problem, Subject};
use crate::impact::Position;
use crate::terminal::Failure;

#[expect(clippy::unnecessary_wraps, reason = "all rules have one shape")]
pub(super) fn what_a_start_would_refuse(subject: &Subject<'_>) -> Result<Vec<Finding>, Failure> {
    let mut findings: Vec<Finding> =
        subject.refusals.mistakes.iter().map(|mistake| setting(subject, mistake)).collect();
    findings.extend(subject.refusals.problems.iter().map(|problem| objects(subject, problem)));
    Ok(findings)
}

fn setting(subject: &Subject<'_>, mistake: &Mistake) -> Finding {
    let help = mistake.help.as_deref().unwrap_or_default();
    // Relative names are those of the project's folder.
    let file = subject.platform.folder().join(Path::new(&mistake.file));
    if !file.is_file() {
        return Finding::new(SETTINGS, format!("{}: {}", mistake.file, mistake.message), help);
    }
    let at = mistake.line.map(|line| Position { line, column: mistake.column.unwrap_or(1) });
    let place = Place { file: subject.shown(&file), at };
    Finding::new(SETTINGS, mistake.message.clone(), help).at(Some(place))
}

fn objects(subject: &Subject<'_>, problem: &Problem) -> Finding {
    let code = if problem.about == "route" { ROUTES } else { CONTRADICTION };
    let (app, object) = (problem.object.split('.').next().unwrap_or_default(), problem.object.as_str());
    let named = problem.field.as_ref().map_or_else(|| object.to_owned(), |field| format!("{object}.{field}"));
    let place = match &problem.field {
        Some(field) => subject.field_place(object, field),
        None => subject.place(object),
    };
    Finding::new(code, format!("{named}: {}", problem.message), problem.help.clone()).at(place).of_object(app, object)
}

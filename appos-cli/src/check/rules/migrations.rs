//! Changes of records that no migration makes yet.

use crate::check::codes::MIGRATIONS;
use crate::check::finding::{Finding, Place};
use crate::check::subject::Subject;
use crate::commands::migrate::{Pending, pending as changes};
use crate::terminal::Failure;

pub(super) fn pending(subject: &Subject<'_>) -> Result<Vec<Finding>, Failure> {
    let help = "run `cargo appos migrate`";
    let finding = match changes(subject.platform, subject.program)? {
        Pending::Nothing => return Ok(Vec::new()),
        Pending::Changes(changes) => {
            let message = format!("no migration makes what the records need: {}", changes.join("; "));
            Finding::new(MIGRATIONS, message, help)
        }
        Pending::Contradiction(failure) => Finding::new(MIGRATIONS, failure.message(), failure.help()),
    };
    let file = subject.platform.folder().join("migrations").join("snapshot.json");
    let place = file.is_file().then(|| Place { file: subject.shown(&file), at: None });
    Ok(vec![finding.at(place)])
}

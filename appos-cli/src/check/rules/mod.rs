//! One question a file. A rule reads the subject and answers with findings.

mod crates;
mod lock;
mod migrations;
mod plurals;
mod processes;
mod records;
mod start;
mod texts;
mod translations;
mod unused;

use super::finding::Finding;
use super::subject::Subject;
use crate::terminal::Failure;

/// A question about a project.
pub(super) type Rule = fn(&Subject<'_>) -> Result<Vec<Finding>, Failure>;

/// All of them.
pub(super) const ALL: &[Rule] = &[
    start::what_a_start_would_refuse,
    crates::foreign_crates,
    texts::unknown_texts,
    records::without_display,
    records::open_secrets,
    translations::missing,
    plurals::unlike_their_language,
    unused::unused_objects,
    migrations::pending,
    lock::out_of_date,
    processes::changed_bodies,
];

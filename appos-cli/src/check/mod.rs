//! What is wrong with a project beside what the compiler says: findings with a code, a place, a
//! reason and the correct form.
//!
//! `rules` has a file a question; each looks at the `Subject` and reports, none changes anything.

mod allow;
mod bodies;
mod codes;
mod finding;
mod lock;
mod report;
mod rules;
mod source;
mod subject;
mod walls;

pub(crate) use bodies::{FILE as BODIES_FILE, in_words as bodies_in_words};
pub(crate) use codes::{ALL, Code, by_name};
pub(crate) use lock::{FILE, in_words as lock_in_words};
pub(crate) use report::Report;

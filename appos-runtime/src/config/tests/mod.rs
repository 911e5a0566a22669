//! Good files are read; every kind of mistake has its exact place and help.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod app;
mod environment;
mod platform;

use super::ConfigErrors;

/// Mistakes as `line:column message | help`.
fn lines(errors: &ConfigErrors) -> Vec<String> {
    let place = |number: Option<usize>| number.map_or_else(|| "-".to_owned(), |number| number.to_string());
    errors
        .0
        .iter()
        .map(|mistake| {
            let help = mistake.help.as_deref().unwrap_or_default();
            format!("{}:{} {} | {help}", place(mistake.line), place(mistake.column), mistake.message)
        })
        .collect()
}

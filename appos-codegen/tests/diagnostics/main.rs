//! Mistakes as values: the token, the message and the help, all of one item at once.

#[path = "../support/mod.rs"]
mod support;

mod app;
mod attributes;
mod choices;
mod connected_system;
mod constant;
mod expression_rule;
mod filing;
mod integration;
mod process;
mod record;
mod record_fields;
mod screens;
mod test;
mod translation_set;
mod web_api;

/// Token, message, help.
type Expected<'a> = (&'a str, &'a str, &'a str);

/// Expands the item and compares everything that was found wrong, in order.
#[track_caller]
fn check(source: &str, expected: &[Expected<'_>]) {
    compare(&support::expand_source(source, &support::project()).diagnostics, expected);
}

#[track_caller]
fn compare(diagnostics: &[appos_codegen::Diagnostic], expected: &[Expected<'_>]) {
    let found: Vec<(String, &str, &str)> = diagnostics
        .iter()
        .map(|found| (found.source_text().unwrap_or_default(), found.message(), found.help()))
        .collect();
    let found: Vec<Expected<'_>> =
        found.iter().map(|(token, message, help)| (token.as_str(), *message, *help)).collect();
    assert_eq!(found, expected);
}

/// The item is correct.
#[track_caller]
fn accept(source: &str) {
    check(source, &[]);
}

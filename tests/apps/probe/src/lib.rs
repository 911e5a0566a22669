//! An app with everything the tests of AppOS need to call.

#[macro_use]
extern crate appos;

app!();

//! An app of the corpus that uses another. A comment that begins with `~` is a label: it
//! says which object its line uses, and how; with `~^` the line above, with `~v` the line below.
//! A line without a label uses none.
#![allow(missing_docs, clippy::all, clippy::pedantic, unused)]
// What is asked of the compiler does not depend on what it is told here.
#![deny(deprecated)]

#[macro_use]
extern crate appos;

app!();

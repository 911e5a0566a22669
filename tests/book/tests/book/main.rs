//! The book under `docs/`: every block of code on its pages is compiled or run, every link leads
//! somewhere, and what can be read from the code is generated from it.
//!
//! `APPOS_BLESS=1` rewrites generated pages, and the output of commands and answers of requests that
//! differ; look at the difference before you commit it. `APPOS_BOOK=cookbook/bulk` runs the pages of
//! that name only.

mod console;
mod http;
mod json;
mod own;
mod page;
mod project;
mod prose;
mod reference;
mod server;
mod shared;
mod transcript;
mod yaml;

use std::path::PathBuf;

/// The folder of this repository.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the workspace").to_owned()
}

/// True if what differs is to be rewritten.
fn blessing() -> bool {
    std::env::var_os("APPOS_BLESS").is_some_and(|value| value == "1")
}

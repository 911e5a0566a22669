//! `cargo appos` as the pages of the book call it. A test knows the place of a program of its own
//! package only; this is the same program as `cargo-appos`.

use std::process::ExitCode;

fn main() -> ExitCode {
    appos_cli::run(std::env::args_os())
}

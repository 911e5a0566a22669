//! `cargo appos`: everything is in the library, so that tests can call it.

use std::process::ExitCode;

fn main() -> ExitCode {
    appos_cli::run(std::env::args_os())
}

//! The program of a platform: what `platform!()` makes of `main`.

mod caller;
mod check;
mod console;
mod doctor;
mod main;
mod migrate;
mod operator;
mod outside;
mod process;
mod secret_key;
mod secrets;
mod sight;
mod start;
mod system_databases;
pub mod testing;
mod user;
mod why;
mod worker;

pub use main::run_platform;
pub use start::{FirstStart, PlatformDescriptor};

//! Runs the real program in a folder of its own and talks to it as a client does.

// Each test file uses a part of this.
#![allow(dead_code)]

pub mod axe;
mod client;
pub mod database;
mod logs;
mod page;
mod platform;
mod prepared;
pub mod pypi;

#[allow(unused_imports)]
pub use client::{Answer, Client, Method};
#[allow(unused_imports)]
pub use logs::{Line, Logs, lines};
#[allow(unused_imports)]
pub use page::{Page, Sent};
#[allow(unused_imports)]
pub use platform::{Platform, SECRET_KEY, acme, ended, signal};
#[allow(unused_imports)]
pub use prepared::{PASSWORD, Prepared, prepared, user};

//! Connected systems and integrations, against servers on this machine.

mod certificates;
mod failures;
mod limits;
mod provider;
#[path = "../support/pypi.rs"]
mod pypi;
mod recordings;
mod redirects;
mod remote;
mod requests;
mod secrets;
mod support;

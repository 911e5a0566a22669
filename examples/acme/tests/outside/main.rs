//! Connected systems and integrations, against servers on this machine.

mod failures;
mod limits;
mod recordings;
mod redirects;
mod remote;
mod requests;
mod secrets;
mod support;

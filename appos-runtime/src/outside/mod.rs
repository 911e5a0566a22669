//! The world outside: connected systems, what apps send to them, and what guards the way there.
//!
//! Nothing here knows of HTTP servers or screens. A system is described by an object of the app;
//! where it stands and which networks it may lie in, the platform's settings may change; its credentials are
//! kept sealed. Whoever wants to speak to a system has been asked whether he may use it.

mod address;
mod credential;
mod endpoint;
pub mod http;
mod rules;
mod settings;
mod stand_in;
mod systems;
mod trust;

pub(crate) use stand_in::StandIns;
pub(crate) use systems::{Systems, system_mistakes};

//! The AppOS engine: registry, security, dispatch, records, logs and the web adapter.
//!
//! Applications depend on the `appos` facade, which re-exports what they need. The core
//! (everything but `record`, `web` and `host`) builds without a database and without a web
//! server, so that tools can share the registry's types cheaply.

// The platform uses its own objects; only uses by others are asked for.
#![cfg_attr(feature = "impact", allow(deprecated))]

// Reading order: what an object is, who may call it, the context of a call, the record of a
// call, the call itself; then what is built on calls.
#[doc(hidden)]
pub mod codegen_support;
pub mod config;
pub mod engine;
pub mod error;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
#[cfg(feature = "web")]
pub mod host;
pub mod journal;
#[cfg(feature = "db")]
pub mod migration;
pub mod model;
#[cfg(feature = "web")]
mod monitoring;
#[cfg(feature = "db")]
mod nodes;
#[cfg(feature = "web")]
pub mod outside;
#[cfg(feature = "db")]
pub mod platform;
#[cfg(feature = "db")]
pub mod process;
#[cfg(feature = "web")]
mod question;
#[cfg(feature = "db")]
pub mod record;
pub mod registry;
pub mod security;
pub mod state;
#[cfg(feature = "web")]
pub mod ui;
pub mod value;
pub mod vault;
#[cfg(feature = "web")]
mod web;
#[cfg(feature = "web")]
pub mod web_api;

pub use error::{AppOsError, ErrorKind, FieldError, Result};
#[cfg(feature = "web")]
pub use web::{OwnRoute, ProblemType, own_routes, problem_types};

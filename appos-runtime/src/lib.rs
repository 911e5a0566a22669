//! The AppOS engine: registry, security, dispatch, records, logs and the web adapter.
//!
//! Applications depend on the `appos` facade, which re-exports what they need. The core
//! (everything but `record`, `web` and `host`) builds without a database and without a web
//! server, so that tools can share the registry's types cheaply.

// Reading order: what an object is, who may call it, the context of a call, the record of a
// call, the call itself; then what is built on calls.
pub mod error;
pub mod value;
pub mod registry;
pub mod config;
pub mod model;
pub mod security;
pub mod state;
pub mod journal;
pub mod engine;
#[cfg(feature = "db")]
pub mod record;
#[cfg(feature = "db")]
pub mod platform;
#[cfg(feature = "web")]
pub mod web;
#[cfg(feature = "web")]
pub mod host;
#[doc(hidden)]
pub mod codegen_support;

pub use error::{AppOsError, ErrorKind, FieldError, Result};

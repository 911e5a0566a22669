//! What a body knows of its call: who, where, since when, until when.

mod context;
mod queries;
mod scope;
mod session;

pub use context::Ctx;
pub use queries::QueryCount;
#[cfg(feature = "web")]
pub(crate) use scope::new_execution_id;
pub use scope::{AppInfo, RequestInfo, Scope, ScopeBuilder, User};
pub use session::Session;

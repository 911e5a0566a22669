//! What a body knows of its call: who, where, since when, until when.

mod clock;
mod context;
mod preferences;
mod queries;
mod scope;
mod session;
#[cfg(feature = "db")]
mod statements;
mod variables;

pub use clock::Clock;
pub use context::Ctx;
pub use preferences::{ChosenPreferences, DateStyle, Density, NumberStyle, Preferences, Theme};
pub use queries::QueryCount;
pub use scope::{AppInfo, Delivery, RequestInfo, Scope, ScopeBuilder, User};
#[cfg(feature = "db")]
pub(crate) use scope::{Origin, new_execution_id};
pub use session::Session;
#[cfg(feature = "db")]
pub(crate) use statements::{note_statement, statement_text};
#[cfg(feature = "db")]
pub(crate) use variables::KeepsVariables;
pub use variables::{Variables, Visibility};

//! The record service: the only code that holds a database connection. Every entry of it is
//! a dispatch of the record's object.

mod aggregate;
mod answered;
mod audit;
mod bells;
#[cfg(feature = "web")]
mod bulk;
mod by_id;
mod calling;
mod cascade;
#[cfg(feature = "web")]
mod check;
mod connect;
mod cursor;
mod databases;
mod decode;
mod dependents;
mod dialect;
mod entry;
#[cfg(feature = "web")]
mod examine;
#[cfg(feature = "web")]
mod expand;
mod external;
mod fault;
mod feed;
mod fields;
#[cfg(fuzzing)]
pub(crate) mod fuzzing;
mod guard;
#[cfg(feature = "web")]
mod import;
mod input;
mod listing;
mod migrate;
mod month;
mod nested;
mod number;
mod pages;
mod schema;
mod select;
mod sent;
mod service;
mod soft_delete;
mod store;
#[cfg(feature = "web")]
mod table_counts;
#[cfg(feature = "web")]
mod test_database;
mod told;
mod transaction;
pub(crate) mod typed;
mod unchecked;
mod validate;
mod visible;
#[cfg(feature = "web")]
mod watched;
mod write;
#[cfg(feature = "web")]
mod write_many;

#[cfg(feature = "web")]
pub(crate) use audit::ACTIONS;
pub use audit::{AuditChange, AuditEntry};
#[cfg(feature = "web")]
pub(crate) use bulk::{Operation, Written, bulk, version_required};
#[cfg(feature = "web")]
pub(crate) use cascade::referring;
#[cfg(feature = "web")]
pub(crate) use check::{authorize, check};
#[cfg(feature = "web")]
pub(crate) use connect::is_there;
pub(crate) use cursor::column_type;
pub(crate) use databases::SystemDatabases;
#[cfg(feature = "web")]
pub(crate) use dialect::PoolUse;
pub(crate) use dialect::{Dialect, GivenType, Monthly, Parts, SetUp};
#[cfg(feature = "web")]
pub(crate) use examine::{OLDEST_POSTGRES, ServerTime, database_file, examine};
#[cfg(feature = "web")]
pub(crate) use expand::{Expanded, Expansion, expand};
pub(crate) use fault::{database_fault, is_not_unique};
#[cfg(feature = "web")]
pub(crate) use feed::Look;
pub(crate) use feed::instance_changed;
pub(crate) use fields::Readable;
pub(crate) use guard::{Change, Guarding, Held, WriteGuard};
#[cfg(feature = "web")]
pub(crate) use import::{Imported, Line, LineError, Lookup, Plan, Source, import};
#[cfg(feature = "web")]
pub(crate) use input::can_stay_untouched;
pub(crate) use input::{FileValues, Input};
pub(crate) use listing::Listing;
#[doc(hidden)]
pub use migrate::MigrationTrial;
pub(crate) use migrate::Migrator;
#[cfg(feature = "web")]
pub(crate) use migrate::history_leads_to_records;
pub(crate) use month::Month;
pub(crate) use nested::MAX_RELATED;
pub(crate) use pages::pages;
pub use schema::SchemaError;
pub(crate) use service::{count, create, delete, get, list, restore, timeline, update};
pub use store::Store;
pub(crate) use store::platform_rows;
#[cfg(feature = "web")]
pub(crate) use test_database::{create_database, drop_database};
pub(crate) use transaction::forget_access_at_commit;
pub(crate) use transaction::is_open;
pub use transaction::transaction;
#[cfg(feature = "web")]
pub(crate) use validate::sentence;

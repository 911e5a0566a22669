//! Migrations: how the tables of a project change from one version to the next.
//!
//! What a migration does is recorded as data, followed in thought through the whole history,
//! planned for one database, and only then carried out. That is why it can be shown as SQL, why
//! SQLite's tables can be copied, and why `up`, `down` and the live database can be compared.
//! Code outside of migrations cannot make a [`Schema`] that reaches a database.

mod access;
mod alteration;
mod checks;
mod column;
mod convert;
mod creation;
mod described;
mod dialect;
mod drift;
mod fault;
mod history;
mod literal;
mod live;
mod mysql;
pub(crate) mod names;
mod operation;
mod plan;
mod postgres;
mod runner;
mod schema;
mod sqlite;
mod table;
mod trial;

use fault::fault;

pub use access::{DataAccess, DataRow};
pub use column::{Column, ColumnKind, ForeignKey};
pub(crate) use creation::{Words, addition, creation, indexing, missing_references};
pub(crate) use described::{description, missing, tables, tables_of, unique_indexes};
pub use dialect::Dialect;
pub use history::{History, Migration};
pub use literal::Literal;
pub use operation::{Change, Code, Operation};
pub(crate) use runner::{Down, Limits, Runner, State};
pub use schema::{Alteration, Schema};
pub use table::{Index, Table, Tables};
#[doc(hidden)]
pub use trial::Trial;

//! AppOS: the application platform for internal tools, back offices and workflows.
//!
//! A developer writes ordinary Rust with one attribute per object; AppOS makes of it tables,
//! a typed query API, REST routes with an OpenAPI document, permissions checked at every call,
//! and a record of every execution.
//!
//! ```text
//! #[record(display = "name", view = ["crm_users"], create = ["crm_admins"])]
//! pub struct Customer {
//!     #[validate(length(min = 1, max = 120))]
//!     name: String,
//!     orders: Many<Order>,
//! }
//!
//! #[expression_rule(description = "Calculate customer lifetime value")]
//! async fn customer_ltv(customer_id: Id<Customer>) -> Result<Decimal> {
//!     let orders = records::Order::query().customer(customer_id).all().await?;
//!     Ok(orders.iter().map(|order| order.total).sum())
//! }
//! ```
//!
//! # The tour
//!
//! 1. An app is a crate: `#[macro_use] extern crate appos;` and [`app!`] in its `lib.rs`, an
//!    `app.yaml` beside its `Cargo.toml`.
//! 2. Its objects are items with an attribute: [`macro@record`], [`macro@choices`],
//!    [`macro@expression_rule`], [`macro@constant`], [`macro@process`], [`macro@step`], [`macro@translation_set`]. No `use`
//!    lines: the [`prelude`], the app's namespaces and the names of other apps are in scope.
//! 3. A platform is a binary: [`platform!`] in `main.rs` names its apps.
//! 4. Every call of an object is a dispatch: authorized for the caller's principal, limited,
//!    recorded. In a body, `ctx` tells who is calling and in which execution.
//! 5. What it does is tested where it is written: [`macro@test`].

// The macros write `::appos::…`; inside this crate that is the crate itself.
extern crate self as appos;

pub mod prelude;

#[doc = include_str!("docs/app.md")]
pub use appos_macros::app;
#[doc = include_str!("docs/choices.md")]
pub use appos_macros::choices;
#[doc = include_str!("docs/connected_system.md")]
pub use appos_macros::connected_system;
#[doc = include_str!("docs/constant.md")]
pub use appos_macros::constant;
#[doc = include_str!("docs/expression_rule.md")]
pub use appos_macros::expression_rule;
#[doc = include_str!("docs/integration.md")]
pub use appos_macros::integration;
#[doc = include_str!("docs/interface.md")]
pub use appos_macros::interface;
#[doc = include_str!("docs/page.md")]
pub use appos_macros::page;
#[doc = include_str!("docs/platform.md")]
pub use appos_macros::platform;
#[doc = include_str!("docs/process.md")]
pub use appos_macros::process;
#[doc = include_str!("docs/record.md")]
pub use appos_macros::record;
#[doc = include_str!("docs/site.md")]
pub use appos_macros::site;
#[doc = include_str!("docs/step.md")]
pub use appos_macros::step;
#[doc = include_str!("docs/text.md")]
pub use appos_macros::t;
#[doc = include_str!("docs/test.md")]
pub use appos_macros::test;
#[doc = include_str!("docs/translation_set.md")]
pub use appos_macros::translation_set;
#[doc = include_str!("docs/web_api.md")]
pub use appos_macros::web_api;

#[doc(hidden)]
pub use appos_runtime::codegen_support;
pub use appos_runtime::{AppOsError, ErrorKind, FieldError, Result};
pub use appos_runtime::{assert_denied, assert_invalid};

/// What tests of an app need. [`macro@test`] brings the [`prelude`](testing::prelude) into scope.
pub mod testing {
    /// Somebody to act as, a clock to move, and words for what is expected.
    pub mod prelude {
        pub use appos_runtime::host::testing::{
            advance, as_administrator, as_anonymous, as_user, calls_of, fail_integration, fail_step, fake_integration,
            fake_step, history, open_page, outbox_idle, processes_idle, recorded, set_time,
        };
        pub use appos_runtime::{assert_denied, assert_invalid};
    }

    #[doc(hidden)]
    pub use appos_runtime::config::Migrate;
    pub use appos_runtime::config::{PlatformConfig, SystemSettings, TlsMode};
    pub use appos_runtime::host::testing::TestPlatform;
    #[doc(hidden)]
    pub use appos_runtime::host::testing::write;
    pub use appos_runtime::host::testing::{Length, Moment, OpenedPage, Outcome};
    pub use appos_runtime::journal::{Journal, JournalSettings};
    pub use appos_runtime::state::Scope;
}

#[doc = include_str!("docs/migrations.md")]
pub mod migration {
    pub use appos_runtime::migration::{
        Alteration, Column, ColumnKind, DataAccess, DataRow, Dialect, Literal, Migration, Schema, Table,
    };
}

/// What tools and benchmarks read of a running platform.
pub mod registry {
    pub use appos_runtime::registry::{Manifest, ObjectDescriptor, ObjectKind, Registry};
    pub use appos_runtime::security::{Decision, Permission, Reason};
}

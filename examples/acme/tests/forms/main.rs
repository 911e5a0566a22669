//! The generated screens of a row as a browser without script uses them: detail, create, edit, delete.

#[path = "../support/mod.rs"]
mod support;

mod create;
mod edit;
mod page;
mod remove;
mod secure;

use page::{Form, Page};
use support::prepared;

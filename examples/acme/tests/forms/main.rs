//! The generated screens of a row in a browser, without script and with it: detail, create, edit, delete.

#[path = "../../../../appos-cli/tests/dev/browser.rs"]
mod browser;
#[path = "../support/mod.rs"]
mod support;

mod create;
mod edit;
mod live;
mod page;
mod remove;
mod secure;

use page::{Form, Page};
use support::prepared;

//! What browsers, proxies and strangers can do to a server, whichever database it has: once, on SQLite.

#[path = "../support/mod.rs"]
mod support;

#[allow(dead_code, reason = "other tests need more of it")]
#[path = "../outside/remote.rs"]
mod remote;

mod csrf;
mod headers;
mod hosts;
mod limits;
mod logo;
mod mail;
mod metrics;
mod proxies;
mod raw;
mod ready;
mod redirects;
mod settings;
mod traces;
mod transfers;
mod web_apis;

const CUSTOMERS: &str = "/api/crm/v1/customers";
const USERS: &str = "/api/platform/v1/users";
const MEMBERSHIPS: &str = "/api/platform/v1/memberships";

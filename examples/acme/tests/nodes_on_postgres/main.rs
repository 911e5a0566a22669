//! Three servers of one platform, on one PostgreSQL and one Redis: what is changed on one holds on
//! all, soon, and whatever is wrong with Redis.

#[path = "../support/mod.rs"]
mod support;

mod cluster;
mod faults;
mod forged;
mod hammer;
mod pages;
mod revocation;
mod sessions;
mod silence;
#[path = "../live/socket.rs"]
mod socket;

const CUSTOMERS: &str = "/api/crm/v1/customers?limit=1";

//! What the routes of records promise beyond single rows, asked of the real program over HTTP.

#[path = "../support/mod.rs"]
mod support;

mod activities;
mod bulk;
mod export;
mod hooks;
mod idempotency;
mod import;
mod imports;
mod nested;
mod parts;
mod processes;
mod questions;

use serde_json::{Value as Json, json};
use support::Client;

const CUSTOMERS: &str = "/api/crm/v1/customers";
const CONTACTS: &str = "/api/crm/v1/contacts";
const ORDERS: &str = "/api/crm/v1/orders";
const ACCOUNTS: &str = "/api/billing/v1/accounts";

/// Adds a customer, and gives its row.
async fn customer(client: &Client, name: &str) -> Json {
    let new = json!({ "name": name, "email": format!("{name}@acme.example"), "city": "Ghent" });
    client.post(CUSTOMERS, new).await.is(201).body
}

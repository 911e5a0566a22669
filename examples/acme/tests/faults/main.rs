//! What is left when the program, the database server or the disk fails while clients write.

#[path = "../support/mod.rs"]
mod support;

mod full_disk;
mod hung;
mod kill;
mod load;
mod migration;
mod restart;
mod stop;

use serde_json::json;
use support::{Client, PASSWORD, Platform};

/// A record with an audit log.
const GROUPS: &str = "/api/platform/v1/groups";
/// Name of the setting of the database's address.
const ADDRESS: &str = "APPOS__DATABASE__URL";

/// The administrator of a platform that was never set up.
async fn administrator(platform: &Platform) -> Client {
    let mut admin = platform.client();
    let token = platform.token.clone().expect("a token");
    let account = json!({ "token": token, "email": "ada@acme.example", "name": "Ada", "password": PASSWORD });
    let made = admin.post("/auth/setup", account).await.is(201);
    admin.keep(&made);
    admin
}

//! The program is told to end while calls of the outbox are being made.

use std::path::Path;

use serde_json::{Value as Json, json};
use throwaway_postgres::{Durability, Server};

use super::support::{Line, Platform, lines};
use super::{ADDRESS, administrator};

/// So many calls, one after the other, take longer than telling the program to end.
const ORDERS: usize = 600;

/// How many calls of the rule have been made, all of them well.
fn made(folder: &Path) -> usize {
    let lines = lines(&folder.join(".appos/logs"), "execution");
    let is_call =
        |line: &&Line| line.text("object_ref") == "crm.rules.order_changed" && line.text("operation") == "call";
    let calls: Vec<&Line> = lines.iter().filter(is_call).collect();
    assert!(calls.iter().all(|call| call.text("outcome") == "ok"), "{calls:?}");
    calls.len()
}

/// One call at a time, in the order in which they were asked for.
async fn ends_well(address: Option<&str>) {
    let mut variables = vec![("APPOS__OUTBOX__CONCURRENCY", "1")];
    variables.extend(address.map(|address| (ADDRESS, address)));
    let mut platform = Platform::start_in(tempfile::tempdir().expect("a temporary folder"), &variables);
    let admin = administrator(&platform).await;
    let order = |number: usize| json!({ "number": format!("S-{number}"), "ordered_on": "2024-05-01", "total": "100" });
    let orders: Vec<Json> = (0..ORDERS).map(order).collect();
    let customer = json!({ "name": "Large", "email": "large@acme.example", "orders": orders });
    let customer = admin.post("/api/crm/v1/customers", customer).await.is(201).id();
    let mut changes = Vec::new();
    let mut path = format!("/api/crm/v1/orders?limit=200&filter[customer]={customer}");
    loop {
        let page = admin.get(&path).await.is(200).body;
        let rows = page["rows"].as_array().expect("rows");
        changes.extend(
            rows.iter().map(|row| json!({ "update": { "id": row["id"], "version": 1, "status": "completed" } })),
        );
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/crm/v1/orders?limit=200&filter[customer]={customer}&cursor={next}");
    }
    assert_eq!(changes.len(), ORDERS);
    admin.post("/api/crm/v1/orders/bulk", json!({ "operations": changes })).await.is(200);
    assert!(platform.terminate().success(), "the program ends well");
    let before = made(platform.folder());
    assert!(before < ORDERS, "it was told to end while calls were being made");

    let platform = Platform::start_in(platform.into_folder_of_ended(), &variables);
    let again = platform.client().with_session(admin.session.as_deref().expect("a session"));
    // One more, which is called last: when it has been, so have all before it.
    let other = json!({ "name": "Later", "email": "later@acme.example", "orders": [{ "number": "L", "ordered_on": "2024-05-01", "total": "90000" }] });
    let other = again.post("/api/crm/v1/customers", other).await.is(201).id();
    let last = again.get(&format!("/api/crm/v1/orders?filter[customer]={other}")).await.is(200).column("id")[0].clone();
    let change = json!({ "version": 1, "status": "completed" });
    again.patch(&format!("/api/crm/v1/orders/{last}"), change).await.is(200);
    let tier = async |id: i64| again.get(&format!("/api/crm/v1/customers/{id}")).await.is(200).body["tier"].clone();
    while tier(other).await != "gold" {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(tier(customer).await, "gold");
    let folder = platform.into_folder();
    assert_eq!(made(folder.path()), ORDERS + 1, "nothing is lost, and nothing made twice ({before} before the end)");
}

#[tokio::test]
async fn on_sqlite_deliveries_come_to_their_end_and_the_rest_is_made_after_the_next_start() {
    ends_well(None).await;
}

#[tokio::test]
async fn on_postgres_deliveries_come_to_their_end_and_the_rest_is_made_after_the_next_start() {
    let server = Server::start(Durability::None);
    ends_well(Some(&server.database())).await;
}

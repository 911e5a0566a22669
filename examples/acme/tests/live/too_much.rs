//! Whoever floods, or does not read, harms themselves alone: others are served meanwhile, and within their own limits.

use std::time::Duration;

use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use super::socket::{Heard, Socket};
use super::support::prepared;
use super::{CUSTOMERS, live};

#[tokio::test]
async fn many_sockets_that_flood_at_once_do_not_hold_up_somebody_who_works() {
    let prepared = prepared(&[]).await;
    let (mut bystander, _) = live(&prepared, &prepared.sales, CUSTOMERS).await;
    let mut floods = Vec::new();
    for _ in 0..8 {
        let mut socket = Socket::of(&prepared.platform, &prepared.admin).await;
        floods.push(tokio::spawn(async move {
            for _ in 0..2_000 {
                socket.raw(Message::text("[\"go\",1,\"/crm/orders\"]")).await;
            }
            socket.closed().await
        }));
    }
    // Each step is answered, whatever the others do.
    for number in 1..=10 {
        let path = if number % 2 == 0 { CUSTOMERS } else { "/crm/orders" };
        bystander.say(&json!(["go", number, path])).await;
        bystander.until(|heard| heard["h"].as_u64() >= Some(number)).await;
        bystander.say(&json!(["ack", number])).await;
    }
    for flood in floods {
        let end = flood.await.expect("it ends");
        assert!(matches!(end, Heard::Closed(4429) | Heard::Lost), "{end:?}");
    }
    // Who flooded is let in again, as anybody is.
    let (mut again, _) = live(&prepared, &prepared.admin, CUSTOMERS).await;
    again.say(&json!(["ping"])).await;
    again.until(|heard| *heard == json!(["pong"])).await;
}

#[tokio::test]
async fn pages_that_wait_for_the_database_do_not_keep_it_from_each_other() {
    // What nobody else gives back in time never comes here.
    let few = [("APPOS__DATABASE__MAX_CONNECTIONS", "3"), ("APPOS__DATABASE__ACQUIRE_TIMEOUT", "10m")];
    let prepared = prepared(&few).await;
    let admin = &prepared.admin;
    let group = admin.post("/api/platform/v1/groups", json!({ "name": "guests" })).await.is(201).id();
    let grant = json!({ "group": group, "pattern": "crm.records.contact", "permission": "view" });
    let mut pages = Vec::new();
    for _ in 0..12 {
        pages.push(live(&prepared, admin, CUSTOMERS).await.0);
    }
    for round in 0..5 {
        let name = format!("Changed {round}");
        // All ask for their rows, and meanwhile whether they still may.
        admin.change("/api/crm/v1/customers/1", json!({ "name": "On its way" })).await.is(200);
        tokio::time::sleep(Duration::from_millis(320)).await;
        for _ in 0..3 {
            let id = admin.post("/api/platform/v1/object_permissions", grant.clone()).await.is(201).id();
            admin.delete(&format!("/api/platform/v1/object_permissions/{id}")).await.is(204);
        }
        admin.change("/api/crm/v1/customers/1", json!({ "name": name })).await.is(200);
        for page in &mut pages {
            let frame = page.until(|heard| heard.to_string().contains(&name)).await;
            page.say(&json!(["ack", frame["s"]])).await;
        }
    }
}

#[tokio::test]
async fn somebody_who_reads_nothing_while_rows_change_does_not_hold_up_who_reads() {
    let prepared = prepared(&[("APPOS__UI__LIVE__EVENTS_PER_SECOND", "10000")]).await;
    let (mut reader, _) = live(&prepared, &prepared.sales, CUSTOMERS).await;
    // Takes nothing off its connection, and asks for more and more.
    let mut stuck = Vec::new();
    for _ in 0..3 {
        let (mut socket, _) = live(&prepared, &prepared.admin, CUSTOMERS).await;
        for number in 1..=200 {
            let path = if number % 2 == 0 { CUSTOMERS } else { "/crm/orders" };
            socket.say(&json!(["go", number, path])).await;
        }
        stuck.push(socket);
    }
    for number in 0..3 {
        let name = format!("Changed {number}");
        prepared.admin.change("/api/crm/v1/customers/1", json!({ "name": name })).await.is(200);
        reader.until(|heard| heard.to_string().contains(&name)).await;
    }
    drop(stuck);
}

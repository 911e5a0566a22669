//! Whoever floods, or does not read, harms themselves alone: others are served meanwhile, and within their own limits.

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

//! Many who change the same row and others at once, each over a socket of their own.

use serde_json::{Value as Json, json};

use super::socket::Socket;
use super::support::{Client, PASSWORD, Page, Prepared, prepared};
use super::{CUSTOMERS, live};

const EDIT: &str = "/crm/customers/3/edit";
const ROW: &str = "/api/crm/v1/customers/3";
/// Changes of the one row by each.
const TIMES: u64 = 5;

/// Sends the form of a row; true if it was written, false if somebody else was first.
async fn send(socket: &mut Socket, number: u64, fields: &[(String, String)]) -> bool {
    socket.say(&json!(["form", number, EDIT, fields])).await;
    loop {
        let heard = socket.text().await;
        let handled = heard["h"].as_u64().or_else(|| if heard[0] == "ok" { heard[1].as_u64() } else { None });
        if handled.is_some_and(|handled| handled >= number) {
            return heard["u"][0].as_str().is_some_and(|to| to.contains("note=saved"));
        }
    }
}

/// Adds one to a number in the row, again and again.
async fn adds(prepared: &Prepared, client: &Client) -> u64 {
    let (mut socket, _) = live(prepared, client, EDIT).await;
    let (mut number, mut written, mut late) = (0, 0, 0);
    while written < TIMES {
        let page = Page::of(&client.read(EDIT).await).is(200);
        // A server that is busy sends the page before its data: whoever has no script asks again.
        if page.has("main .ao-skeleton") && !page.has("main form.ao-form") {
            late += 1;
            assert!(late < 30, "its data never comes");
            continue;
        }
        let form = page.form("main form.ao-form");
        let before = form.fields.iter().find(|(name, _)| name == "phone").map(|(_, text)| text.parse::<u64>());
        let before = before.expect("a field").expect("a number");
        number += 1;
        if send(&mut socket, number, &form.with("phone", &(before + 1).to_string()).fields).await {
            written += 1;
        }
    }
    number
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_anybody_has_written_is_lost_and_all_pages_show_it() {
    let prepared = prepared(&[]).await;
    prepared.admin.change(ROW, json!({ "phone": "0" })).await.is(200);
    let mut all = vec![prepared.admin.clone(), prepared.sales.clone()];
    for _ in 0..2 {
        let mut client = prepared.platform.client();
        client.sign_in("sales@acme.example", PASSWORD).await.is(200);
        all.push(client);
    }
    // Each has a list open meanwhile, on which others change further rows.
    let mut lists: Vec<Socket> = Vec::new();
    for client in &all {
        lists.push(live(&prepared, client, "/crm/customers?sort=id&columns=name,phone,city").await.0);
    }
    let others = async {
        for id in 4..14 {
            let path = format!("/api/crm/v1/customers/{id}");
            prepared.admin.change(&path, json!({ "city": format!("City {id}") })).await.is(200);
        }
    };
    let (tried, ()) = tokio::join!(
        async {
            tokio::join!(
                adds(&prepared, &all[0]),
                adds(&prepared, &all[1]),
                adds(&prepared, &all[2]),
                adds(&prepared, &all[3])
            )
        },
        others
    );
    let written = TIMES * all.len() as u64;
    let row = prepared.admin.get(ROW).await.is(200).body;
    assert_eq!(row["phone"], json!(written.to_string()), "each has counted on from the one before; tried: {tried:?}");

    // What is written last is the last that each of them shows, and stands with all the rest in one drawing of its rows.
    prepared.admin.change(ROW, json!({ "city": "The end" })).await.is(200);
    let mut last: Vec<Json> = Vec::new();
    for list in &mut lists {
        let frame = list.until(|heard| heard.is_object() && heard.to_string().contains("The end")).await;
        last.push(frame["e"].clone());
    }
    let page = Page::of(&prepared.admin.read("/crm/customers?sort=id&columns=name,phone,city").await).is(200);
    assert!(page.column("City").contains(&"City 13".to_owned()), "{:?}", page.column("City"));
    assert!(page.column("Phone").contains(&written.to_string()), "{:?}", page.column("Phone"));
    prepared.admin.get(CUSTOMERS).await.is(200);
}

//! What is taken away is off the socket at once: nothing of a row is sent once the call that takes it has answered.
//! What comes first is told by a witness, whose page still shows the rows.

use std::time::Duration;

use serde_json::{Value as Json, json};

use super::socket::{Heard, Socket};
use super::support::{Client, Prepared, prepared, user};
use super::{CUSTOMERS, live, opened};

const ROW: &str = "/api/crm/v1/customers/1";
/// A text of a row that is written after its reader has lost it.
const SECRET: &str = "Written afterwards";
/// Part of a page whose object its reader may not see.
const GONE: &str = "There is nothing at this address";
/// Longest time for which a page stays open whose session has ended.
const SOON: Duration = Duration::from_secs(1);

/// Changes a row, and waits until a page that may show it has been told.
async fn change(prepared: &Prepared, witness: &mut Socket) {
    prepared.admin.change(ROW, json!({ "name": SECRET })).await.is(200);
    witness.until(|heard| heard.to_string().contains(SECRET)).await;
}

/// Everything that is said until it is closed, which has to be soon.
async fn rest(socket: &mut Socket) -> (Vec<Json>, Heard) {
    let mut said = Vec::new();
    loop {
        match tokio::time::timeout(SOON, socket.next()).await.expect("the socket is closed soon") {
            Heard::Text(text) => said.push(text),
            end => return (said, end),
        }
    }
}

/// A page whose session ends by what is done here says no more of any row, and is closed.
async fn ends(prepared: &Prepared, client: &Client, end: impl AsyncFnOnce()) {
    let (mut witness, _) = live(prepared, &prepared.admin, CUSTOMERS).await;
    let (mut socket, page) = live(prepared, client, CUSTOMERS).await;
    end().await;
    change(prepared, &mut witness).await;
    let (said, end) = rest(&mut socket).await;
    assert_eq!(end, Heard::Closed(4401));
    assert!(!said.iter().any(|said| said.to_string().contains(SECRET)), "{said:?}");
    // Nor is it given to whoever has kept the name of the page and the cookie.
    let again = super::socket::asked(&prepared.platform, client.session.as_deref(), Some(&prepared.platform.url)).await;
    if let Ok(mut again) = again {
        again.say(&json!(["hi", page, 0])).await;
        let (said, _) = rest(&mut again).await;
        assert!(!said.iter().any(|said| said.to_string().contains(SECRET)), "{said:?}");
    }
}

#[tokio::test]
async fn a_session_that_somebody_ends_hears_of_no_row_any_more() {
    let prepared = prepared(&[]).await;
    let id = prepared.admin.id_of("sales").await;
    ends(&prepared, &prepared.sales, async || {
        prepared.admin.rule("end_sessions", json!({ "user": id })).await.is(200);
    })
    .await;
}

#[tokio::test]
async fn one_of_several_sessions_that_its_user_ends_hears_of_no_row_any_more() {
    let prepared = prepared(&[]).await;
    let mut here = prepared.platform.client();
    here.sign_in("sales@acme.example", super::support::PASSWORD).await.is(200);
    let (mut kept, _) = live(&prepared, &here, CUSTOMERS).await;
    ends(&prepared, &prepared.sales, async || {
        let all = here.get("/auth/sessions").await.is(200).body;
        let other = all["rows"].as_array().expect("rows").iter().find(|row| row["current"] == false).expect("another");
        let path = format!("/auth/sessions/{}", other["id"].as_str().expect("an id"));
        here.delete(&path).await.is(204);
    })
    .await;
    kept.until(|heard| heard.to_string().contains(SECRET)).await;
}

#[tokio::test]
async fn a_user_who_is_switched_off_hears_of_no_row_any_more() {
    let prepared = prepared(&[]).await;
    let id = prepared.admin.id_of("sales").await;
    ends(&prepared, &prepared.sales, async || {
        prepared.admin.change(&format!("/api/platform/v1/users/{id}"), json!({ "active": false })).await.is(200);
    })
    .await;
}

#[tokio::test]
async fn a_grant_that_is_taken_back_takes_the_rows_with_it() {
    let prepared = prepared(&[]).await;
    let (platform, admin) = (&prepared.platform, &prepared.admin);
    // Reaches the app by one group, and sees its contacts by a grant to another.
    let group = admin.post("/api/platform/v1/groups", json!({ "name": "guests" })).await.is(201).id();
    let guest = user(platform, admin, "guest", &["finance", "guests"]).await;
    let grant = json!({ "group": group, "pattern": "crm.records.contact", "permission": "view" });
    let grant = admin.post("/api/platform/v1/object_permissions", grant).await.is(201).id();
    let (mut witness, _) = live(&prepared, admin, "/crm/contacts?sort=id").await;
    let (mut socket, _) = live(&prepared, &guest, "/crm/contacts?sort=id").await;
    let row = "/api/crm/v1/contacts/1";
    // While it is granted, changes are told.
    admin.change(row, json!({ "last_name": "Before" })).await.is(200);
    socket.until(|heard| heard.to_string().contains("Before")).await;
    witness.until(|heard| heard.to_string().contains("Before")).await;

    admin.delete(&format!("/api/platform/v1/object_permissions/{grant}")).await.is(204);
    admin.change(row, json!({ "last_name": SECRET })).await.is(200);
    witness.until(|heard| heard.to_string().contains(SECRET)).await;
    // His page may be drawn after the one of the witness.
    let mut said = Vec::new();
    while !said.last().is_some_and(|last: &Json| last.to_string().contains(GONE)) {
        said.push(socket.text().await);
    }
    socket.say(&json!(["ping"])).await;
    while said.last() != Some(&json!(["pong"])) {
        said.push(socket.text().await);
    }
    assert!(!said.iter().any(|said| said.to_string().contains(SECRET)), "{said:?}");
    // What he still may see is a step away.
    socket.say(&json!(["go", 1, CUSTOMERS])).await;
    socket.until(|heard| heard["t"].as_str().is_some_and(|title| title.starts_with("Customers"))).await;
    assert_ne!(opened(&guest, CUSTOMERS).await, "");
}

#[tokio::test]
async fn a_page_for_everybody_needs_no_socket_and_strangers_get_none() {
    let prepared = prepared(&[]).await;
    let stranger = prepared.platform.client();
    let page = stranger.get("/crm/about").await.is(200);
    assert!(page.body.as_str().is_some_and(|html| html.contains("Who we are")));
    assert_eq!(opened(&stranger, "/crm/about").await, "", "nothing is kept for a stranger");
    let refused = super::socket::asked(&prepared.platform, None, Some(&prepared.platform.url)).await.err();
    assert_eq!(refused, Some(401));
    // Somebody who has signed in has a live one, without more rights.
    let (mut socket, _) = live(&prepared, &prepared.outsider, "/crm/about").await;
    socket.say(&json!(["go", 1, CUSTOMERS])).await;
    let frame = socket.until(|heard| heard["t"].is_string()).await;
    assert!(frame["t"].as_str().is_some_and(|title| title.starts_with("There is nothing")), "{frame}");
    socket.say(&json!(["go", 2, "/crm/about"])).await;
    socket.until(|heard| heard.to_string().contains("Who we are")).await;
}

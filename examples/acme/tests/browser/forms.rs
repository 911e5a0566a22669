//! What becomes of a form that somebody has begun when the server under it is started anew.

use fantoccini::{Client, Locator};
use serde_json::json;

use crate::browser::Browser;
use crate::live::{LIVE, Network, address, script, until};
use crate::support::{self, PASSWORD, Platform, Prepared, prepared};

/// A browser in which somebody is signed in, by this way to the server.
pub(crate) async fn seat(url: &str, name: &str) -> Browser {
    let browser = Browser::start().await;
    let client = &browser.client;
    client.goto(&format!("{url}/login")).await.expect("a page");
    for (id, text) in [("email", format!("{name}@acme.example").as_str()), ("password", PASSWORD)] {
        client.find(Locator::Id(id)).await.expect("a field").send_keys(text).await.expect("it is written");
    }
    client.find(Locator::Css("button[type=submit]")).await.expect("a button").click().await.expect("it is pressed");
    until(client, "location.pathname === '/'").await;
    browser
}

/// Another server takes over; what `meanwhile` does there is done before the browser hears of it.
async fn restart(
    prepared: Prepared,
    network: &Network,
    client: &Client,
    meanwhile: impl AsyncFnOnce(support::Client),
) -> Platform {
    script(client, "window.same = document.querySelector('header')").await;
    let session = prepared.admin.session.clone().expect("a session");
    let folder = prepared.platform.into_folder();
    network.cut();
    until(client, "document.documentElement.dataset.conn === 'offline'").await;
    let again = Platform::start_in(folder, &[]);
    meanwhile(again.client().with_session(&session)).await;
    *network.to.lock().expect("the address") = address(&again);
    until(client, "document.documentElement.dataset.conn === 'live' && !window.same.isConnected").await;
    again
}

/// Presses a button of the page by its words.
pub(crate) async fn press(client: &Client, text: &str) {
    let path = format!("//main//button[normalize-space(.)='{text}' and not(@aria-hidden)]");
    let button = client.find(Locator::XPath(&path)).await.unwrap_or_else(|error| panic!("{text}: {error}"));
    button.click().await.expect("it can be pressed");
}

/// Writes into a field by its id, in place of what stands there.
pub(crate) async fn write(client: &Client, id: &str, text: &str) {
    let field = client.find(Locator::Id(id)).await.unwrap_or_else(|error| panic!("{id}: {error}"));
    field.clear().await.expect("it can be emptied");
    field.send_keys(text).await.expect("it can be written to");
}

const CUSTOMER: &str = "/api/crm/v1/customers/3";

#[tokio::test]
async fn a_change_of_somebody_else_during_a_restart_is_asked_about_and_not_undone() {
    let prepared = prepared(&[]).await;
    let network = Network::before(&prepared.platform).await;
    let browser = seat(&network.url, "sales").await;
    let client = &browser.client;
    client.goto(&format!("{}/crm/customers/3/edit", network.url)).await.expect("a page");
    until(client, LIVE).await;
    write(client, "field-city", "Bruges").await;
    let version = script(client, "return document.querySelector('main form [name=version]').value").await;
    let again = restart(prepared, &network, client, async |admin| {
        admin.change(CUSTOMER, json!({ "city": "Ghent", "country": "Belgium" })).await.is(200);
    })
    .await;
    assert_eq!(script(client, "return document.getElementById('field-city').value").await, "Bruges");
    let kept = script(client, "return document.querySelector('main form [name=version]').value").await;
    assert_eq!(kept, version, "the version belongs to what was typed");

    press(client, "Save").await;
    until(client, "document.body.innerText.includes('changed this customer while you were editing it')").await;
    until(client, "document.body.innerText.includes('Theirs: Ghent')").await;
    assert_eq!(script(client, "return document.getElementById('field-country').value").await, "Belgium");
    let mut sales = again.client();
    sales.sign_in("sales@acme.example", PASSWORD).await.is(200);
    assert_eq!(sales.get(CUSTOMER).await.is(200).body["city"], "Ghent", "nothing was written yet");
    client
        .find(Locator::Css("[name='ao-pick:city'][value=mine]"))
        .await
        .expect("a choice")
        .click()
        .await
        .expect("it can be chosen");
    press(client, "Save").await;
    until(client, "location.search.startsWith('?note=saved')").await;
    let row = sales.get(CUSTOMER).await.is(200).body;
    assert_eq!((&row["city"], &row["country"]), (&json!("Bruges"), &json!("Belgium")));
    client.clone().close().await.expect("it closes");
}

#[tokio::test]
async fn rows_that_were_added_and_what_was_picked_outlive_a_restart() {
    let prepared = prepared(&[]).await;
    let network = Network::before(&prepared.platform).await;
    let browser = seat(&network.url, "sales").await;
    let client = &browser.client;
    client.goto(&format!("{}/crm/orders/new", network.url)).await.expect("a page");
    until(client, LIVE).await;
    write(client, "field-number", "R-1").await;
    write(client, "field-customer", "aldermoor").await;
    until(client, "document.querySelectorAll('#field-customer-list [role=option]').length === 1").await;
    client
        .find(Locator::Css("#field-customer-list [role=option]"))
        .await
        .expect("a choice")
        .click()
        .await
        .expect("it can be chosen");
    until(client, "document.querySelector('[name=customer]').value === '1'").await;
    script(client, "document.getElementById('field-ordered_on').value = '2026-11-24'").await;
    write(client, "field-total", "1").await;
    press(client, "Add order line").await;
    until(client, "document.getElementById('field-lines-1-article')").await;
    for (id, text) in [("article", "7"), ("description", "Ink"), ("unit_price", "1")] {
        write(client, &format!("field-lines-1-{id}"), text).await;
    }
    let again = restart(prepared, &network, client, async |_| {}).await;
    // The page that was read anew has one line; the second one comes back with what was written into it.
    until(client, "document.getElementById('field-lines-1-description')?.value === 'Ink'").await;
    let shown = script(
        client,
        "return ['field-number', 'field-customer', 'field-ordered_on', 'field-lines-1-article']
            .map(id => document.getElementById(id).value)",
    )
    .await;
    assert_eq!(shown, json!(["R-1", "Aldermoor Instruments", "2026-11-24", "7"]));
    assert_eq!(script(client, "return document.querySelector('[name=customer]').value").await, "1");
    press(client, "Create").await;
    until(client, "location.search.startsWith('?note=created')").await;
    let mut sales = again.client();
    sales.sign_in("sales@acme.example", PASSWORD).await.is(200);
    let made = sales.get("/api/crm/v1/orders?filter[number]=R-1").await.is(200).body["rows"][0].clone();
    assert_eq!(made["customer"], 1);
    let lines = sales.get(&format!("/api/crm/v1/order_lines?filter[order]={}", made["id"])).await.is(200).body;
    assert_eq!(lines["rows"][0]["description"], "Ink");
    client.clone().close().await.expect("it closes");
}

//! A browser that runs no script: reading and writing work all the same.

use fantoccini::{Client, Locator};
use serde_json::json;

use crate::browser::Browser;
use crate::forms::write;
use crate::support::{PASSWORD, prepared};

/// Presses a link or a button of the page by its words, and gives the page that follows.
async fn press(client: &Client, words: &str) -> String {
    let path = format!(
        "//*[self::a or self::button][normalize-space(.)='{words}' and not(@aria-hidden='true')][not(ancestor::nav)]"
    );
    let found = client.find(Locator::XPath(&path)).await.unwrap_or_else(|error| panic!("{words}: {error}"));
    let before = client.find(Locator::Css("body")).await.expect("a page");
    found.click().await.expect("it can be pressed");
    // Each of them leads to a page, which is another when the old one is no more.
    while before.tag_name().await.is_ok() {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    source(client).await
}

async fn source(client: &Client) -> String {
    client.find(Locator::Css("body")).await.expect("a page").text().await.expect("its words")
}

async fn path(client: &Client) -> String {
    client.current_url().await.expect("an address").path().to_owned()
}

#[tokio::test]
async fn a_row_is_read_created_changed_and_deleted_without_script() {
    let prepared = prepared(&[]).await;
    let browser = Browser::start().await;
    let (url, client) = (&prepared.platform.url, &browser.client);
    // Scripts of pages end; those of the driver go on.
    browser.command("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
    client.goto(&format!("{url}/crm/contacts")).await.expect("a page");
    write(client, "email", "sales@acme.example").await;
    write(client, "password", PASSWORD).await;
    press(client, "Sign in").await;
    // It leads on to what was wanted; nothing of the script is there.
    assert_eq!(path(client).await, "/crm/contacts");
    assert!(client.find(Locator::Css("html[data-conn]")).await.is_err(), "the script does not run");
    client.find(Locator::Css("table tbody tr:nth-child(3)")).await.expect("rows");

    press(client, "New contact").await;
    assert_eq!(path(client).await, "/crm/contacts/new");
    let refused = press(client, "Create").await;
    assert!(refused.contains("things need another look"), "{refused}");
    write(client, "field-first_name", "Grace").await;
    write(client, "field-last_name", "Hopper").await;
    let list = client.find(Locator::Css("noscript select[name=customer]")).await.expect("a list of customers");
    // One control, and not also the one that a script would have to fill.
    let other = client.find(Locator::Css("#field-customer")).await.expect("the control of the script");
    assert!(!other.is_displayed().await.expect("it is asked"));
    list.select_by_value("3").await.expect("it can be chosen");
    let made = press(client, "Create").await;
    assert!(made.contains("Hopper") && made.contains("Created"), "{made}");

    press(client, "Edit").await;
    write(client, "field-last_name", "Murray Hopper").await;
    let saved = press(client, "Save").await;
    assert!(saved.contains("Murray Hopper") && saved.contains("Saved"), "{saved}");
    let id = path(client).await.rsplit('/').next().and_then(|id| id.parse::<i64>().ok()).expect("an id");
    let row = prepared.sales.get(&format!("/api/crm/v1/contacts/{id}")).await.is(200).body;
    assert_eq!((&row["last_name"], &row["customer"]), (&json!("Murray Hopper"), &json!(3)));

    // What stands behind a menu is a page of its own.
    client.goto(&format!("{url}/crm/contacts/{id}/delete")).await.expect("a page");
    let gone = press(client, "Delete").await;
    assert!(!gone.contains("Murray Hopper"), "{gone}");
    prepared.sales.get(&format!("/api/crm/v1/contacts/{id}")).await.is(404);
    client.clone().close().await.expect("it closes");
}

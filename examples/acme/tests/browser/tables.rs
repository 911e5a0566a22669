//! A table of a record's rows on a screen of an app, with script: sorted, a page at a time, and live.

use serde_json::{Value as Json, json};

use crate::live::{LIVE, script, until};
use crate::support::prepared;

use crate::cells::signed_in;

const TABLE: &str =
    "[...document.querySelectorAll('[aria-label=\"Latest orders\"] tbody th')].map(cell => cell.textContent)";

#[tokio::test]
async fn a_table_of_records_is_sorted_turned_and_follows_what_others_change() {
    let prepared = prepared(&[]).await;
    let browser = signed_in(&prepared, "sales", "/crm/home").await;
    let client = &browser.client;
    until(client, LIVE).await;
    browser.mark().await;
    let numbers = async |query: &str| -> Vec<Json> {
        prepared.sales.get(&format!("/api/crm/v1/orders?limit=10&{query}")).await.is(200).column("number")
    };
    let latest = numbers("sort=-id").await;
    let shows = |rows: &[Json]| format!("JSON.stringify({TABLE}) === {:?}", json!(rows).to_string());
    until(client, &shows(&latest[..5])).await;
    // The next page, and back.
    let press = |label: &str| format!("document.querySelector('.ao-pagination [aria-label=\"{label}\"]').click();");
    script(client, &press("Next page")).await;
    until(client, &shows(&latest[5..])).await;
    script(client, &press("Previous page")).await;
    until(client, &shows(&latest[..5])).await;
    // Another order begins with its first page.
    script(client, &press("Next page")).await;
    until(client, &shows(&latest[5..])).await;
    let head = "[...document.querySelectorAll('[aria-label=\"Latest orders\"] thead button')]
        .find(button => button.textContent.includes('Total')).click();";
    script(client, head).await;
    until(client, &shows(&numbers("sort=total").await[..5])).await;
    until(client, "document.querySelector('[aria-label=\"Latest orders\"] th[aria-sort=ascending]')").await;
    script(client, head).await;
    let largest = numbers("sort=-total").await;
    until(client, &shows(&largest[..5])).await;
    // Somebody else takes the first place.
    let first = prepared.sales.get("/api/crm/v1/orders?sort=total&limit=1").await.body["rows"][0].clone();
    let path = format!("/api/crm/v1/orders/{}", first["id"]);
    prepared.sales.change(&path, json!({ "total": "99999.00" })).await.is(200);
    until(client, &format!("{TABLE}[0] === {}", first["number"])).await;
    assert_eq!(script(client, "return window.marked;").await, true, "it is still the same page");
    client.clone().close().await.expect("it closes");
}

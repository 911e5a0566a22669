//! The same list in a real browser, with script: nothing is loaded anew, and what others change appears.

use fantoccini::Locator;
use serde_json::{Value as Json, json};

use crate::browser::Browser;
use crate::support::{PASSWORD, prepared};

/// Waits until an expression of the page is true.
pub async fn until(browser: &Browser, expression: &str) {
    let script = format!("return !!({expression});");
    for _ in 0..600 {
        if browser.client.execute(&script, Vec::new()).await.is_ok_and(|found| found == true) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let shown = browser.client.execute("return document.body.innerText + location.href;", Vec::new()).await;
    panic!("it never became true: {expression} in {shown:?}");
}

pub async fn run(browser: &Browser, script: &str) -> Json {
    browser.client.execute(script, Vec::new()).await.expect("a script of the driver")
}

#[tokio::test]
async fn a_list_is_sorted_searched_ticked_and_follows_what_others_change_without_loading_anew() {
    let prepared = prepared(&[]).await;
    let browser = Browser::start().await;
    let (url, client) = (&prepared.platform.url, &browser.client);
    client.goto(&format!("{url}/login?next=/crm/orders")).await.expect("a page");
    for (id, value) in [("email", "sales@acme.example"), ("password", PASSWORD)] {
        client.find(Locator::Id(id)).await.expect("a field").send_keys(value).await.expect("it can be written to");
    }
    client.find(Locator::Css("button[type=submit]")).await.expect("a button").click().await.expect("it can be pressed");
    until(&browser, "document.documentElement.dataset.conn === 'live' && document.querySelector('table.ao-table')")
        .await;
    browser.mark().await;

    run(&browser, "[...document.querySelectorAll('thead a')].find(a => a.textContent.includes('Total')).click();")
        .await;
    until(&browser, "location.search === '?sort=total' && document.querySelector('th[aria-sort=ascending]')").await;
    run(&browser, "history.back();").await;
    until(&browser, "location.search === '' && !document.querySelector('th[aria-sort]')").await;

    // A form of the list: its empty fields are not in the address.
    let first = prepared.sales.get("/api/crm/v1/orders?limit=1").await.body["rows"][0].clone();
    let number = first["number"].as_str().expect("a number");
    let search = client.find(Locator::Css(".ao-list-search input[name=q]")).await.expect("a field");
    search.send_keys(number).await.expect("it can be written to");
    run(&browser, "document.querySelector('.ao-list-search button').click();").await;
    until(&browser, "location.search.startsWith('?q=') && document.querySelectorAll('tbody tr').length === 1").await;
    until(&browser, &format!("document.querySelector('.ao-tag').textContent.includes({})", json!(number))).await;

    // Somebody else changes the row that is shown.
    let address = format!("/api/crm/v1/orders/{}", first["id"]);
    prepared.sales.change(&address, json!({ "status": "cancelled" })).await.is(200);
    until(&browser, "document.querySelector('tbody').textContent.includes('Cancelled')").await;

    // What is ticked is said, and what can be done with it appears.
    assert_eq!(run(&browser, "return getComputedStyle(document.querySelector('#bulk')).display;").await, "none");
    run(&browser, "document.querySelector('[data-select-all]').click();").await;
    until(&browser, "getComputedStyle(document.querySelector('#bulk')).display !== 'none'").await;
    run(&browser, "document.querySelector('#bulk button[value=edit]').click();").await;
    until(
        &browser,
        "location.pathname === '/crm/orders/bulk' && document.querySelector('h1').textContent === 'Change 1 row'",
    )
    .await;
    assert_eq!(run(&browser, "return window.marked;").await, true, "it is still the same page");
}

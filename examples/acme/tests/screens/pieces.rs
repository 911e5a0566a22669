//! Pieces of the screens that the app draws itself: without script and with it they are part of what is around them.

use fantoccini::Locator;
use serde_json::json;

use crate::browser::Browser;
use crate::live::{run, until};
use crate::support::{PASSWORD, Page, prepared, user};

const CUSTOMER: &str = "/api/crm/v1/customers/3";
const EDIT: &str = "/crm/customers/3/edit";

#[tokio::test]
async fn the_stars_of_a_customer_are_in_the_list_and_on_his_screen_in_the_readers_language() {
    let start = prepared(&[]).await;
    start.admin.change(CUSTOMER, json!({ "tier": "gold" })).await.is(200);
    let list = Page::of(&start.sales.get("/crm/customers?columns=name,tier&filter[id]=3").await.is(200));
    assert_eq!(list.column("Tier"), ["★★★ Gold"]);
    assert!(list.has("tbody td .ao-badge.ao-good") && !list.text.contains("data-choice=\"gold\""), "{}", list.text);
    let detail = Page::of(&start.sales.get("/crm/customers/3").await.is(200));
    assert!(detail.all("main .ao-badge").contains(&"★★★ Gold".to_owned()), "{}", detail.text);
    let given = json!({ "language": "fr" });
    start.sales.post("/api/platform/v1/rules/set_preferences", given).await.is(200);
    let detail = Page::of(&start.sales.get("/crm/customers/3").await.is(200));
    assert!(detail.all("main .ao-badge").contains(&"★★★ Or".to_owned()), "{}", detail.text);
}

#[tokio::test]
async fn an_input_of_the_app_is_sent_with_its_form_and_told_what_is_wrong() {
    let start = prepared(&[]).await;
    let sales = &start.sales;
    let tier = async || sales.get(CUSTOMER).await.is(200).body["tier"].clone();
    sales.change(CUSTOMER, json!({ "tier": "silver" })).await.is(200);
    let page = Page::of(&sales.get(EDIT).await.is(200));
    assert_eq!(page.attributes("input[name=tier][checked]", "value"), ["silver"]);
    assert_eq!(page.attributes("input[name='ao-base:tier']", "value"), ["silver"]);
    assert_eq!(page.all("[aria-labelledby=field-tier-label] .ao-choices label"), ["Bronze ★", "Silver ★★", "Gold ★★★"]);
    // With something else wrong: what was chosen is still chosen, and nothing was written.
    let form = page.form("form[data-unsaved]");
    let refused = sales.form(EDIT, &pairs(&form.clone().with("tier", "gold").with("email", "nonsense").fields)).await;
    let refused = Page::of(&refused.is(422));
    assert_eq!(refused.attributes("input[name=tier][checked]", "value"), ["gold"]);
    assert_eq!(refused.attributes("input[name='ao-base:tier']", "value"), ["silver"]);
    assert_eq!(tier().await, "silver");
    // What is no choice is refused as in every other control, at its place.
    let refused = sales.form(EDIT, &pairs(&form.clone().with("tier", "platinum").fields)).await;
    let refused = Page::of(&refused.is(422));
    assert!(!refused.words("#field-tier-error").is_empty(), "{}", refused.text);
    sales.form(EDIT, &pairs(&form.clone().with("tier", "gold").fields)).await.is(303);
    assert_eq!(tier().await, "gold");
    // Two who change it are asked which of both holds, in words.
    let clash = sales.form(EDIT, &pairs(&form.with("tier", "bronze").fields)).await;
    let clash = Page::of(&clash.is(422));
    let words = clash.words("#field-tier");
    assert!(words.contains("Yours: Bronze") && words.contains("Theirs: Gold"), "{words}");
}

#[tokio::test]
async fn sections_of_the_app_stand_among_the_others_and_ask_with_the_rights_of_who_looks() {
    let start = prepared(&[]).await;
    let orders = start.admin.get("/api/crm/v1/orders?limit=1").await.is(200);
    let customer = orders.body["rows"][0]["customer"].clone();
    let address = format!("/crm/customers/{customer}");
    // It stands after the orders, so below them, and nowhere else.
    assert!(!Page::of(&start.sales.get(&address).await.is(200)).text.contains("Orders by month"));
    let page = Page::of(&start.sales.get(&format!("{address}?tab=orders")).await.is(200));
    let (table, chart) = (page.text.find("<table"), page.text.find("Orders by month"));
    assert!(table.is_some() && table < chart, "{}", page.text);
    assert!(page.has("main svg"), "{}", page.text);
    // It asks with the rights of whoever looks: another of the same group sees the same.
    let cara = user(&start.platform, &start.admin, "cara", &["crm_users"]).await;
    assert!(Page::of(&cara.get(&format!("{address}?tab=orders")).await.is(200)).has("main svg"));
    let form = Page::of(&start.sales.get(&format!("{address}/edit")).await.is(200));
    assert!(form.has(".ao-grid #field-city") && form.has(".ao-grid #field-country"), "{}", form.text);
    assert_eq!(form.attributes("[name=city]", "name").len(), 1);
}

fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[tokio::test]
async fn in_a_browser_an_input_of_the_app_keeps_what_was_chosen_and_the_list_follows() {
    let prepared = prepared(&[]).await;
    prepared.sales.change(CUSTOMER, json!({ "tier": "bronze" })).await.is(200);
    let browser = Browser::start().await;
    let (url, client) = (&prepared.platform.url, &browser.client);
    client.goto(&format!("{url}/login?next={EDIT}")).await.expect("a page");
    for (id, value) in [("email", "sales@acme.example"), ("password", PASSWORD)] {
        client.find(Locator::Id(id)).await.expect("a field").send_keys(value).await.expect("it can be written to");
    }
    client.find(Locator::Css("button[type=submit]")).await.expect("a button").click().await.expect("it can be pressed");
    until(&browser, "document.documentElement.dataset.conn === 'live' && document.querySelector('input[name=tier]')")
        .await;
    browser.mark().await;
    run(&browser, "document.querySelector('input[name=tier][value=gold]').click();").await;
    // A mistake in another field is told when it is left, and draws nothing of this one anew.
    run(
        &browser,
        "const field = document.querySelector('#field-email'); field.focus(); field.value = 'nonsense'; \
         field.dispatchEvent(new Event('input', {bubbles: true})); field.dispatchEvent(new Event('change', {bubbles: true}));",
    )
    .await;
    until(&browser, "document.querySelector('#field-email-error')").await;
    assert_eq!(run(&browser, "return document.querySelector('input[name=tier]:checked').value;").await, "gold");
    run(&browser, "document.querySelector('.ao-form-actions button[type=submit]').click();").await;
    until(&browser, "document.querySelector('.ao-form-errors')").await;
    assert_eq!(run(&browser, "return document.querySelector('input[name=tier]:checked').value;").await, "gold");
    run(
        &browser,
        "const field = document.querySelector('#field-email'); field.value = 'right@acme.example'; \
         field.dispatchEvent(new Event('input', {bubbles: true})); \
         document.querySelector('.ao-form-actions button[type=submit]').click();",
    )
    .await;
    until(&browser, "location.pathname === '/crm/customers/3' && document.body.innerText.includes('★★★ Gold')").await;
    assert_eq!(run(&browser, "return window.marked;").await, true, "it is still the same page");
    client.goto(&format!("{url}/crm/customers?columns=name,tier&filter[id]=3")).await.expect("a page");
    until(&browser, "document.querySelector('tbody td:not(.ao-check)').textContent === '★★★ Gold' && document.documentElement.dataset.conn === 'live'").await;
    prepared.admin.change(CUSTOMER, json!({ "tier": "silver" })).await.is(200);
    until(&browser, "document.querySelector('tbody td:not(.ao-check)').textContent === '★★ Silver'").await;
}

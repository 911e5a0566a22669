//! The screen of a row to which several kinds of rows belong.

use serde_json::json;

use crate::support::prepared;

#[tokio::test]
async fn each_kind_of_rows_has_a_tab_with_its_number_and_an_address() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let order = sales.get("/api/crm/v1/orders?limit=1").await.body["rows"][0].clone();
    let customer = order["customer"].clone();
    let orders = sales.count(&format!("/api/crm/v1/orders?filter[customer]={customer}")).await;
    let contacts = sales.count(&format!("/api/crm/v1/contacts?filter[customer]={customer}")).await;
    let path = format!("/crm/customers/{customer}");
    let page = sales.open(&path).await.is(200);
    let tabs = page.all(".ao-tabs .ao-tab");
    let numbered = [format!("Contacts{contacts}"), format!("Orders{orders}")];
    assert_eq!(tabs, ["Overview", numbered[0].as_str(), numbered[1].as_str(), "Activities0", "Contracts0"]);
    assert_eq!(page.words(".ao-tabs [aria-current]"), "Overview");
    assert!(page.words("main").contains("About this customer") && page.columns().is_empty());
    assert!(page.words("main").contains("ID"), "its own number, and none that it was given");
    let addresses = page.attributes(".ao-tabs a", "href");
    assert_eq!(addresses[2], format!("{path}?tab=orders"));
    let page = sales.open(&addresses[2]).await.is(200);
    assert_eq!(page.words(".ao-tabs [aria-current]"), format!("Orders{orders}"));
    assert!(page.column("Number").contains(&order["number"].as_str().expect("a number").to_owned()));
    assert_eq!(page.attributes(".ao-tabs a", "href")[0], path);
    // A row is added in its tab, and one is back there.
    let add = page.link("Add order").expect("a link");
    let page = sales.open(add.split('#').next().expect("an address")).await.is(200);
    let form = page.form("form[action='/crm/orders/new']").with("number", "T-1").with("ordered_on", "2026-01-02");
    let page = sales.submit(&form.with("total", "5")).await.is(200);
    assert_eq!(page.words(".ao-tabs [aria-current]"), format!("Orders{}", orders + 1));
    assert!(page.column("Number").contains(&"T-1".to_owned()));
    // What is no part of it is the first.
    let page = sales.open(&format!("{path}?tab=nonsense")).await.is(200);
    assert_eq!(page.words(".ao-tabs [aria-current]"), "Overview");
}

#[tokio::test]
async fn a_tab_tells_nothing_of_rows_that_one_may_not_see() {
    let prepared = prepared(&[]).await;
    let owner = prepared.admin.id_of("admin").await;
    let body = json!({ "customer": 1, "subject": "Not yours", "owner": owner });
    prepared.admin.post("/api/crm/v1/activities", body).await.is(201);
    let tabs = |page: &crate::support::Page| page.all(".ao-tabs .ao-tab").join(" ");
    assert!(tabs(&prepared.admin.open("/crm/customers/1").await).contains("Activities1"));
    assert!(tabs(&prepared.sales.open("/crm/customers/1").await).contains("Activities0"));
    let page = prepared.finance.open("/crm/customers/1?tab=contacts").await.is(200);
    assert!(tabs(&page).contains("Contracts0") && !page.words("main").contains("Contacts"));
    // What belongs to a row as its parts stands with it.
    let page = prepared.sales.open("/crm/orders/1").await.is(200);
    assert!(!page.has(".ao-tabs") && page.words("main").contains("Lines ("));
}

//! The question before a row is deleted, above its screen.

use serde_json::json;

use crate::support::prepared;

#[tokio::test]
async fn the_question_stands_in_the_address_and_says_what_is_taken_along() {
    let prepared = prepared(&[]).await;
    let (sales, admin) = (&prepared.sales, &prepared.admin);
    let order = sales.get("/api/crm/v1/orders?limit=1").await.body["rows"][0]["id"].as_i64().expect("an id");
    let lines = sales.get(&format!("/api/crm/v1/order_lines?filter[order]={order}&limit=200")).await.is(200);
    let lines = lines.body["rows"].as_array().map_or(0, Vec::len);
    let path = format!("/crm/orders/{order}");
    let page = admin.open(&path).await.is(200);
    assert!(!page.has("dialog#delete"));
    // Without script the link leads to the page, with it to the question above this one.
    assert_eq!(page.link("Delete"), Some(format!("{path}/delete")));
    assert_eq!(page.attributes("a[data-live-to]", "data-live-to"), [format!("{path}?ask=delete")]);
    let page = admin.open(&format!("{path}?ask=delete")).await.is(200);
    let said = page.words("dialog#delete");
    assert!(said.contains("Delete O-") && said.contains(&format!("{lines} order line")), "{said}");
    assert!(said.contains("deleted with it") && said.contains("This cannot be undone."), "{said}");
    assert_eq!(page.attributes("dialog#delete [data-close]", "href"), std::slice::from_ref(&path));
    // One who has changed it meanwhile is told of.
    let form = page.form("dialog#delete form[method=post]");
    sales.change(&format!("/api/crm/v1/orders/{order}"), json!({ "note": "wait" })).await.is(200);
    admin.submit(&form).await.is(422);
    let form = admin.open(&format!("{path}?ask=delete")).await.form("dialog#delete form[method=post]");
    admin.submit(&form).await.is(200);
    admin.get(&format!("/api/crm/v1/orders/{order}")).await.is(404);
}

#[tokio::test]
async fn who_may_not_delete_is_not_asked() {
    let prepared = prepared(&[]).await;
    let page = prepared.finance.open("/crm/customers/1?ask=delete").await.is(200);
    assert!(!page.has("dialog#delete") && !page.has("a[data-live-to]"));
    // What is referred to, and may not be left without, is not offered to be deleted.
    let customer = prepared.sales.get("/api/crm/v1/orders?limit=1").await.body["rows"][0]["customer"].clone();
    let page = prepared.admin.open(&format!("/crm/customers/{customer}?ask=delete")).await.is(200);
    assert!(page.words("dialog#delete").contains("it cannot be deleted as long as"), "{}", page.words("dialog#delete"));
    assert!(!page.has("dialog#delete button.ao-button-danger"));
}

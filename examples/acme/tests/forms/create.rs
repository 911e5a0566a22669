//! New rows.

use serde_json::json;

use crate::{Form, Page, prepared};

#[tokio::test]
async fn an_order_with_three_lines_is_made_in_one_form() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let form = Page::open(sales, "/crm/orders/new?customer=2").await.form("/crm/orders/new");
    assert_eq!(form.value("customer"), "2", "what the address gives stands in the form");
    assert_eq!(form.value("status"), "draft", "so does a default");
    let form = form.with("number", "F-1").with("ordered_on", "2026-11-24").with("total", "30,50");
    let form =
        form.with("lines[0].article", "7").with("lines[0].description", "Pens").with("lines[0].unit_price", "1.5");
    // Each press of the button shows the form with one more line, and all that was typed.
    let page = form.press(sales, "ao-add", "lines").await.is(200);
    let form = page.form("/crm/orders/new");
    assert_eq!((form.value("number"), form.value("lines[0].description")), ("F-1", "Pens"));
    assert_eq!(form.value("lines[1].quantity"), "1");
    let form = form.with("lines[1].article", "8").with("lines[1].description", "Ink").with("lines[1].unit_price", "2");
    let form = form.press(sales, "ao-add", "lines").await.is(200).form("/crm/orders/new");
    let form =
        form.with("lines[2].article", "9").with("lines[2].description", "Paper").with("lines[2].unit_price", "3");
    let form = form.with("lines[2].quantity", "5");
    // One too many, and none of it: it is no line.
    let form = form.press(sales, "ao-add", "lines").await.is(200).form("/crm/orders/new");
    let form = form.press(sales, "ao-add", "delivery").await.is(200).form("/crm/orders/new");
    let form = form.with("delivery.address", "1 Main Street");
    let done = form.send(sales).await;
    let id = Form::id_in(&done);
    assert_eq!(done.location.as_deref(), Some(format!("/crm/orders/{id}?note=created&note_id={id}").as_str()));

    let order = sales.get(&format!("/api/crm/v1/orders/{id}")).await.is(200).body;
    assert_eq!((&order["number"], &order["total"], &order["customer"]), (&json!("F-1"), &json!("30.5"), &json!(2)));
    let lines = sales.get(&format!("/api/crm/v1/order_lines?filter[order]={id}&sort=id")).await.is(200).body;
    let lines: Vec<_> =
        lines["rows"].as_array().expect("rows").iter().map(|line| line["description"].clone()).collect();
    assert_eq!(lines, ["Pens", "Ink", "Paper"]);
    let page = Page::open(sales, &format!("/crm/orders/{id}")).await;
    page.says("Pens").says("Paper").says("1 Main Street").says("Lines (3)");
}

#[tokio::test]
async fn all_that_is_wrong_stands_beside_its_field_and_what_was_typed_stays() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let form = Page::open(sales, "/crm/orders/new?customer=2").await.form("/crm/orders/new");
    let before = sales.count("/api/crm/v1/orders").await;
    let form = form.with("number", "").with("ordered_on", "soon").with("total", "much").with("note", "<b>\"&\r\nx");
    let form = form.with("lines[0].article", "0").with("lines[0].description", "Pens").with("lines[0].unit_price", "");
    let page = form.send(sales).await.is(422);
    let error =
        |field: &str| page.error(&format!("field-{field}")).unwrap_or_else(|| panic!("{field}: {}", page.text()));
    assert_eq!(error("number"), "Number must have 1 to 40 characters");
    assert_eq!(error("ordered_on"), "Ordered on must be a date such as 2026-11-24");
    assert_eq!(error("total"), "Total must be a decimal number");
    assert_eq!(error("lines-0-article"), "Article must be at least 1");
    assert_eq!(error("lines-0-unit_price"), "Unit price is required");
    page.says("5 things need another look").says("Order line 1: Unit price is required");
    for id in ["number", "lines-0-unit_price"] {
        assert!(page.html.contains(&format!("href=\"#field-{id}\"")), "the summary leads to {id}");
    }
    let kept = page.form("/crm/orders/new");
    for (name, value) in [("total", "much"), ("ordered_on", "soon"), ("lines[0].article", "0"), ("customer", "2")] {
        assert_eq!(kept.value(name), value, "{name}");
    }
    assert_eq!(kept.value("note"), "<b>\"&\nx");
    assert!(!page.html.contains("<b>\""), "{}", page.html);
    assert_eq!(sales.count("/api/crm/v1/orders").await, before, "nothing was written");
}

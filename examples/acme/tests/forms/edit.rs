//! Changes of rows, alone and against each other.

use serde_json::{Value as Json, json};

use crate::support::{Client, Prepared, user};
use crate::{Form, Page, prepared};

const CUSTOMER: &str = "/api/crm/v1/customers/3";
const EDIT: &str = "/crm/customers/3/edit";

async fn second(prepared: &Prepared) -> Client {
    user(&prepared.platform, &prepared.admin, "ben", &["crm_users", "crm_admins"]).await
}

async fn row(client: &Client, path: &str) -> Json {
    client.get(path).await.is(200).body
}

#[tokio::test]
async fn only_what_was_changed_is_written() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let before = row(sales, CUSTOMER).await;
    let form = Page::open(sales, EDIT).await.form(EDIT);
    let done = form.clone().with("email", "new@acme.example").with("tier", "gold").send(sales).await.is(303);
    assert_eq!(done.location.as_deref(), Some("/crm/customers/3?note=saved&note_id=3"));
    Page::open(sales, "/crm/customers/3?note=saved&note_id=3").await.says("Saved").says("new@acme.example");
    let mut expected = before.clone();
    for (name, value) in [("email", json!("new@acme.example")), ("tier", json!("gold"))] {
        expected[name] = value;
    }
    let after = row(sales, CUSTOMER).await;
    for (name, value) in expected.as_object().expect("an object") {
        if !["version", "updated_at", "updated_by"].contains(&name.as_str()) {
            assert_eq!(after[name], *value, "{name}");
        }
    }
    // A form in which nothing was changed changes nothing.
    let form = Page::open(sales, EDIT).await.form(EDIT);
    assert_eq!(form.send(sales).await.is(303).location.as_deref(), Some("/crm/customers/3"));
    assert_eq!(row(sales, CUSTOMER).await["version"], after["version"]);
}

#[tokio::test]
async fn of_two_changes_of_one_row_each_field_is_kept_or_asked_about() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let ben = second(&prepared).await;
    let mine = Page::open(sales, EDIT).await.form(EDIT);
    let theirs = Page::open(&ben, EDIT).await.form(EDIT);
    theirs.with("city", "Ghent").with("phone", "111").with("country", "Belgium").send(&ben).await.is(303);

    let mine = mine.with("city", "Bruges").with("address", "1 Main Street").with("country", "Belgium");
    let page = mine.send(sales).await.is(422);
    // Users may not be seen by those who sell: whoever it was stays unnamed.
    page.says("Somebody else changed this customer while you were editing it").says("One field was changed by both");
    page.says("Yours: Bruges").says("Theirs: Ghent");
    assert_eq!(row(sales, CUSTOMER).await["city"], "Ghent", "nothing was written yet");
    let form = page.form(EDIT);
    assert_eq!((form.value("phone"), form.value("address")), ("111", "1 Main Street"));

    // Without an answer it stays a question.
    let page = form.send(sales).await.is(422);
    assert_eq!(
        page.error("field-city").as_deref(),
        Some("City was changed by somebody else, too: choose one of the two values")
    );
    let form = page.form(EDIT);
    form.with("ao-pick:city", "mine").send(sales).await.is(303);
    let after = row(sales, CUSTOMER).await;
    assert_eq!((&after["city"], &after["phone"]), (&json!("Bruges"), &json!("111")));
    assert_eq!((&after["address"], &after["country"]), (&json!("1 Main Street"), &json!("Belgium")));

    // And the other way round.
    let mine = Page::open(sales, EDIT).await.form(EDIT);
    sales.change(CUSTOMER, json!({ "city": "Antwerp" })).await.is(200);
    let form = mine.with("city", "Namur").with("phone", "222").send(sales).await.is(422).form(EDIT);
    form.with("ao-pick:city", "theirs").send(sales).await.is(303);
    let after = row(sales, CUSTOMER).await;
    assert_eq!((&after["city"], &after["phone"]), (&json!("Antwerp"), &json!("222")));
}

#[tokio::test]
async fn lines_are_changed_removed_and_added_with_their_order() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let edit = "/crm/orders/1/edit";
    let lines = "/api/crm/v1/order_lines?filter[order]=1&sort=id";
    let first = row(sales, lines).await["rows"][0].clone();
    let form = Page::open(sales, edit).await.form(edit);
    assert_eq!(form.value("lines[0].description"), first["description"].as_str().expect("a text"));
    // What is marked to be removed can be kept after all.
    let page = form.clone().with("note", "typed").press(sales, "ao-remove", "lines[0]").await.is(200);
    page.says("Order line 1 is removed when you save.");
    let page = page.form(edit).press(sales, "ao-keep", "lines[0]").await.is(200);
    page.does_not_say("is removed when you save");
    let form = page.form(edit).press(sales, "ao-remove", "lines[0]").await.is(200).form(edit);
    assert_eq!(form.value("note"), "typed");
    let form = form.with("lines[1].quantity", "12").press(sales, "ao-add", "lines").await.is(200).form(edit);
    let form = form.with("lines[2].article", "-1").with("lines[2].description", "Ink").with("lines[2].unit_price", "2");
    let page = form.send(sales).await.is(422);
    assert_eq!(page.error("field-lines-2-article").as_deref(), Some("Article must be at least 1"));
    page.says("Order line 3: Article must be at least 1");
    page.form(edit).with("lines[2].article", "1").send(sales).await.is(303);
    let after = row(sales, lines).await;
    let after: Vec<_> = after["rows"].as_array().expect("rows").iter().collect();
    assert_eq!(after.len(), 2);
    assert!(after.iter().all(|line| line["id"] != first["id"]));
    assert_eq!((&after[0]["quantity"], &after[1]["description"]), (&json!(12), &json!("Ink")));
}

#[tokio::test]
async fn a_line_that_somebody_else_has_changed_is_asked_about_in_its_order() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let edit = "/crm/orders/1/edit";
    let line = "/api/crm/v1/order_lines/1";
    let form = Page::open(sales, edit).await.form(edit);
    sales.change(line, json!({ "quantity": 20, "unit_price": "9" })).await.is(200);
    let page = form.with("lines[0].quantity", "30").with("note", "mine").send(sales).await.is(422);
    page.says("while you were editing it").says("Yours: 30").says("Theirs: 20");
    let form = page.form(edit);
    assert_eq!((form.value("lines[0].unit_price"), form.value("note")), ("9.00", "mine"));
    form.with("ao-pick:lines[0].quantity", "mine").send(sales).await.is(303);
    let after = row(sales, line).await;
    assert_eq!((&after["quantity"], &after["unit_price"]), (&json!(30), &json!("9")));
}

#[tokio::test]
async fn a_row_is_added_where_it_belongs_and_what_is_wrong_with_it_is_said_there() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let page = Page::open(sales, "/crm/customers/3?add=contacts").await;
    let form = page.form("/crm/contacts/new").with("first_name", "Grace").with("email", "none");
    let page = form.send(sales).await.is(422);
    assert_eq!(page.error("contacts-last_name").as_deref(), Some("Last name must have 1 to 60 characters"));
    assert_eq!(page.error("contacts-email").as_deref(), Some("Email must be an e-mail address"));
    page.says("Contacts (");
    let form =
        page.form("/crm/contacts/new").with("last_name", "Hopper").with("email", "").with("main_contact", "true");
    let done = form.send(sales).await.is(303);
    assert!(
        done.location.as_deref().is_some_and(|to| to.starts_with("/crm/customers/3?tab=contacts&note=created")),
        "{:?}",
        done.location
    );
    Page::open(sales, "/crm/customers/3?tab=contacts").await.says("Hopper");
    let made = sales.get("/api/crm/v1/contacts?filter[last_name]=Hopper").await.is(200).body;
    assert_eq!((&made["rows"][0]["customer"], &made["rows"][0]["main_contact"]), (&json!(3), &json!(true)));
    assert_eq!(made["rows"][0]["email"], Json::Null);
}

#[tokio::test]
async fn a_copy_has_what_may_be_there_twice() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let form = Page::open(sales, "/crm/customers/new?copy-of=3").await.form("/crm/customers/new");
    let original = row(sales, CUSTOMER).await;
    assert_eq!(form.value("name"), original["name"].as_str().expect("a text"));
    assert_eq!(form.value("email"), "", "which is unique");
    // That a value is taken is known when it is written.
    let page = form.with("email", original["email"].as_str().expect("a text")).send(sales).await.is(422);
    assert_eq!(page.error("field-email").as_deref(), Some("E-mail is taken by another row"));
    let id = Form::id_in(&page.form("/crm/customers/new").with("email", "copy@acme.example").send(sales).await);
    assert_eq!(row(sales, &format!("/api/crm/v1/customers/{id}")).await["name"], original["name"]);
}

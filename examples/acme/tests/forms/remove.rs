//! Rows that go, and come back.

use serde_json::json;

use crate::{Form, Page, prepared};

#[tokio::test]
async fn a_row_that_is_kept_is_deleted_with_a_way_back() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let form = Page::open(sales, "/crm/activities/new?customer=3").await.form("/crm/activities/new");
    let me = prepared.admin.id_of("sales").await.to_string();
    let id = Form::id_in(&form.with("subject", "Call <back>").with("owner", &me).send(sales).await);
    let here = format!("/crm/activities/{id}");
    let form = Page::open(sales, &format!("{here}/delete")).await.form(&format!("{here}/delete"));
    // It is the version that was looked at which goes.
    sales.change(&format!("/api/crm/v1/activities/{id}"), json!({ "minutes": 5 })).await.is(200);
    let page = form.send(sales).await.is(422);
    page.says("Somebody has changed it meanwhile");
    let done = page.form(&format!("{here}/delete")).send(sales).await.is(303);
    assert_eq!(done.location.as_deref(), Some(format!("/crm/activities?note=deleted&note_id={id}").as_str()));
    sales.get(&format!("/api/crm/v1/activities/{id}")).await.problem(404, "record_not_found");
    // The note has the way back, and so has the row itself, for who may delete.
    let undo = Page::open(sales, done.location.as_deref().expect("an address")).await.form(&format!("{here}/restore"));
    Page::open(sales, &here).await.says("This activity was deleted").form(&format!("{here}/restore"));
    assert_eq!(
        undo.send(sales).await.is(303).location.as_deref(),
        Some(format!("{here}?note=restored&note_id={id}").as_str())
    );

    let page = Page::open(sales, &here).await;
    page.says("sales deleted it").says("sales restored it").says("sales created it").says("Minutes 0 → became 5");
    assert!(!page.html.contains("<back>"));
}

#[tokio::test]
async fn what_prevents_a_deletion_or_goes_with_it_is_told_before() {
    let prepared = prepared(&[]).await;
    let (sales, admin) = (&prepared.sales, &prepared.admin);
    let page = Page::open(admin, "/crm/customers/1/delete").await;
    page.says("refer to it: it cannot be deleted as long as they do");
    assert!(page.html.contains("href=\"/crm/orders?filter[customer]=1\""));
    assert!(!page.html.contains("ao-button-danger"), "nothing to press");
    // Sent by hand it is refused all the same, in words.
    let form = page.form("/crm/customers/1/delete").send(admin).await.is(422);
    form.says("Other rows refer to it");
    // Who may not delete is offered nothing, and refused.
    let page = Page::open(sales, "/crm/customers/1").await;
    assert!(!page.html.contains("/crm/customers/1/delete"));
    assert!(page.html.contains("/crm/customers/1/edit"));
    Page::get(sales, "/crm/customers/1/delete").await.is(403);
    let form = Form { action: "/crm/customers/1/delete".to_owned(), fields: Vec::new() };
    form.send(sales).await.is(403);

    let customer = sales.post("/api/crm/v1/customers", json!({ "name": "Gone", "email": "gone@acme.example" })).await;
    let id = customer.is(201).id();
    let contact = json!({ "customer": id, "first_name": "A", "last_name": "B" });
    sales.post("/api/crm/v1/contacts", contact).await.is(201);
    let delete = format!("/crm/customers/{id}/delete");
    let page = Page::open(admin, &delete).await;
    page.says("1 contact is deleted with it").says("This cannot be undone.");
    let done = page.form(&delete).send(admin).await.is(303);
    assert_eq!(done.location.as_deref(), Some("/crm/customers?note=deleted"), "there is no way back");
    sales.get(&format!("/api/crm/v1/customers/{id}")).await.problem(404, "record_not_found");
}

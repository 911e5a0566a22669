//! What is done with several rows at once.

use serde_json::{Value as Json, json};

use crate::support::{Client, Method, Page, prepared};

/// Makes contacts of the first customer, and gives their rows.
async fn contacts(client: &Client, number: usize) -> Vec<Json> {
    let customer = client.get("/api/crm/v1/customers?limit=1").await.body["rows"][0]["id"].clone();
    let mut rows = Vec::new();
    for place in 0..number {
        let body = json!({ "customer": customer, "first_name": "Bulk", "last_name": format!("Bulk {place:03}") });
        rows.push(client.post("/api/crm/v1/contacts", body).await.is(201).body);
    }
    rows
}

const LIST: &str = "/crm/contacts?filter[first_name]=Bulk&columns=last_name,first_name,title&sort=last_name";

/// Chooses the first rows of a list, and asks to do something with them.
async fn choose(client: &Client, rows: &[Json], what: &str) -> Page {
    let mut form = client.open(LIST).await.is(200).form("form#bulk").with("do", what);
    for row in rows {
        form = form.and("row", &format!("{}:{}", row["id"], row["version"]));
    }
    client.submit(&form).await
}

#[tokio::test]
async fn rows_are_changed_together_and_each_is_told() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let rows = contacts(sales, 3).await;
    let page = choose(sales, &rows[..2], "edit").await.is(200);
    assert_eq!(page.words("h1"), "Change 2 rows");
    let fields = page.attributes("select[name=field] option", "value");
    assert!(fields.contains(&"title".to_owned()) && fields.contains(&"customer".to_owned()));
    let page = sales.submit(&page.form("form.ao-bulk-field").with("field", "title")).await.is(200);
    let form = page.form("form.ao-bulk-form").with("value", "Buyer");
    let page = sales.submit(&form).await.is(200);
    assert_eq!(page.words(".ao-banner-title"), "2 rows were changed");
    assert_eq!(page.column("Job title"), ["Buyer", "Buyer", "–"]);

    // The same again: the versions are those of before, and nothing is overwritten.
    let page = sales.submit(&form).await.is(422);
    assert_eq!(page.words(".ao-banner-title"), "0 were done, 2 were not");
    assert_eq!(page.all(".ao-wrong li").len(), 2);
    assert!(page.has(&format!(".ao-wrong a[href='/crm/contacts/{}']", rows[0]["id"])));
}

#[tokio::test]
async fn what_a_rule_of_the_record_refuses_is_refused_for_each_row() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let rows = contacts(sales, 2).await;
    let page = choose(sales, &rows, "edit").await;
    let page = sales.submit(&page.form("form.ao-bulk-field").with("field", "email")).await.is(200);
    let page = sales.submit(&page.form("form.ao-bulk-form").with("value", "nonsense")).await.is(422);
    assert!(page.words(".ao-wrong").contains("email"), "{}", page.words("main"));
    // One of the two was changed meanwhile: the other is done.
    let path = format!("/api/crm/v1/contacts/{}", rows[0]["id"]);
    sales.change(&path, json!({ "phone": "1" })).await.is(200);
    let page = choose(sales, &rows, "edit").await;
    let page = sales.submit(&page.form("form.ao-bulk-field").with("field", "title")).await.is(200);
    let page = sales.submit(&page.form("form.ao-bulk-form").with("value", "Boss")).await.is(422);
    assert_eq!(page.words(".ao-banner-title"), "1 were done, 1 were not");
    assert_eq!(sales.get(&path).await.body["title"], Json::Null);
    // A value is taken away by saying so.
    let page = choose(sales, &[sales.get(&format!("/api/crm/v1/contacts/{}", rows[1]["id"])).await.body], "edit").await;
    let page = sales.submit(&page.form("form.ao-bulk-field").with("field", "title")).await.is(200);
    sales.submit(&page.form("form.ao-bulk-form").with("empty", "true")).await.is(200);
    assert_eq!(sales.get(&format!("/api/crm/v1/contacts/{}", rows[1]["id"])).await.body["title"], Json::Null);
}

#[tokio::test]
async fn all_that_fit_are_deleted_after_they_were_counted_out() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    contacts(sales, 25).await;
    let before = sales.count("/api/crm/v1/contacts").await;
    let page = sales.open(&format!("{LIST}&limit=20")).await.is(200);
    assert!(page.words("form#bulk").contains("All 25 that fit"), "{}", page.words("form#bulk"));
    let page = sales.submit(&page.form("form#bulk").with("all", "true").with("do", "delete")).await.is(200);
    assert_eq!(page.words("h1"), "Delete 25 rows");
    assert!(page.words("main").contains("This cannot be undone."));
    let page = sales.submit(&page.form("form.ao-bulk-form")).await.is(200);
    assert_eq!(page.words(".ao-banner-title"), "25 rows were deleted");
    assert!(!page.words(".ao-banner").contains("Undo"), "contacts are gone for good");
    assert_eq!(sales.count("/api/crm/v1/contacts").await, before - 25);
}

#[tokio::test]
async fn what_is_deleted_softly_comes_back_by_one_button() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let customer = sales.get("/api/crm/v1/customers?limit=1").await.body["rows"][0]["id"].clone();
    let owner = prepared.admin.id_of("sales").await;
    let mut form = None;
    for subject in ["One", "Two", "Three"] {
        let body = json!({ "customer": customer, "subject": subject, "owner": owner });
        let row = sales.post("/api/crm/v1/activities", body).await.is(201).body;
        let page = sales.open("/crm/activities").await.is(200);
        form =
            Some(page.form("form#bulk").and("row", &format!("{}:{}", row["id"], row["version"])).with("do", "delete"));
    }
    let confirm = sales.submit(&form.expect("a form")).await.is(200);
    let page = sales.submit(&confirm.form("form.ao-bulk-form")).await.is(200);
    assert_eq!(page.words(".ao-banner-title"), "1 row was deleted");
    assert_eq!(page.column("Subject").len(), 2);
    let page = sales.submit(&page.form(".ao-banner form")).await.is(200);
    assert_eq!(page.words(".ao-banner-title"), "1 row was restored");
    assert_eq!(page.column("Subject").len(), 3);
}

#[tokio::test]
async fn what_is_chosen_is_exported_and_nothing_chosen_is_said() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let rows = contacts(sales, 2).await;
    let form = sales.open(LIST).await.form("form#bulk").with("do", "export");
    let page = sales.submit(&form).await.is(422);
    assert_eq!(page.words(".ao-banner-title"), "No row is selected");
    let answer = sales.submit_bare(&form.clone().and("row", &format!("{}:1", rows[1]["id"]))).await.is(303);
    let to = answer.headers.get("location").and_then(|to| to.to_str().ok()).expect("where to").to_owned();
    let file = sales.get(&to).await.is(200);
    let text = file.body.as_str().expect("CSV");
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(text.starts_with("id,first_name,last_name,title\r\n") && text.contains("Bulk 001"), "{text}");
    // All that fit, ticked or not, and never some of them without a word.
    let all = sales.submit_bare(&form.clone().with("all", "true")).await.is(303);
    let to = all.headers.get("location").and_then(|to| to.to_str().ok()).expect("where to").to_owned();
    assert_eq!(sales.get(&to).await.is(200).body.as_str().expect("CSV").lines().count(), 3);
    let many = (1..=201).fold(form.clone(), |form, id| form.and("row", &format!("{id}:1")));
    let page = sales.submit(&many).await.is(422);
    assert!(page.words(".ao-banner-title").starts_with("At most 200 ticked rows can be exported"));
    // The whole list, as it is seen.
    let whole = sales.open(LIST).await.link("As CSV, for spreadsheets").expect("a link");
    let file = sales.get(&whole).await.is(200);
    assert_eq!(file.body.as_str().expect("CSV").lines().count(), 3);
}

#[tokio::test]
async fn nobody_does_by_many_what_he_may_not_do_by_one() {
    let prepared = prepared(&[]).await;
    let (sales, finance) = (&prepared.sales, &prepared.finance);
    let rows = contacts(sales, 1).await;
    // Who may only look has nothing to tick.
    let page = finance.open("/crm/orders").await.is(200);
    assert!(!page.has("input[name=row]") && !page.has("form#bulk"));
    let row = sales.get("/api/crm/v1/orders?limit=1").await.body["rows"][0].clone();
    let id = row["id"].to_string();
    for what in ["delete", "edit", "restore"] {
        finance.open(&format!("/crm/orders/bulk?do={what}&rows={id}:1")).await.is(404);
    }
    let token = finance.open("/crm/customers").await.attributes("input[name=csrf_token]", "value").remove(0);
    let fields = [
        ("csrf_token", token.as_str()),
        ("do", "delete"),
        ("confirmed", "true"),
        ("rows", &*format!("{id}:{}", row["version"])),
    ];
    finance.form("/crm/orders/bulk", &fields).await.is(403);
    sales.get(&format!("/api/crm/v1/orders/{id}")).await.is(200);
    // A field that is not for him is not offered, and not taken.
    let customer = sales.get("/api/crm/v1/customers?limit=1").await.body["rows"][0].clone();
    let chosen = format!("{}:{}", customer["id"], customer["version"]);
    let page_of_form = format!("/crm/customers/bulk?do=edit&rows={chosen}");
    let page = sales.open(&format!("/crm/customers/bulk?do=edit&rows={chosen}&field=credit_limit")).await.is(200);
    assert!(!page.text.contains("Credit limit") && !page.has("form.ao-bulk-form"));
    let token = page.attributes("input[name=csrf_token]", "value").remove(0);
    let fields = [
        ("csrf_token", token.as_str()),
        ("do", "edit"),
        ("confirmed", "true"),
        ("rows", &chosen),
        ("ao-page", page_of_form.as_str()),
        ("field", "credit_limit"),
        ("value", "9"),
    ];
    sales.form("/crm/customers/bulk", &fields).await.is(422);
    // Without the token of the session nothing is done.
    let body = format!("do=delete&confirmed=true&rows={}:1", rows[0]["id"]);
    let request = sales.request(Method::POST, "/crm/contacts/bulk");
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
    sales.send_bare(request).await.is(403);
    sales.get(&format!("/api/crm/v1/contacts/{}", rows[0]["id"])).await.is(200);
    // Rows of others are none of the rows.
    let owner = prepared.admin.id_of("admin").await;
    let body = json!({ "customer": customer["id"], "subject": "Not yours", "owner": owner });
    let hidden = prepared.admin.post("/api/crm/v1/activities", body).await.is(201).body;
    let page = sales.open(&format!("/crm/activities/bulk?do=delete&rows={}:1", hidden["id"])).await.is(200);
    let page = sales.submit(&page.form("form.ao-bulk-form")).await.is(422);
    assert_eq!(page.words(".ao-banner-title"), "0 were done, 1 were not");
    prepared.admin.get(&format!("/api/crm/v1/activities/{}", hidden["id"])).await.is(200);
}

#[tokio::test]
async fn more_rows_than_are_changed_at_once_are_refused_before_anything_is_done() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let before = sales.count("/api/crm/v1/contacts").await;
    let rows = (1..=10_001).map(|id| format!("{id}:1")).collect::<Vec<_>>().join(",");
    let form = sales.open("/crm/contacts").await.form("form#bulk").with("do", "delete").with("rows", &rows);
    let page = sales.submit(&form.with("confirmed", "true")).await.is(422);
    assert!(
        page.words(".ao-banner-title").starts_with("At most 10,000 rows can be changed at once"),
        "{}",
        page.words("main")
    );
    assert_eq!(sales.count("/api/crm/v1/contacts").await, before);
}

//! Cells of a list that are edited where they stand, without script.

use serde_json::{Value as Json, json};

use crate::support::{Client, Page, Sent, prepared};

const LIST: &str = "/crm/customers?columns=name,city,tier,credit_limit,owner&sort=name&limit=20";
const SALES: &str = "/crm/customers?columns=name,city,tier,owner&sort=name&limit=20";

async fn row(client: &Client, id: i64) -> Json {
    client.get(&format!("/api/crm/v1/customers/{id}")).await.is(200).body
}

/// The form of a cell.
async fn cell(client: &Client, cell: &str) -> Sent {
    client.open(&format!("{SALES}&edit={cell}")).await.is(200).form("form.ao-cell-form")
}

#[tokio::test]
async fn one_cell_is_written_and_nothing_else_of_the_row() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let before = row(sales, 3).await;
    let page = sales.open(&format!("{SALES}&edit=3.tier")).await.is(200);
    assert!(page.has("td.ao-cell-edited input[name=tier]"), "the input is that of the field");
    assert_eq!(page.rows().len(), sales.open(SALES).await.rows().len());
    let form = page.form("form.ao-cell-form");
    assert_eq!(form.action, "/crm/customers/3/edit");
    let written: Vec<&str> =
        form.fields.iter().map(|(name, _)| name.as_str()).filter(|name| !name.contains('-')).collect();
    assert!(!written.contains(&"city") && !written.contains(&"name"), "{written:?}");
    let done = sales.submit_bare(&form.with("tier", "gold")).await.is(303);
    let to = done.headers.get("location").and_then(|to| to.to_str().ok()).expect("where to");
    assert!(to.starts_with(SALES) && !to.contains("edit="), "{to}");
    let after = row(sales, 3).await;
    for (name, value) in before.as_object().expect("an object") {
        match name.as_str() {
            "tier" => assert_eq!(after["tier"], "gold"),
            "version" => assert_eq!(after["version"].as_i64(), value.as_i64().map(|version| version + 1)),
            "updated_at" | "updated_by" => {}
            name => assert_eq!(after[name], *value, "{name}"),
        }
    }
    // What was not changed is not written.
    let form = cell(sales, "3.tier").await;
    sales.submit_bare(&form).await.is(303);
    assert_eq!(row(sales, 3).await["version"], after["version"]);
    // A value is taken away where there may be none.
    let form = cell(sales, "3.city").await;
    sales.submit_bare(&form.with("city", "")).await.is(303);
    assert_eq!(row(sales, 3).await["city"], Json::Null);
}

#[tokio::test]
async fn what_is_wrong_is_told_at_the_cell_and_nothing_typed_is_lost() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let before = row(sales, 3).await;
    let name = "x".repeat(130);
    let page = sales.submit(&cell(sales, "3.name").await.with("name", &name)).await.is(422);
    assert_eq!(page.words("h1"), "Customers", "the list is still there");
    assert!(
        page.words(".ao-cell-edited .ao-field-error").contains("must have 1 to 120 characters"),
        "{}",
        page.words("main")
    );
    let form = page.form("form.ao-cell-form");
    assert!(form.fields.contains(&("name".to_owned(), name)));
    assert_eq!(row(sales, 3).await, before);
    sales.submit_bare(&form.with("name", "Shorter")).await.is(303);
    assert_eq!(row(sales, 3).await["name"], "Shorter");
    // What the row as a whole does not allow is told there, too.
    let page = sales.submit(&cell(sales, "4.name").await.with("name", "")).await.is(422);
    assert!(!page.words(".ao-cell-edited .ao-field-error").is_empty());
}

#[tokio::test]
async fn nobody_overwrites_by_a_cell_what_another_has_written() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let path = "/api/crm/v1/customers/3";
    // Another field: it is told, and the second time both changes stand.
    let form = cell(sales, "3.city").await;
    prepared.admin.change(path, json!({ "phone": "111" })).await.is(200);
    let page = sales.submit(&form.clone().with("city", "Bruges")).await.is(422);
    assert_eq!(page.words(".ao-cell-told"), "Somebody else has changed this meanwhile.");
    assert_ne!(row(sales, 3).await["city"], "Bruges");
    sales.submit_bare(&page.form("form.ao-cell-form")).await.is(303);
    let now = row(sales, 3).await;
    assert_eq!((&now["city"], &now["phone"]), (&json!("Bruges"), &json!("111")));
    // The same field: one of the two is chosen.
    let form = cell(sales, "3.city").await;
    prepared.admin.change(path, json!({ "city": "Ghent" })).await.is(200);
    let page = sales.submit(&form.with("city", "Antwerp")).await.is(422);
    assert!(
        page.words(".ao-cell-edited").contains("Yours: Antwerp")
            && page.words(".ao-cell-edited").contains("Theirs: Ghent")
    );
    let form = page.form("form.ao-cell-form");
    sales.submit(&form).await.is(422);
    assert_eq!(row(sales, 3).await["city"], "Ghent");
    sales.submit_bare(&form.with("ao-pick:city", "mine")).await.is(303);
    assert_eq!(row(sales, 3).await["city"], "Antwerp");
}

#[tokio::test]
async fn cells_that_may_not_be_written_have_no_form() {
    let prepared = prepared(&[]).await;
    let (sales, finance) = (&prepared.sales, &prepared.finance);
    let fields = |page: &Page| page.attributes("table.ao-table", "data-fields");
    assert_eq!(fields(&finance.open(LIST).await.is(200)), ["name,city,tier,credit_limit,owner"]);
    assert_eq!(fields(&sales.open(SALES).await.is(200)), ["name,city,tier,owner"]);
    // Who may only look has nothing to edit, also not by an address of his own making.
    let page = finance.open("/crm/orders").await.is(200);
    assert!(fields(&page).is_empty() && !page.has("td[data-e]"));
    let page = finance.open("/crm/orders?edit=1.status").await.is(200);
    assert!(!page.has("form.ao-cell-form"));
    // A column that is not shown, one that nobody writes, a row that is not there, and nonsense.
    for (list, edit) in [
        (SALES, "3.phone"),
        (SALES, "3.credit_limit"),
        ("/crm/customers?columns=name,created_at", "3.created_at"),
        (SALES, "999999.city"),
        (SALES, "city"),
        (SALES, "x.city"),
    ] {
        let page = sales.open(&format!("{list}&edit={edit}")).await.is(200);
        assert!(!page.has("form.ao-cell-form"), "{edit}");
        assert_eq!(page.words(".ao-banner-title"), "The row that was to be edited is no longer there.");
    }
    let form = cell(sales, "3.city").await;
    let page = sales.submit(&form.clone().with("credit_limit", "9").with("city", "Ghent")).await;
    assert!((400..500).contains(&page.status), "{}", page.status);
    assert_ne!(row(sales, 3).await["city"], "Ghent");
    // What was deleted is brought back before it is changed.
    let page = sales.open("/crm/activities?deleted=true").await.is(200);
    assert!(fields(&page).is_empty());
}

#[tokio::test]
async fn a_row_that_no_longer_fits_stays_while_it_is_edited() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let list = format!("{SALES}&filter[city]=Nowhere");
    let page = sales.open(&format!("{list}&edit=3.city")).await.is(200);
    assert_eq!(page.rows().len(), 1);
    sales.submit_bare(&page.form("form.ao-cell-form").with("city", "Nowhere")).await.is(303);
    assert_eq!(sales.open(&list).await.rows().len(), 1);
}

#[tokio::test]
async fn one_cell_leads_on_to_the_next_on_the_same_page() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let first = sales.open("/crm/customers?columns=name,city&limit=20").await.is(200);
    let second = sales.open(&first.link("Next page").expect("more")).await.is(200);
    let base = second.attributes("table.ao-table", "data-edits").remove(0);
    assert!(base.contains("cursor=") && base.ends_with("&edit="), "{base}");
    let ids: Vec<String> = second.attributes("tbody tr", "id").iter().map(|id| id.replace("row-", "")).collect();
    let page = sales.open(&format!("{base}{}.city", ids[0])).await.is(200);
    let to = |name: &str| page.attributes("form.ao-cell-form", name).first().cloned().unwrap_or_default();
    assert!(to("data-next").ends_with(&format!("edit={}.name", ids[1])), "{}", to("data-next"));
    assert!(to("data-previous").ends_with(&format!("edit={}.name", ids[0])), "{}", to("data-previous"));
    // Where the script goes on to stands in the form.
    let form = page.form("form.ao-cell-form").with("city", "Onward").with("ao-then", &to("data-next"));
    let next = sales.submit(&form).await.is(200);
    assert!(next.has("th.ao-cell-edited input[name=name]"));
    let evil = form.with("city", "Again").with("ao-then", "https://evil.example/");
    let answer = sales.submit_bare(&evil).await;
    let to = answer.headers.get("location").and_then(|to| to.to_str().ok()).unwrap_or_default().to_owned();
    assert!(!to.contains("evil"), "{to}");
}

#[tokio::test]
async fn what_a_form_tells_of_its_page_is_named_like_no_field() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let form = cell(sales, "3.city").await;
    assert!(
        form.fields.iter().any(|(name, _)| name == "ao-page") && form.fields.iter().all(|(name, _)| name != "page")
    );
    // What is called so is a field like others, of which this record has none, and leads nowhere.
    let page = sales.submit(&form.with("city", "Ghent").with("page", "/crm/orders")).await.is(422);
    assert_eq!(page.words("h1"), "Customers");
    assert!(page.words(".ao-cell-told").contains("not"), "{}", page.words(".ao-cell-edited"));
    assert_ne!(row(sales, 3).await["city"], "Ghent");
}

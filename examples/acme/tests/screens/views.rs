//! Saved views: kept, changed, shared, and nobody else's.

use serde_json::json;

use crate::support::{Client, Page, prepared, user};

/// Keeps the list at an address as a view, and gives the page that follows.
async fn save(client: &Client, address: &str, name: &str, shared_with: &str) -> Page {
    let form = client.open(address).await.is(200).form("form[aria-label='Save as a new view']");
    client.submit(&form.with("name", name).with("shared_with", shared_with)).await
}

#[tokio::test]
async fn a_view_is_kept_found_as_a_tab_changed_and_deleted() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let address = "/crm/orders?filter[status]=draft&sort=-total&columns=number,total,status";
    let page = save(sales, address, "Large drafts", "").await.is(200);
    assert_eq!(page.all(".ao-tabs a"), ["All", "Large drafts"]);
    assert_eq!(page.words(".ao-tabs a[aria-current]"), "Large drafts");
    assert_eq!(page.columns(), ["Number", "Total", "Status"]);
    // It is there the next time, and leads to the same rows.
    let tab = sales.open("/crm/orders").await.link("Large drafts").expect("a tab");
    let again = sales.open(&tab).await.is(200);
    assert_eq!(again.rows(), page.rows());
    assert!(again.column("Status").iter().all(|status| status == "Draft"));

    // A name that is taken is said where it was typed, which stays.
    let taken = save(sales, "/crm/orders?sort=number", "Large drafts", "").await.is(422);
    assert!(taken.words("main").contains("is the name of another view of yours"), "{}", taken.words("main"));
    let form = taken.form("form[aria-label='Save as a new view']");
    assert!(form.fields.contains(&("name".to_owned(), "Large drafts".to_owned())));
    save(sales, "/crm/orders", " ", "").await.is(422);
    save(sales, "/crm/orders", &"x".repeat(81), "").await.is(422);

    // Another question under the same name, or the same under another.
    let changed = format!("{tab}&filter[total][gte]=1");
    let form = sales.open(&changed).await.form("form[aria-label='Save changes of the view']").with("name", "Drafts");
    let page = sales.submit(&form).await.is(200);
    assert_eq!(page.all(".ao-tabs a"), ["All", "Drafts"]);
    assert_eq!(page.all(".ao-tag > span").len(), 2);
    let form = page.form("form[aria-label='Delete the view']");
    let page = sales.submit(&form).await.is(200);
    assert!(!page.has(".ao-tabs"));
    sales.submit_bare(&form).await.is(404);
}

#[tokio::test]
async fn a_list_begins_with_the_view_that_was_chosen_for_that() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let page = save(sales, "/crm/orders?filter[status]=draft&columns=number,status", "Drafts", "").await.is(200);
    let page = sales.submit(&page.form("form[aria-label='Begin with this view']")).await.is(200);
    let begins = sales.open("/crm/orders").await.is(200);
    assert_eq!(begins.columns(), ["Number", "Status"]);
    assert_eq!(begins.rows(), page.rows());
    // All rows are one click away, and other questions are not touched.
    let all = sales.open(&begins.link("All").expect("a tab")).await.is(200);
    assert!(all.columns().len() > 2 && !all.has(".ao-tag"));
    assert!(!sales.open("/crm/orders?sort=total").await.is(200).has(".ao-tag"));
    let form = begins.form("form[aria-label='Begin with all rows']");
    sales.submit(&form).await.is(200);
    assert!(!sales.open("/crm/orders").await.is(200).has(".ao-tag"));
}

#[tokio::test]
async fn views_are_of_their_makers_and_of_the_groups_they_are_shared_with() {
    let prepared = prepared(&[]).await;
    let (sales, finance) = (&prepared.sales, &prepared.finance);
    let ben = user(&prepared.platform, &prepared.admin, "ben", &["crm_users"]).await;
    save(sales, "/crm/customers?sort=name", "My own", "").await.is(200);
    save(sales, "/crm/customers?sort=-name", "Of all sales people", "crm_users").await.is(200);
    let tabs = |page: Page| page.all(".ao-tabs a");
    assert_eq!(tabs(sales.open("/crm/customers").await), ["All", "My own", "Of all sales people"]);
    assert_eq!(tabs(ben.open("/crm/customers").await), ["All", "Of all sales people"]);
    assert!(tabs(finance.open("/crm/customers").await).is_empty());

    // What is shared is looked at, and not changed.
    let shared = ben.open(&ben.open("/crm/customers").await.link("Of all sales people").expect("a tab")).await.is(200);
    assert!(!shared.has("form[aria-label='Delete the view']"));
    let own = sales.rule("saved_views", json!({ "record": "crm.records.customer" })).await.is(200);
    for view in own.body.as_array().expect("views") {
        let id = &view["id"];
        ben.rule("delete_view", json!({ "view": id })).await.problem(404, "view_not_found");
        let change = json!({ "view": id, "name": "Mine now", "query": "", "shared_with": null });
        ben.rule("change_view", change).await.problem(404, "view_not_found");
    }
    let hidden =
        own.body.as_array().and_then(|all| all.iter().find(|view| view["name"] == "My own")).expect("it is there");
    let begin = json!({ "record": "crm.records.customer", "view": hidden["id"] });
    ben.rule("default_view", begin).await.problem(404, "view_not_found");

    // Nobody shares with a group that is not his, or keeps views of what he may not see.
    let refused = save(sales, "/crm/customers", "For finance", "finance").await.is(422);
    assert!(refused.words("main").contains("is no group of yours"), "{}", refused.words("main"));
    let view = json!({ "record": "crm.records.customer", "name": "x", "query": "", "shared_with": "public_access" });
    sales.rule("save_view", view).await.problem(422, "invalid_fields");
    let view = json!({ "record": "crm.records.customer", "name": "x", "query": "", "shared_with": null });
    prepared.outsider.rule("save_view", view.clone()).await.problem(422, "invalid_fields");
    prepared.platform.client().rule("save_view", view).await.problem(401, "not_signed_in");

    // A view shows rows and fields with the rights of whoever looks.
    let finance_only = "/crm/customers?columns=name,credit_limit&sort=-credit_limit";
    save(finance, finance_only, "By credit", "finance").await.is(200);
    assert!(tabs(sales.open("/crm/customers").await).iter().all(|name| name != "By credit"));
}

#[tokio::test]
async fn the_forms_of_views_need_the_token_of_the_session() {
    let prepared = prepared(&[]).await;
    let form = prepared.sales.open("/crm/customers").await.form("form[aria-label='Save as a new view']");
    assert!(form.fields.iter().any(|(name, value)| name == "csrf_token" && !value.is_empty()));
    let body = "do=save&name=Forged&query=&page=%2Fcrm%2Fcustomers";
    let request = prepared.sales.request(crate::support::Method::POST, "/crm/customers/views");
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
    prepared.sales.send_bare(request).await.is(403);
    assert!(!prepared.sales.open("/crm/customers").await.has(".ao-tabs"));
}

//! Lists: columns, order, pages, and what they hide.

use serde_json::json;

use crate::support::prepared;

#[tokio::test]
async fn a_list_shows_what_the_api_answers() {
    let prepared = prepared(&[]).await;
    let page = prepared.sales.open("/crm/customers").await.is(200);
    assert_eq!(page.words("h1"), "Customers");
    assert_eq!(page.columns(), ["Company", "E-mail", "Phone", "Website", "Address", "City", "Country"]);
    let api = prepared.sales.get("/api/crm/v1/customers?limit=50").await.is(200);
    let names: Vec<String> =
        api.column("name").iter().map(|name| name.as_str().unwrap_or_default().to_owned()).collect();
    assert_eq!(page.column("Company"), names);
    let count = prepared.sales.count("/api/crm/v1/customers").await;
    assert_eq!(page.words(".ao-pagination-summary"), format!("{count} rows"));
    // Every row leads to its own screen.
    let ids = page.attributes("table.ao-table tbody th a", "href");
    assert_eq!(ids[0], format!("/crm/customers/{}", api.column("id")[0]));
}

#[tokio::test]
async fn values_are_shown_as_people_read_them() {
    let prepared = prepared(&[]).await;
    let page =
        prepared.sales.open("/crm/orders?columns=number,customer,ordered_on,status,total,created_at").await.is(200);
    assert_eq!(page.columns(), ["Number", "Customer", "Ordered on", "Status", "Total", "Created"]);
    let api = prepared.sales.get("/api/crm/v1/orders?limit=1&expand=customer").await.is(200);
    let (order, first) = (&api.body["rows"][0], &page.rows()[0]);
    let customer = &order["expanded"]["customer"];
    assert_eq!(first[0], order["number"].as_str().expect("a number"));
    assert_eq!(first[1], customer["name"].as_str().expect("a name"), "a reference is called by what it leads to");
    let link = format!("/crm/customers/{}", customer["id"]);
    assert!(page.has(&format!("tbody tr:first-child td a[href='{link}']")));
    assert!(page.has("tbody tr:first-child .ao-badge"), "a choice is a word of its own");
    assert!(page.has("tbody tr:first-child td.ao-number"), "numbers stand at the right");
    assert!(page.has("tbody tr:first-child time[datetime]"));
    // What a reference leads to, and may not be seen, is a number.
    let owner = prepared.admin.id_of("sales").await;
    let address = format!("/api/crm/v1/customers/{}", customer["id"]);
    prepared.sales.change(&address, json!({ "owner": owner })).await.is(200);
    let page = prepared.sales.open("/crm/customers?columns=name,owner&filter[owner][null]=false").await.is(200);
    assert_eq!(page.column("Owner"), [format!("#{owner}")]);
    let page = prepared.admin.open("/crm/customers?columns=name,owner&filter[owner][null]=false").await.is(200);
    assert_eq!(page.column("Owner"), ["sales@acme.example"]);
}

#[tokio::test]
async fn a_click_on_a_head_sorts_and_a_second_one_turns_the_order_round() {
    let prepared = prepared(&[]).await;
    let page = prepared.sales.open("/crm/orders").await;
    assert!(!page.has("th[aria-sort]"));
    let ascending = prepared.sales.open(&page.link_in("thead", "Total").expect("a link")).await.is(200);
    assert!(ascending.has("th[aria-sort=ascending]"));
    let descending = prepared.sales.open(&ascending.link_in("thead", "Total").expect("a link")).await;
    assert!(descending.has("th[aria-sort=descending]"));
    let totals = |page: &crate::support::Page| -> Vec<f64> {
        page.column("Total").iter().map(|total| total.replace(',', "").parse().expect("a number")).collect()
    };
    assert!(totals(&ascending).is_sorted());
    assert!(totals(&descending).iter().rev().is_sorted());
}

#[tokio::test]
async fn pages_lead_on_and_back_to_the_same_rows() {
    let prepared = prepared(&[]).await;
    let first = prepared.sales.open("/crm/orders?sort=-total&limit=20").await.is(200);
    assert_eq!(first.rows().len(), 20);
    assert!(first.link("Previous page").is_none());
    let second = prepared.sales.open(&first.link("Next page").expect("more")).await.is(200);
    let third = prepared.sales.open(&second.link("Next page").expect("more")).await.is(200);
    let back = prepared.sales.open(&third.link("Previous page").expect("less")).await.is(200);
    assert_eq!(back.rows(), second.rows());
    let start = prepared.sales.open(&back.link("Previous page").expect("less")).await.is(200);
    assert_eq!(start.rows(), first.rows());
    assert!(start.link("Previous page").is_none(), "before the first row there is nothing");
    assert_eq!(
        start.words(".ao-pagination-summary"),
        second.words(".ao-pagination-summary"),
        "the number of all rows is that of all rows"
    );
}

#[tokio::test]
async fn columns_are_chosen_without_script() {
    let prepared = prepared(&[]).await;
    let page = prepared.sales.open("/crm/customers?sort=name").await;
    let form = page.form("form.ao-columns").without("column").and("column", "tier").and("column", "name");
    let chosen = prepared.sales.submit(&form).await.is(200);
    assert_eq!(chosen.columns(), ["Tier", "Company"]);
    assert!(chosen.has("th[aria-sort=ascending]"), "the order stays");
    let moved = prepared.sales.open(&chosen.link("Move Company forward").expect("a link")).await.is(200);
    assert_eq!(moved.columns(), ["Company", "Tier"]);
}

#[tokio::test]
async fn what_one_may_not_read_is_neither_shown_nor_asked_for() {
    let prepared = prepared(&[]).await;
    let (sales, finance) = (&prepared.sales, &prepared.finance);
    let page = sales.open("/crm/customers").await.is(200);
    assert!(!page.text.contains("credit_limit") && !page.text.contains("Credit limit"));
    for asked in
        ["columns=name,credit_limit", "sort=credit_limit", "filter[credit_limit][gt]=0", "filter[credit_limit]=0"]
    {
        let page = sales.open(&format!("/crm/customers?{asked}")).await.is(400);
        assert!(page.words("main").contains("is not a field that can be"), "{}", page.words("main"));
    }
    let page = finance.open("/crm/customers?columns=name,credit_limit&sort=-credit_limit").await.is(200);
    assert_eq!(page.columns(), ["Company", "Credit limit"]);
    // The editor of a filter that is not for him is not there.
    assert!(!sales.open("/crm/customers?by=credit_limit").await.is(200).has(".ao-filter-editor"));
    assert!(finance.open("/crm/customers?by=credit_limit").await.is(200).has(".ao-filter-editor"));
}

#[tokio::test]
async fn who_may_not_view_a_record_learns_nothing_of_its_list() {
    let prepared = prepared(&[]).await;
    let hidden = prepared.outsider.open("/crm/customers").await.is(404);
    let missing = prepared.outsider.open("/crm/nonsense").await.is(404);
    assert_eq!(hidden.words("h1"), missing.words("h1"));
    assert!(!hidden.words("main").to_lowercase().contains("customer"));
    // What he asks in the address is not even looked at.
    prepared.outsider.open("/crm/customers?filter[nonsense]=1").await.is(404);
    // Actions that one may not take are not there.
    let page = prepared.finance.open("/crm/customers").await.is(200);
    assert_eq!(page.link("New customer"), None);
    assert_eq!(page.link("Import"), None);
    let page = prepared.sales.open("/crm/customers").await.is(200);
    assert_eq!(page.link("New customer").as_deref(), Some("/crm/customers/new"));
}

#[tokio::test]
async fn rows_of_others_are_not_shown() {
    let prepared = prepared(&[]).await;
    let customer = prepared.sales.get("/api/crm/v1/customers?limit=1").await.body["rows"][0]["id"].clone();
    for (client, name) in [(&prepared.admin, "admin"), (&prepared.sales, "sales")] {
        let owner = prepared.admin.id_of(name).await;
        let body = json!({ "customer": customer, "subject": format!("of {name}"), "owner": owner });
        client.post("/api/crm/v1/activities", body).await.is(201);
    }
    let all = prepared.admin.open("/crm/activities").await.is(200);
    let own = prepared.sales.open("/crm/activities").await.is(200);
    assert_eq!(
        (all.words(".ao-pagination-summary"), own.words(".ao-pagination-summary")),
        ("2 rows".to_owned(), "1 row".to_owned())
    );
    assert_eq!(own.column("Subject"), ["of sales"]);
}

#[tokio::test]
async fn no_value_becomes_markup() {
    const EVIL: &str = "\"><script>alert(1)</script><img src=x onerror='x'>&amp;";
    let prepared = prepared(&[]).await;
    let body = json!({ "name": EVIL, "email": "evil@acme.example", "phone": "<b>1</b>", "city": EVIL, "address": "x' y\" <i>" });
    prepared.sales.post("/api/crm/v1/customers", body).await.is(201);
    let address = "/crm/customers?columns=name,email,phone,city,address&filter[email]=evil@acme.example";
    let page = prepared.sales.open(address).await.is(200);
    assert!(!page.has("main script") && !page.has("main img") && !page.has("td b") && !page.has("td i"));
    assert_eq!(page.rows(), [[EVIL, "evil@acme.example", "<b>1</b>", EVIL, "x' y\" <i>"]]);
    // In what is said of filters, too, and in references to it.
    let page = prepared.sales.open("/crm/customers?q=%22%3E%3Cscript%3Ex%3C/script%3E").await.is(200);
    assert!(!page.has("main script"));
}

#[tokio::test]
async fn an_empty_list_says_why_and_what_can_be_done() {
    let prepared = prepared(&[]).await;
    let page = prepared.sales.open("/crm/customers?q=nobody+is+called+so").await.is(200);
    assert_eq!(page.words(".ao-state-title"), "Nothing matches");
    assert_eq!(page.link("Clear filters").as_deref(), Some("/crm/customers"));
    let page = prepared.sales.open("/crm/deliveries").await.is(200);
    if page.rows().is_empty() {
        assert_eq!(page.words(".ao-state-title"), "No deliveries yet");
        assert_eq!(page.link("New delivery").as_deref(), Some("/crm/deliveries/new"));
    }
}

#[tokio::test]
async fn how_high_rows_are_is_chosen_for_a_list_and_kept_with_its_view() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let page = sales.open("/crm/orders").await.is(200);
    assert!(!page.has("table.ao-compact") && page.words(".ao-pager-density [aria-current]") == "Normal");
    let compact = page.link("Compact").expect("a link");
    let page = sales.open(&compact).await.is(200);
    assert!(page.has("table.ao-compact") && page.words(".ao-pager-density [aria-current]") == "Compact");
    let form = page.form("#view form:last-of-type").with("name", "Dense");
    assert!(sales.submit(&form).await.is(200).has("table.ao-compact"));
    let view = sales.open("/crm/orders").await.link("Dense").expect("a tab");
    assert!(sales.open(&view).await.has("table.ao-compact"));
    // One's own settings hold where nothing was chosen, and give way where something was.
    sales.post("/api/platform/v1/rules/set_preferences", json!({ "density": "compact" })).await.is(200);
    let page = sales.open("/crm/orders").await.is(200);
    assert_eq!(page.words(".ao-pager-density [aria-current]"), "Compact");
    assert!(sales.open(&page.link("Normal").expect("a link")).await.has("table.ao-normal"));
    sales.open("/crm/orders?density=huge").await.is(400);
    // It is no question about rows: files are the same.
    let file = sales.open(&compact).await.link("As CSV, for spreadsheets").expect("a link");
    assert!(!file.contains("density"), "{file}");
}

//! Filters: made without script, said in words, taken away.

use crate::support::prepared;

#[tokio::test]
async fn a_choice_is_filtered_by_its_form_and_said_in_words() {
    let prepared = prepared(&[]).await;
    let page = prepared.sales.open("/crm/orders?sort=-total").await;
    let editor = prepared.sales.open(&page.link_in(".ao-toolbar", "Status").expect("a filter")).await.is(200);
    let form = editor.form(".ao-filter-form").and("value", "draft").and("value", "shipped");
    let answer = prepared.sales.submit_bare(&form).await;
    let to = answer.headers.get("location").and_then(|to| to.to_str().ok()).map(str::to_owned);
    assert_eq!(to.as_deref(), Some("/crm/orders?sort=-total&filter[status][in]=draft,shipped"));
    let page = prepared.sales.submit(&form).await.is(200);
    assert!(page.column("Status").iter().all(|status| status == "Draft" || status == "Shipped"));
    assert_eq!(page.words(".ao-tag > span"), "Status is one of Draft, Shipped");
    let count = prepared.sales.count("/api/crm/v1/orders").await;
    let cleared = page.link("Remove Status is one of Draft, Shipped").expect("its end");
    let page = prepared.sales.open(&cleared).await.is(200);
    assert_eq!(page.words(".ao-pagination-summary"), format!("{count} rows"));
    assert!(page.has("th[aria-sort=descending]"), "the order stays");
}

#[tokio::test]
async fn numbers_texts_and_references_have_forms_of_their_own() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let form = sales.open("/crm/orders?by=total").await.form(".ao-filter-form");
    let page = sales.submit(&form.clone().with("from", "100").with("to", "500")).await.is(200);
    assert_eq!(page.all(".ao-tag > span"), ["Total at least 100", "Total at most 500"]);
    let within =
        |total: &String| total.replace(',', "").parse::<f64>().is_ok_and(|total| (100.0..=500.0).contains(&total));
    assert!(!page.rows().is_empty() && page.column("Total").iter().all(within));
    // Nonsense is refused in words, and the way out is there.
    let page = sales.submit(&form.with("from", "many")).await.is(400);
    assert!(page.words("main").contains("filter[total][gte]"), "{}", page.words("main"));
    assert_eq!(page.link("Show all orders").as_deref(), Some("/crm/orders"));

    let form = sales.open("/crm/customers?by=name").await.form(".ao-filter-form");
    let page = sales.submit(&form.with("op", "starts_with").with("value", "a")).await.is(200);
    assert!(page.column("Company").iter().all(|name| name.to_lowercase().starts_with('a')), "{:?}", page.rows());

    let first = sales.get("/api/crm/v1/customers?limit=1&sort=name").await.body["rows"][0].clone();
    let editor = sales.open("/crm/orders?by=customer").await;
    let (id, name) = (first["id"].to_string(), first["name"].as_str().expect("a name"));
    assert!(editor.attributes("input[name=value]", "value").contains(&id), "the first rows are offered by name");
    let page = sales.submit(&editor.form(".ao-filter-form").and("value", &id)).await.is(200);
    assert_eq!(page.words(".ao-tag > span"), format!("Customer is {name}"));
    assert!(page.column("Customer").iter().all(|customer| customer == name));
    // The one that is meant can be searched for.
    let find =
        sales.open("/crm/orders?by=customer").await.form(".ao-filter-form").with("find", name).and("by", "customer");
    let page = sales.submit(&find).await.is(200);
    assert!(page.attributes("input[name=value]", "value").contains(&id));
    let page = sales.submit(&find.with("find", "nobody is called so")).await.is(200);
    assert!(!page.has("input[name=value]"));
}

#[tokio::test]
async fn dates_are_filtered_by_periods_that_move_with_the_calendar() {
    let prepared = prepared(&[]).await;
    let sales = &prepared.sales;
    let today = chrono::Utc::now().date_naive();
    let customer = sales.get("/api/crm/v1/customers?limit=1").await.body["rows"][0]["id"].clone();
    for (number, day) in [("P-today", today), ("P-old", today - chrono::Days::new(400))] {
        let body = serde_json::json!({ "number": number, "customer": customer, "ordered_on": day.to_string(), "total": "1.00" });
        sales.post("/api/crm/v1/orders", body).await.is(201);
    }
    let form = sales.open("/crm/orders?by=ordered_on&q=P-").await.form(".ao-filter-form");
    let page = sales.submit(&form.with("during", "last_7_days")).await.is(200);
    assert_eq!(page.column("Number"), ["P-today"]);
    assert!(
        page.all(".ao-tag > span").contains(&"Ordered on is in last 7 days".to_owned()),
        "{:?}",
        page.all(".ao-tag > span")
    );
    // The API means the same by it.
    let found = sales.get("/api/crm/v1/orders?q=P-&filter[ordered_on][during]=last_7_days").await.is(200);
    assert_eq!(found.column("number"), ["P-today"]);
    let found = sales.get("/api/crm/v1/orders?q=P-&filter[created_at][during]=today").await.is(200);
    assert_eq!(found.column("number").len(), 2);
    let wrong = sales.get("/api/crm/v1/orders?filter[ordered_on][during]=someday").await.problem(400, "bad_query");
    assert_eq!(wrong.names("filter[ordered_on][during]"), "unknown_choice");
    let wrong = sales.get("/api/crm/v1/orders?filter[total][during]=today").await.problem(400, "bad_query");
    assert_eq!(wrong.names("filter[total][during]"), "unknown_operator");
}

#[tokio::test]
async fn nonsense_in_an_address_is_said_in_words() {
    let prepared = prepared(&[]).await;
    for (asked, said) in [
        ("nonsense=1", "nonsense"),
        ("filter[nonsense]=1", "filter[nonsense]"),
        ("filter[tier]=platinum", "filter[tier]"),
        ("columns=name,nonsense", "columns"),
        ("limit=9999", "limit"),
        ("cursor=x", "cursor"),
        ("before=x", "cursor"),
        ("before=x&cursor=y", "before"),
        ("columns=name&columns=email", "columns"),
        ("sort=%22%3E%3Cscript%3E", "sort"),
        ("q=a%00b", "q"),
    ] {
        let page = prepared.sales.open(&format!("/crm/customers?{asked}")).await.is(400);
        assert_eq!(page.words("h1"), "Not understood", "{asked}");
        assert!(page.words(".ao-wrong").contains(said), "{asked}: {}", page.words("main"));
        assert!(!page.has("main script"));
    }
}

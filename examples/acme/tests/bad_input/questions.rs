//! Questions that cannot be answered: filters, cursors, ids, and texts that look like statements.

use serde_json::json;

use super::support::{Method, prepared};
use super::{CUSTOMERS, ORDERS, harmless};

#[tokio::test]
async fn texts_that_look_like_statements_are_texts() {
    let start = prepared(&[]).await;
    let before = start.admin.count(CUSTOMERS).await;
    let name = "Robert'); DROP TABLE crm_customer;-- \" \\ % _ ` \u{202e}💥";
    let created = start.sales.post(CUSTOMERS, json!({ "name": name, "email": "bobby@acme.example" })).await.is(201);
    assert_eq!(created.body["name"], name);
    let list = async |pairs: &[(&str, &str)]| start.sales.get_with(CUSTOMERS, pairs).await;
    assert_eq!(list(&[("filter[name]", name)]).await.is(200).column("id"), [created.id()]);
    assert_eq!(list(&[("filter[name]", "' OR 1=1 --")]).await.is(200).column("id").len(), 0);
    // Signs of patterns are letters like others.
    assert_eq!(list(&[("filter[name][contains]", "% _ `")]).await.is(200).column("id"), [created.id()]);
    assert_eq!(list(&[("filter[name][starts_with]", "%")]).await.is(200).column("id").len(), 0);
    assert_eq!(list(&[("filter[name][contains]", "Roberta_")]).await.is(200).column("id").len(), 0);
    assert_eq!(list(&[("q", "DROP TABLE crm_customer")]).await.is(200).column("id"), [created.id()]);
    let refused = vec![
        list(&[("sort", "name; DROP TABLE crm_customer")]).await.problem(400, "bad_query"),
        list(&[("sort", "(SELECT 1)")]).await.problem(400, "bad_query"),
        list(&[("filter[name' OR '1'='1]", "x")]).await.problem(400, "bad_query"),
        list(&[("filter[name][= 1 OR 1]", "x")]).await.problem(400, "bad_query"),
        list(&[("limit", "1; DELETE FROM crm_customer")]).await.problem(400, "bad_query"),
    ];
    harmless(start, before + 1, refused).await;
}

#[tokio::test]
async fn queries_that_cannot_be_answered_name_their_parameter() {
    let start = prepared(&[]).await;
    let before = start.admin.count(CUSTOMERS).await;
    let long = "x".repeat(3000);
    let many = vec!["filter[name]=x"; 52].join("&");
    let too_long_list = format!("filter[name][in]={}", vec!["x"; 201].join(","));
    let cases = [
        ("filter[nickname]=x", "filter[nickname]"),
        ("filter[orders]=1", "filter[orders]"),
        ("filter[name][like]=x", "filter[name][like]"),
        ("filter[tier]=platinum", "filter[tier]"),
        ("filter[customer_since]=yesterday", "filter[customer_since]"),
        ("filter[customer_since][contains]=2024", "filter[customer_since][contains]"),
        ("filter[owner]=ada", "filter[owner]"),
        ("filter[id]=1.5", "filter[id]"),
        ("filter[id]=99999999999999999999", "filter[id]"),
        ("filter[name][null]=maybe", "filter[name][null]"),
        ("filter[name]=a%00b", "filter[name]"),
        ("filter[name][contains]=a%00b", "filter[name][contains]"),
        ("filter[name]=%ff", "filter[name]=%ff"),
        ("filter=x", "filter"),
        ("sort=nickname", "sort"),
        ("sort=", "sort"),
        ("sort=name,,id", "sort"),
        ("sort=--name", "sort"),
        ("sort=name,email,city,country,phone,website,tier,id,version", "sort"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=-1", "limit"),
        ("limit=ten", "limit"),
        ("limit=1&limit=2", "limit"),
        ("count=yes", "count"),
        ("page=2", "page"),
        ("q=a%00b", "q"),
        (many.as_str(), "filter"),
        (too_long_list.as_str(), "filter[name][in]"),
    ];
    let mut refused = Vec::new();
    for (query, field) in cases {
        let answer = start.sales.get(&format!("{CUSTOMERS}?{query}")).await.problem(400, "bad_query");
        answer.names(field);
        refused.push(answer);
    }
    // Long is not wrong.
    assert_eq!(start.sales.get(&format!("{CUSTOMERS}?filter[name]={long}")).await.is(200).column("id").len(), 0);
    harmless(start, before, refused).await;
}

#[tokio::test]
async fn cursors_that_were_not_given_out_are_refused() {
    let start = prepared(&[]).await;
    let before = start.admin.count(CUSTOMERS).await;
    let page = start.sales.get(&format!("{CUSTOMERS}?sort=name&limit=2")).await.is(200);
    let next = page.body["next"].as_str().expect("a next page").to_owned();
    let mut refused = Vec::new();
    let half = &next[..next.len() / 2];
    let bad = ["", "x", "0", "-1", "%00", "%ff", "../../etc/passwd", "e30", "bnVsbA", "W10", half];
    for cursor in bad.iter().filter(|cursor| !cursor.is_empty()) {
        let answer = start.sales.get(&format!("{CUSTOMERS}?sort=name&limit=2&cursor={cursor}")).await;
        // A text that is none at all, or one that is no cursor of this query.
        let told = (answer.status, answer.body["code"].as_str().unwrap_or_default());
        assert!([(400, "bad_query"), (422, "bad_cursor")].contains(&told), "{}", answer.body);
        refused.push(answer);
    }
    // Of another order, of another filter, of another record.
    for query in [format!("sort=-name&limit=2&cursor={next}"), format!("sort=name&filter[city]=Lyon&cursor={next}")] {
        refused.push(start.sales.get(&format!("{CUSTOMERS}?{query}")).await.problem(422, "bad_cursor"));
    }
    refused.push(start.sales.get(&format!("{ORDERS}?limit=2&cursor={next}")).await.problem(422, "bad_cursor"));
    harmless(start, before, refused).await;
}

#[tokio::test]
async fn ids_of_no_row_are_not_found() {
    let start = prepared(&[]).await;
    let before = start.admin.count(CUSTOMERS).await;
    let mut refused = Vec::new();
    for id in [
        "0",
        "-1",
        "01",
        "1.0",
        "+1",
        "abc",
        "999999",
        "9223372036854775807",
        "9223372036854775808",
        "1%00",
        "%ff",
        "'1'",
    ] {
        let path = format!("{CUSTOMERS}/{id}");
        refused.push(start.admin.get(&path).await.problem(404, "record_not_found"));
        refused.push(
            start.admin.patch(&path, json!({ "version": 1, "city": "X" })).await.problem(404, "record_not_found"),
        );
        refused.push(start.admin.delete(&path).await.problem(404, "record_not_found"));
    }
    for path in [
        "/api/crm/v1/suppliers",
        "/api/hr/v1/customers",
        "/api/crm/v2/customers",
        "/api/crm/v1/customers/1/orders",
        "/api/crm/v1/rules/unknown",
    ] {
        refused.push(start.admin.get(path).await.problem(404, "not_found"));
    }
    for (method, path) in
        [(Method::PUT, CUSTOMERS), (Method::DELETE, CUSTOMERS), (Method::POST, "/api/crm/v1/customers/1")]
    {
        let request = start.admin.request(method, path).json(&json!({}));
        refused.push(start.admin.send(request).await.problem(405, "method_not_allowed"));
    }
    harmless(start, before, refused).await;
}

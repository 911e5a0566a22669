//! Parts of rows, rows beside them, and rows that are known already.

use serde_json::json;

use super::support::{Method, prepared};
use super::{ACCOUNTS, CONTACTS, CUSTOMERS, ORDERS, customer};

#[tokio::test]
async fn only_the_fields_that_are_asked_for_are_answered() {
    let start = prepared(&[]).await;
    let list = start.sales.get(&format!("{CUSTOMERS}?fields=name,version&limit=2&sort=id")).await.is(200);
    let rows = list.body["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 2);
    for row in rows {
        let names: Vec<&String> = row.as_object().expect("a row").keys().collect();
        assert_eq!(names, ["id", "name", "version"]);
    }
    let one = start.sales.get(&format!("{CUSTOMERS}/1?fields=email")).await.is(200);
    assert_eq!(one.body.as_object().map(serde_json::Map::len), Some(2));
    assert_eq!(one.body["id"], 1);
    assert!(one.headers.contains_key("etag"));
}

#[tokio::test]
async fn fields_that_may_not_be_read_are_as_unknown_as_absent_ones() {
    let start = prepared(&[]).await;
    for path in [format!("{CUSTOMERS}?fields="), format!("{CUSTOMERS}/1?fields=")] {
        let hidden = start.sales.get(&format!("{path}credit_limit")).await.problem(400, "bad_query");
        let absent = start.sales.get(&format!("{path}nickname")).await.problem(400, "bad_query");
        assert_eq!((hidden.names("fields"), absent.names("fields")), ("unknown_field", "unknown_field"));
        start.finance.get(&format!("{path}credit_limit")).await.is(200);
        start.outsider.get(&format!("{path}nickname")).await.problem(404, "not_found");
    }
    let many = vec!["name"; 201].join(",");
    let refused = start.sales.get(&format!("{CUSTOMERS}/1?fields={many}")).await.problem(400, "bad_query");
    assert_eq!(refused.names("fields"), "too_many");
    let repeated = start.sales.get(&format!("{CUSTOMERS}/1?fields=name&fields=city")).await;
    assert_eq!(repeated.problem(400, "bad_query").names("fields"), "repeated");
}

#[tokio::test]
async fn references_are_expanded_as_far_as_their_rows_may_be_viewed() {
    let start = prepared(&[]).await;
    let order = start.admin.get(&format!("{ORDERS}?limit=1&sort=id&filter[invoice][null]=false")).await.is(200);
    let order = order.body["rows"][0].clone();
    let path = format!("{ORDERS}/{}?expand=customer.account,invoice", order["id"]);
    let seen = start.admin.get(&path).await.is(200).body;
    assert_eq!(seen["customer"], order["customer"], "the id stays where it was");
    assert_eq!(seen["expanded"]["customer"]["id"], order["customer"]);
    assert!(seen["expanded"]["customer"]["credit_limit"].is_string());
    assert_eq!(seen["expanded"]["invoice"]["id"], order["invoice"]);
    let account = &seen["expanded"]["customer"]["expanded"]["account"];
    assert_eq!(account["id"], seen["expanded"]["customer"]["account"]);
    let seen = start.sales.get(&path).await.is(200).body;
    assert!(seen["expanded"]["customer"]["name"].is_string());
    assert!(seen["expanded"]["customer"].get("credit_limit").is_none(), "fields stay hidden on this path, too");
    // Whoever may view contacts but no account sees the plain id.
    let clerk = super::support::user(&start.platform, &start.admin, "clerk", &["crm_users"]).await;
    let seen = clerk.get(&format!("{CUSTOMERS}/1?expand=account,owner")).await.is(200).body;
    assert!(seen["account"].is_number() && seen["expanded"] == json!({}), "{seen}");
    clerk.get(&format!("{ACCOUNTS}/1")).await.is(404);
    let unknown = clerk.get(&format!("{CUSTOMERS}/1?expand=account.support_rep")).await.problem(400, "bad_query");
    assert_eq!(unknown.names("expand"), "unknown_field");
    for wrong in ["name", "nothing", "orders", "customer.customer.account", ""] {
        let refused = clerk.get(&format!("{ORDERS}?expand={wrong}")).await.problem(400, "bad_query");
        assert_eq!(refused.names("expand"), "unknown_field", "{wrong}");
    }
}

#[tokio::test]
async fn a_page_costs_one_query_for_each_expanded_reference() {
    let start = prepared(&[]).await;
    let page = start.admin.get(&format!("{CONTACTS}?expand=customer.owner&limit=50&fields=customer")).await.is(200);
    let rows = page.body["rows"].as_array().expect("rows").len();
    assert!(rows > 3, "{rows}");
    for row in page.body["rows"].as_array().expect("rows") {
        assert_eq!(row["expanded"]["customer"]["id"], row["customer"]);
    }
    let (_, logs) = start.platform.stop();
    let below = logs.below(&page.execution_id);
    let customers = below.iter().filter(|line| line.text("object_ref") == "crm.records.customer").count();
    assert_eq!(customers, 1);
    assert!(below.len() <= 3, "the contacts, their customers, and the owners of these");
}

#[tokio::test]
async fn a_row_that_is_known_is_not_sent_again() {
    let start = prepared(&[]).await;
    let row = customer(&start.sales, "Known").await;
    let path = format!("{CUSTOMERS}/{}", row["id"]);
    let ask = async |path: &str, tags: &str| {
        start.sales.send(start.sales.request(Method::GET, path).header("if-none-match", tags)).await
    };
    for tags in ["\"1\"", "1", "W/\"1\"", "\"7\", \"1\"", "*"] {
        let answer = ask(&path, tags).await.is(304);
        assert!(answer.body.is_null() && answer.headers["etag"] == "\"1\"", "{tags}");
    }
    ask(&path, "\"2\"").await.is(200);
    for tags in ["", "one", "-1", "\"1", "\"1\" \"2\"", "\"a\",b"] {
        assert_eq!(ask(&path, tags).await.problem(400, "bad_header").names("If-None-Match"), "bad_header", "{tags}");
    }
    start.sales.change(&path, json!({ "city": "Bruges" })).await.is(200);
    let fresh = ask(&path, "\"1\"").await.is(200);
    assert!(fresh.headers["etag"] == "\"2\"" && fresh.body["city"] == "Bruges", "{}", fresh.body);
    // What stands beside the row has versions of its own.
    let beside = ask(&format!("{path}?expand=owner"), "\"2\"").await.is(200);
    assert!(!beside.headers.contains_key("etag"));
}

#[tokio::test]
async fn head_answers_as_get_does_but_without_a_body() {
    let start = prepared(&[]).await;
    for path in [CUSTOMERS.to_owned(), format!("{CUSTOMERS}/1"), "/api/openapi.json".to_owned(), "/health".to_owned()] {
        let get = start.sales.get(&path).await.is(200);
        let head = start.sales.send(start.sales.request(Method::HEAD, &path)).await.is(200);
        assert!(head.body.is_null());
        for name in ["content-type", "content-length", "etag"] {
            assert_eq!(head.headers.get(name), get.headers.get(name), "{path} {name}");
        }
    }
    start.outsider.send(start.outsider.request(Method::HEAD, &format!("{CUSTOMERS}/1"))).await.is(404);
}

#[tokio::test]
async fn a_row_is_deleted_only_in_the_version_that_was_read() {
    let start = prepared(&[]).await;
    let row = customer(&start.admin, "Gone").await;
    let path = format!("{CUSTOMERS}/{}", row["id"]);
    let delete =
        async |tag: &str| start.admin.send(start.admin.request(Method::DELETE, &path).header("if-match", tag)).await;
    delete("\"2\"").await.problem(409, "stale_version");
    for tag in ["W/\"1\"", "\"1", "one", "*"] {
        delete(tag).await.problem(400, "bad_header");
    }
    // Many clients lose the quotes; no other version can be meant.
    delete("2").await.problem(409, "stale_version");
    delete("1").await.is(204);
    start.admin.get(&path).await.problem(404, "record_not_found");
}

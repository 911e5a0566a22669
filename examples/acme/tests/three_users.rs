//! The life of a customer, as three users see it through HTTP: an administrator, a sales
//! person, and someone who has no business here.

mod support;

use appos::prelude::Decimal;
use serde_json::{Value as Json, json};
use support::{Answer, Client, Method, PASSWORD, Platform, prepared, user};

const CUSTOMERS: &str = "/api/crm/v1/customers";

/// Decimals are texts in JSON, so that no digit is lost.
fn decimal(json: &Json) -> Decimal {
    json.as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{json} is not a decimal"))
}

#[tokio::test]
async fn a_first_start_leads_to_three_users_whose_every_call_is_found_in_the_log() {
    let platform = Platform::start();
    let mut answers: Vec<Answer> = Vec::new();

    // Nobody is signed in, and nothing is open.
    let stranger = platform.client();
    answers.push(stranger.get(CUSTOMERS).await.problem(401, "not_signed_in"));

    let mut admin = platform.client();
    let token = platform.token.clone().expect("a link to set up the first administrator");
    let form =
        |token: &str| json!({ "token": token, "email": "ada@acme.example", "name": "Ada", "password": PASSWORD });
    admin.post("/auth/setup", form("wrong")).await.problem(403, "bad_setup_token");
    admin.post("/auth/setup", form(&token)).await.is(201);
    admin.post("/auth/setup", form(&token)).await.problem(403, "bad_setup_token");
    admin.sign_in("ada@acme.example", "not the password").await.problem(401, "bad_credentials");
    admin.sign_in("ada@acme.example", PASSWORD).await.is(200);

    let sales = user(&platform, &admin, "sales", &["crm_users", "billing_viewers"]).await;
    let outsider = user(&platform, &admin, "outsider", &[]).await;
    let me = sales.get("/auth/me").await.is(200);
    assert_eq!(me.body["email"], "sales@acme.example");

    // The outsider learns nothing, not even that there are customers.
    answers.push(outsider.get(CUSTOMERS).await.problem(404, "not_found"));
    answers.push(outsider.get("/api/crm/v1/customers/1").await.problem(404, "not_found"));
    answers.push(outsider.post(CUSTOMERS, json!({ "nonsense": 1 })).await.problem(404, "not_found"));

    answers.extend(life_of_a_customer(&admin, &sales).await);

    let (status, logs) = platform.stop();
    assert!(status.success(), "the program ends well when it is told to");
    for answer in &answers {
        let lines = logs.of(&answer.execution_id);
        assert_eq!(lines.len(), 1, "one line for {answer:?}");
        assert!(["record", "rule"].contains(&lines[0].object_type.as_str()), "{:?}", lines[0]);
        assert_eq!(lines[0].text("outcome") == "ok", answer.status < 300, "{:?}", lines[0]);
    }
}

async fn life_of_a_customer(admin: &Client, sales: &Client) -> Vec<Answer> {
    let created =
        sales.post(CUSTOMERS, json!({ "name": "Zephyr Kites", "email": "office@zephyr.example" })).await.is(201);
    let id = created.id();
    let path = format!("{CUSTOMERS}/{id}");
    assert_eq!(created.headers["location"], path.as_str());
    assert_eq!(created.headers["etag"], "\"1\"");
    assert_eq!((&created.body["tier"], &created.body["version"]), (&json!("bronze"), &json!(1)));
    // The credit limit is for finance; an administrator sees everything.
    assert_eq!(created.body.get("credit_limit"), None);
    let seen = admin.get(&path).await.is(200);
    assert_eq!(seen.body["credit_limit"], "0");

    let listed = sales.get(&format!("{CUSTOMERS}?filter[email]=office@zephyr.example")).await.is(200);
    assert_eq!(listed.column("id"), [id]);

    let updated = sales.patch(&path, json!({ "version": 1, "city": "Ghent", "tier": "silver" })).await.is(200);
    assert_eq!((&updated.body["city"], &updated.body["version"]), (&json!("Ghent"), &json!(2)));

    // Someone who read the row before that change does not undo it.
    let stale = sales.patch(&path, json!({ "version": 1, "city": "Bruges" })).await.problem(409, "stale_version");
    assert_eq!(stale.names("version"), "stale_version");
    let again =
        sales.send(sales.request(Method::PATCH, &path).header("if-match", "\"1\"").json(&json!({ "city": "Bruges" })));
    let again = again.await.problem(409, "stale_version");
    let with_header =
        sales.send(sales.request(Method::PATCH, &path).header("if-match", "\"2\"").json(&json!({ "city": "Namur" })));
    let with_header = with_header.await.is(200);
    assert_eq!(with_header.headers["etag"], "\"3\"");

    // A sales person may not delete customers, and is told so: the record itself is no secret.
    let refused = sales.delete(&path).await.problem(403, "denied");
    let deleted = admin.delete(&path).await.is(204);
    let gone = sales.get(&path).await.problem(404, "record_not_found");
    let overview = sales.post("/api/crm/v1/rules/customer_overview", json!({ "customer_id": 1 })).await.is(200);
    assert_eq!(overview.body["customer"], 1);
    vec![created, seen, listed, updated, stale, again, with_header, refused, deleted, gone, overview]
}

#[tokio::test]
async fn a_rule_calls_across_apps_with_the_rights_of_its_caller() {
    let mut start = prepared(&[]).await;
    let path = "/api/crm/v1/rules/customer_overview";
    let body = json!({ "customer_id": 3 });

    let overview = start.sales.post(path, body.clone()).await.is(200);
    let customer = start.sales.get(&format!("{CUSTOMERS}/3")).await.is(200);
    let account = customer.body["account"].as_i64().expect("an account");
    let invoices =
        start.sales.get(&format!("/api/billing/v1/invoices?filter[account]={account}&limit=200")).await.is(200);
    let totals: Decimal = invoices.column("total").iter().map(decimal).sum();
    assert!(totals > Decimal::ZERO, "the demonstration data have invoices");
    assert_eq!(decimal(&overview.body["billed"]), totals, "{}", overview.body);
    assert_eq!(overview.body["name"], customer.body["name"]);

    // In the CRM, and not in billing: the rule may be called, what it calls may not.
    let clerk = user(&start.platform, &start.admin, "clerk", &["crm_users"]).await;
    let refused = clerk.post(path, body.clone()).await.problem(403, "denied");
    let detail = refused.body["detail"].as_str().unwrap_or_default();
    assert!(detail.contains("billing.rules.account_total"), "{detail}");
    start.outsider.post(path, body).await.problem(404, "not_found");
    assert!(start.platform.is_running());

    let (_, logs) = start.platform.stop();
    let tree = logs.below(&overview.execution_id);
    let called: Vec<&str> = tree.iter().map(|line| line.text("object_ref")).collect();
    for object in ["crm.rules.customer_overview", "billing.rules.account_total", "billing.records.invoice_line"] {
        assert!(called.contains(&object), "{object} is not in {called:?}");
    }
    let rate = tree.iter().find(|line| line.text("object_ref") == "billing.constants.tax_rate").expect("the tax rate");
    let parent = logs.of(rate.text("parent_id"));
    assert_eq!(parent[0].text("object_ref"), "billing.rules.tax_due", "the tree can be climbed");
}

#[tokio::test]
async fn lists_are_filtered_sorted_and_turned_page_by_page() {
    let start = prepared(&[]).await;
    let sales = &start.sales;
    for (name, city) in
        [("Anchor", "Nemo"), ("Beacon", "Nemo"), ("Capstan", "Point"), ("Dory", "Nemo"), ("Eddy", "Nemo")]
    {
        let email = format!("{}@atlantis.example", name.to_lowercase());
        let body = json!({ "name": name, "email": email, "city": city, "country": "Atlantis" });
        sales.post(CUSTOMERS, body).await.is(201);
    }
    let list = |query: &str| {
        let path = format!("{CUSTOMERS}?filter[country]=Atlantis&{query}");
        async move { sales.get(&path).await.is(200) }
    };
    let names = |answer: &Answer| {
        answer.column("name").iter().map(|name| name.as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };

    assert_eq!(names(&list("sort=-name").await), ["Eddy", "Dory", "Capstan", "Beacon", "Anchor"]);
    assert_eq!(names(&list("sort=city,-name").await), ["Eddy", "Dory", "Beacon", "Anchor", "Capstan"]);
    assert_eq!(names(&list("filter[city]=Point").await), ["Capstan"]);
    assert_eq!(names(&list("filter[city][ne]=Nemo").await), ["Capstan"]);
    assert_eq!(names(&list("filter[name][gte]=Capstan&filter[name][lt]=Eddy&sort=name").await), ["Capstan", "Dory"]);
    assert_eq!(names(&list("filter[name][in]=Anchor,Eddy&sort=name").await), ["Anchor", "Eddy"]);
    assert_eq!(names(&list("filter[name][contains]=AC&sort=name").await), ["Beacon"]);
    assert_eq!(names(&list("filter[phone][null]=true&count=true").await).len(), 5);
    assert_eq!(list("count=true&limit=1").await.body["count"], 5);

    let mut pages = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = list(&format!("sort=-name,id&limit=2{cursor}")).await;
        pages.push(names(&page));
        match &page.body["next"] {
            Json::String(next) => cursor = format!("&cursor={next}"),
            _ => break,
        }
    }
    assert_eq!(pages, [vec!["Eddy", "Dory"], vec!["Capstan", "Beacon"], vec!["Anchor"]]);
}

#[tokio::test]
async fn a_field_for_finance_is_not_there_for_others() {
    let start = prepared(&[]).await;
    let path = format!("{CUSTOMERS}/1");
    let row = start.finance.get(&path).await.is(200);
    assert!(row.body["credit_limit"].is_string(), "decimals are texts: {}", row.body);
    assert_eq!(start.sales.get(&path).await.is(200).body.get("credit_limit"), None);

    // Neither written, nor filtered, nor sorted by: that would tell its value.
    let version = row.body["version"].clone();
    let body = json!({ "version": version, "credit_limit": 5 });
    let refused = start.sales.patch(&path, body.clone()).await.problem(422, "invalid_fields");
    assert_eq!(refused.names("credit_limit"), "unknown_field");
    start.sales.get(&format!("{CUSTOMERS}?filter[credit_limit][gt]=1")).await.problem(400, "bad_query");
    start.sales.get(&format!("{CUSTOMERS}?sort=credit_limit")).await.problem(400, "bad_query");
    let changed = start.finance.patch(&path, body).await.is(200);
    assert_eq!(changed.body["credit_limit"], "5");

    // A rule that needs it is for those who may read it.
    let rule = "/api/crm/v1/rules/big_spenders";
    let spenders = start.finance.post(rule, json!({ "above": "20000" })).await.is(200);
    assert!(spenders.body.as_array().is_some_and(|rows| !rows.is_empty()), "{}", spenders.body);
    start.sales.post(rule, json!({ "above": "20000" })).await.problem(403, "denied");
}

#[tokio::test]
async fn what_others_refer_to_is_not_deleted() {
    let start = prepared(&[]).await;
    let orders = start.admin.get("/api/crm/v1/orders?limit=1").await.is(200);
    let customer = &orders.body["rows"][0]["customer"];
    let path = format!("{CUSTOMERS}/{customer}");
    start.admin.delete(&path).await.problem(409, "still_referenced");
    start.admin.get(&path).await.is(200);

    // Lines belong to their order and go with it.
    let order = orders.body["rows"][0]["id"].as_i64().expect("an order");
    let lines = format!("/api/crm/v1/order_lines?filter[order]={order}");
    assert!(!start.admin.get(&lines).await.is(200).column("id").is_empty());
    start.admin.delete(&format!("/api/crm/v1/orders/{order}")).await.is(204);
    assert!(start.admin.get(&lines).await.is(200).column("id").is_empty());
}

#[tokio::test]
async fn constants_follow_the_environment() {
    let start = prepared(&[("APPOS__ENVIRONMENT", "test")]).await;
    let open = start.admin.get("/api/billing/v1/invoices?filter[status]=sent&limit=1").await.is(200);
    let body = json!({ "account": open.body["rows"][0]["account"] });
    let amount = start.admin.post("/api/billing/v1/rules/amount_open", body.clone()).await.is(200);
    assert!(decimal(&amount.body) > Decimal::ZERO);
    let tax = start.admin.post("/api/billing/v1/rules/tax_due", body.clone()).await.is(200);
    assert_eq!(decimal(&tax.body), Decimal::ZERO, "no tax in tests");

    let start = prepared(&[]).await;
    let tax = start.admin.post("/api/billing/v1/rules/tax_due", body).await.is(200);
    assert!(decimal(&tax.body) > Decimal::ZERO);
}

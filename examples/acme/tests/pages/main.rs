//! What the apps' own screens show, to whom, and what an address must look like.

#[path = "../support/mod.rs"]
mod support;

use serde_json::json;
use support::{Answer, Prepared, prepared, user};

const GRANTS: &str = "/api/platform/v1/object_permissions";

/// The text of a page, without the marks by which its script finds what changes.
fn html(answer: &Answer) -> &'static str {
    let mut rest = answer.body.as_str().unwrap_or_default();
    let mut text = String::new();
    while let Some((before, mark)) = rest.split_once("<!--") {
        text.push_str(before);
        rest = mark.split_once("-->").map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    for mark in [" data-ao=\"", " data-on=\""] {
        while let Some(from) = text.find(mark) {
            let length = text[from + mark.len()..].find('"').expect("the end of an attribute");
            text.replace_range(from..=from + mark.len() + length, "");
        }
    }
    text.leak()
}

/// The text between two others.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let rest = text.split_once(from).unwrap_or_else(|| panic!("`{from}` is not in {text}")).1;
    rest.split_once(to).unwrap_or_else(|| panic!("`{to}` is not in {rest}")).0
}

async fn start() -> Prepared {
    prepared(&[]).await
}

#[tokio::test]
async fn a_page_shows_what_its_interfaces_load_in_the_first_answer() {
    let start = start().await;
    let page = start.admin.get("/crm/home").await.is(200);
    let text = html(&page);
    assert!(text.contains("Home ·"), "{text}");
    assert!(!text.contains("ao-loading"), "the first answer has its data: {text}");
    let customers = start.admin.count("/api/crm/v1/customers").await;
    let open = start.admin.post("/api/crm/v1/rules/open_orders", json!({})).await.is(200).body;
    let page = start.admin.open("/crm/home").await.is(200);
    assert_eq!(page.all(".ao-metric-value"), [customers.to_string(), open.to_string()]);
    let latest = start.admin.get("/api/crm/v1/orders?sort=-id&limit=5").await.is(200);
    let numbers: Vec<_> = latest.column("number").iter().map(|number| number.as_str().map(str::to_owned)).collect();
    assert_eq!(page.column("Number").into_iter().take(5).map(Some).collect::<Vec<_>>(), numbers);
}

#[tokio::test]
async fn a_table_of_records_shows_what_its_visitor_may_see() {
    let start = start().await;
    let orders = ["Number", "Customer", "Ordered on", "Status", "Total"];
    let finance = user(&start.platform, &start.admin, "treasurer", &["finance"]).await;
    let page = finance.open("/crm/home").await.is(200);
    assert_eq!(page.all("main th[scope=col]"), [&orders[..], &["Company", "Tier", "Credit limit"]].concat());
    // A field that he may not read is no column of his.
    let page = start.sales.open("/crm/home").await.is(200);
    assert_eq!(page.all("main th[scope=col]"), [&orders[..], &["Company", "Tier"]].concat());
    assert!(!page.words("main").contains("Credit"), "{}", page.words("main"));
    assert!(page.has("tbody tr:first-child th a[href^='/crm/orders/']"), "each row leads to its own screen");
}

#[tokio::test]
async fn whoever_may_not_view_a_page_learns_as_much_as_of_one_that_does_not_exist() {
    let start = start().await;
    let hidden = start.outsider.get("/crm/home").await.is(404);
    let missing = start.outsider.get("/crm/nowhere").await.is(404);
    assert!(html(&hidden).contains("There is nothing at this address"), "{}", html(&hidden));
    assert!(!html(&hidden).contains("Good day"));
    let shown = |answer: &Answer| between(html(answer), "<main", "</main>").to_owned();
    assert_eq!(shown(&hidden), shown(&missing));
    // Also with an address that does not fit: what its parameters are is not told either.
    let hidden = start.outsider.get("/crm/customers/abc/report").await.is(404);
    assert!(!html(&hidden).contains("abc"), "{}", html(&hidden));
    // Nobody is asked to sign in first, with the way back.
    let stranger = start.platform.client().get("/crm/home").await.is(303);
    assert_eq!(stranger.headers["location"], "/login?next=%2Fcrm%2Fhome");
}

#[tokio::test]
async fn a_page_with_public_access_is_there_for_everybody_and_what_it_loads_is_not() {
    let start = start().await;
    for client in [&start.platform.client(), &start.outsider] {
        let page = client.get("/crm/about").await.is(200);
        let main = between(html(&page), "<main", "</main>");
        assert!(main.contains("Who we are") && main.contains("You do not have access to this part."), "{main}");
    }
    let page = start.admin.get("/crm/about").await.is(200);
    assert!(!html(&page).contains("You do not have access"), "{}", html(&page));
    start.platform.client().send(start.platform.client().request(support::Method::POST, "/crm/about")).await.is(303);
}

#[tokio::test]
async fn an_address_that_does_not_fit_is_told_with_all_its_mistakes() {
    let start = start().await;
    let page = start.admin.get("/crm/customers/1x/report?from=yesterday&after=a&after=b").await.is(400);
    let text = html(&page);
    for said in ["`id` must be", "`from` must be a date such as 2026-11-24", "`after` stands more than once"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    // A form sends what nobody filled in; what others add to addresses is none of the page's business.
    start.admin.get("/crm/customers/1/report?from=&utm_source=mail").await.is(200);
}

#[tokio::test]
async fn an_interface_that_a_visitor_may_not_view_is_not_there() {
    let start = start().await;
    let sales = user(&start.platform, &start.admin, "seller", &["crm_users"]).await;
    let with_account = start.admin.get("/api/crm/v1/customers?filter[account][null]=false&limit=1").await.is(200);
    let report = format!("/crm/customers/{}/report", with_account.body["rows"][0]["id"]);
    let page = start.admin.get(&report).await.is(200);
    assert!(html(&page).contains("Tax due"), "{}", html(&page));
    let page = sales.get(&report).await.is(200);
    let main = between(html(&page), "<main", "</main>");
    assert!(!main.contains("Tax due") && !main.contains("ao-failure") && main.contains("<table"), "{main}");
    // A permission for it counts from the next request on.
    let group = start.admin.group("billing_viewers").await;
    let membership = json!({ "user": start.admin.id_of("seller").await, "group": group });
    start.admin.post("/api/platform/v1/memberships", membership).await.is(201);
    let page = sales.get(&report).await.is(200);
    assert!(html(&page).contains("Tax due"), "{}", html(&page));
}

#[tokio::test]
async fn a_part_whose_data_is_refused_says_so_and_the_rest_is_shown() {
    let start = start().await;
    // May view the page and its interfaces, and no record and no rule.
    let user = user(&start.platform, &start.admin, "looker", &["finance"]).await;
    let page = user.get("/crm/customers/999999/report").await.is(200);
    let text = between(html(&page), "<main", "</main>");
    let id = between(text, "Execution <code>", "</code>");
    assert_eq!(id.len(), 36, "{text}");
    let (status, logs) = start.platform.stop();
    assert!(status.success());
    let line = logs.of(id);
    assert_eq!(line[0].text("object_ref"), "crm.records.customer", "the failure is found in the logs: {line:?}");
}

#[tokio::test]
async fn each_drawing_is_an_execution_below_which_its_calls_stand() {
    let start = start().await;
    let page = start.admin.get("/crm/home").await.is(200);
    let (status, logs) = start.platform.stop();
    assert!(status.success());
    let lines = logs.below(&page.execution_id);
    let of = |object: &str| {
        let found = lines.iter().find(|line| line.text("object_ref") == object);
        found.unwrap_or_else(|| panic!("{object} is not in {lines:?}"))
    };
    let (home, dashboard) = (of("crm.pages.home"), of("crm.interfaces.dashboard"));
    assert_eq!((home.text("operation"), home.text("object_type")), ("render", "page"));
    assert_eq!(dashboard.text("parent_id"), home.text("execution_id"));
    // The navigation asks the same rule for the number beside an entry.
    let mut rules = lines.iter().filter(|line| line.text("object_ref") == "crm.rules.open_orders");
    assert!(rules.any(|line| line.text("parent_id") == dashboard.text("execution_id")));
}

#[tokio::test]
async fn a_grant_opens_a_page_and_its_end_closes_it() {
    let start = start().await;
    let group = start.admin.post("/api/platform/v1/groups", json!({ "name": "guests" })).await.is(201).id();
    let guest = user(&start.platform, &start.admin, "guest", &["billing_users"]).await;
    let membership = json!({ "user": start.admin.id_of("guest").await, "group": group });
    start.admin.post("/api/platform/v1/memberships", membership).await.is(201);
    guest.get("/crm/home").await.is(404);
    let reach = start.admin.group("crm_admins").await;
    let membership = json!({ "user": start.admin.id_of("guest").await, "group": reach });
    start.admin.post("/api/platform/v1/memberships", membership).await.is(201);
    // Whoever may administer may view.
    guest.get("/crm/home").await.is(200);
    let grant = json!({ "group": group, "pattern": "billing.interfaces.*", "permission": "view" });
    start.admin.post(GRANTS, grant).await.is(201);
}

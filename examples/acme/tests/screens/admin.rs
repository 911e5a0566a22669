//! The console: what the platform is made of, who may do what and why, and what it would be with other groups; for
//! system administrators alone, and without script.

use serde_json::json;

use crate::support::prepared;

const OBJECTS: &str = "/admin/objects";
const PERMISSIONS: &str = "/admin/permissions";

#[tokio::test]
async fn administrators_alone_have_a_console() {
    let prepared = prepared(&[]).await;
    let home = prepared.admin.open("/admin").await.is(200);
    assert_eq!(home.link_in("#navigation", "Console"), Some("/admin".to_owned()));
    assert_eq!(home.link_in("#navigation", "Metrics"), None, "it is a part of the console");
    for (name, address) in [
        ("Users", "/platform/users"),
        ("Groups", "/platform/groups"),
        ("Objects", OBJECTS),
        ("Permissions", PERMISSIONS),
        ("Metrics", "/admin/metrics"),
        ("Health", "/admin/health"),
        ("Connected systems", "/connected-systems"),
    ] {
        assert_eq!(home.link_in("main", name), Some(address.to_owned()), "{name}");
    }
    // The same ways lead on from each of them.
    for path in [OBJECTS, PERMISSIONS, "/admin/metrics", "/admin/health"] {
        let page = prepared.admin.open(path).await.is(200);
        assert_eq!(page.link_in("main", "Console"), Some("/admin".to_owned()), "{path}");
    }
    prepared.admin.open("/admin/nothing").await.is(404);
    prepared.admin.open("/admin/objects/crm.records.nothing").await.is(404);
    for stranger in [&prepared.sales, &prepared.outsider] {
        for path in ["/admin", OBJECTS, "/admin/objects/crm.records.customer", PERMISSIONS] {
            let page = stranger.open(path).await.is(404);
            assert_eq!(page.link_in("#navigation", "Console"), None);
        }
        stranger.open("/admin/permissions?user=sales").await.is(404);
        for (rule, arguments) in [
            ("list_objects", json!({})),
            ("show_object", json!({ "object": "crm.records.customer" })),
            ("permission_matrix", json!({ "user": "sales" })),
            ("explain_permission", json!({ "user": "sales", "permission": "view", "object": "crm.records.customer" })),
        ] {
            stranger.post(&format!("/api/platform/v1/rules/{rule}"), arguments).await.is(404);
        }
    }
}

#[tokio::test]
async fn who_may_read_numbers_alone_has_those_pages_and_no_console() {
    let prepared = prepared(&[]).await;
    prepared.sales.open("/admin/metrics").await.is(404);
    let group = prepared.admin.get("/api/platform/v1/groups?filter[name]=crm_users").await.is(200);
    let grant = json!({ "pattern": "platform.rules.metrics", "group": group.column("id")[0], "permission": "use" });
    prepared.admin.post("/api/platform/v1/object_permissions", grant).await.is(201);
    let page = prepared.sales.open("/admin/metrics").await.is(200);
    assert_eq!(page.link_in("#navigation", "Metrics"), Some("/admin/metrics".to_owned()));
    assert_eq!((page.link_in("#navigation", "Console"), page.link_in("main", "Console")), (None, None));
    for path in ["/admin", OBJECTS, "/admin/objects/crm.records.customer", PERMISSIONS] {
        prepared.sales.open(path).await.is(404);
    }
}

#[tokio::test]
async fn objects_are_found_with_what_they_do() {
    let prepared = prepared(&[]).await;
    let calls = async || {
        let wanted = json!({ "wanted": { "object": "crm.rules.customer_ltv" } });
        prepared.admin.rule("metrics", wanted).await.is(200).body["objects"][0]["calls"].as_u64().unwrap_or(0)
    };
    let before = calls().await;
    prepared.sales.post("/api/crm/v1/rules/customer_ltv", json!({ "customer_id": 1 })).await.is(200);
    let counted = calls().await;
    assert_eq!(counted, before + 1);
    let found = prepared.admin.open("/admin/objects?app=crm&kind=rule&q=LTV").await.is(200);
    assert_eq!(found.column("Object"), ["crm.rules.customer_ltv"]);
    assert_eq!(found.column("Description"), ["Calculate customer lifetime value"]);
    assert!(prepared.admin.open("/admin/objects?q=no+such").await.is(200).words("main").contains("Nothing matches"));

    // What is no kind and no page is not asked for, and a page beyond the last one is the last one.
    let all = prepared.admin.open("/admin/objects?kind=bird").await.is(200);
    assert_eq!(all.column("Object").len(), 50);
    let last = prepared.admin.open("/admin/objects?page=99999999999").await.is(200);
    let last_one = prepared.admin.open("/admin/objects?page=9999").await.is(200);
    assert!(!last_one.column("Object").is_empty() && !last.column("Object").is_empty());

    let object = prepared.admin.open("/admin/objects/crm.rules.customer_ltv").await.is(200);
    let told = object.words("main");
    for part in ["loyalty.rs:", "crm_users", "system_admin", &format!("Calls{counted}Error rate"), "24 hours"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let never = prepared.admin.open("/admin/objects/platform.rules.clear_caught_mail?window=7d").await.is(200);
    assert!(never.words("main").contains("It was not called in this period"), "{}", never.words("main"));
    // The edge was seen, from both of its ends.
    let called = object.link_in("main", "crm.records.order").expect("what it calls");
    let record = prepared.admin.open(&called).await.is(200);
    assert!(record.link_in("main", "crm.rules.customer_ltv").is_some(), "{}", record.words("main"));
}

#[tokio::test]
async fn permissions_are_explained_and_simulated() {
    let prepared = prepared(&[]).await;
    let asked = prepared.admin.open("/admin/permissions?user=sales&app=crm&q=records.customer").await.is(200);
    let row = |page: &crate::support::Page, object: &str| {
        page.rows().into_iter().find(|row| row[0] == object).unwrap_or_else(|| panic!("{object}: {:?}", page.rows()))
    };
    let customer = row(&asked, "crm.records.customer");
    assert!(customer[1].starts_with("Allowed"), "view: {customer:?}");
    assert!(customer[5].starts_with("Refused"), "delete: {customer:?}");

    // Why, with who could.
    let cell = "tr:has(a[href='/admin/objects/crm.records.customer']) td:nth-of-type(6)";
    let why = asked.link_in(cell, &customer[5]).expect("it leads to why");
    let explained = prepared.admin.open(&why).await.is(200);
    let told = explained.words("main");
    assert!(told.contains("sales may not delete crm.records.customer"), "{told}");
    assert!(told.contains("No list and no grant gives it.") && told.contains("crm_admins"), "{told}");

    // What if she were in the group? Nothing is changed by the question.
    let with = format!("{PERMISSIONS}?user=sales@acme.example&app=crm&with=crm_admins&why=delete:crm.records.customer");
    let simulated = prepared.admin.open(&with).await.is(200);
    assert!(row(&simulated, "crm.records.customer")[5].starts_with("Would be allowed"), "{:?}", simulated.rows());
    let told = simulated.words("main");
    assert!(told.contains("would be different") && told.contains("Allowed: The object's list"), "{told}");
    let without = format!("{PERMISSIONS}?user=sales&app=crm&without=crm_users&changes=true");
    let less = prepared.admin.open(&without).await.is(200);
    assert!(row(&less, "crm.records.customer")[1].starts_with("Would be refused"), "{:?}", less.rows());
    prepared.sales.get("/api/crm/v1/customers/1").await.is(200);
    prepared.sales.delete("/api/crm/v1/customers/1").await.problem(403, "denied");

    // A group that gives nothing would give her nothing; it is not offered.
    prepared.admin.post("/api/platform/v1/groups", json!({ "name": "asleep", "active": false })).await.is(201);
    let offered = prepared.admin.open(PERMISSIONS).await.is(200).all("select[name=with] option");
    assert!(offered.iter().any(|name| name == "crm_admins") && !offered.iter().any(|name| name == "asleep"));

    // A question that is wrong is answered at its place.
    for (query, said) in [
        ("user=salse", "did you mean sales@acme.example?"),
        ("user=sales&app=crn", "there is no app `crn`"),
        ("user=sales&with=wizards", "there is no group `wizards`"),
        ("user=sales&with=asleep", "the group `asleep` is switched off"),
        ("user=sales&why=fly:crm.records.customer", "a permission is one of"),
        ("user=sales&why=view:crm.records.nothing", "is not an object of this platform"),
    ] {
        let page = prepared.admin.open(&format!("{PERMISSIONS}?{query}")).await.is(200);
        assert!(page.words("main").contains(said), "{query}: {}", page.words("main"));
    }
    // The same for programs.
    let matrix = prepared.admin.rule("permission_matrix", json!({ "user": "outsider", "app": "crm" })).await.is(200);
    let objects = matrix.body["objects"].as_array().expect("objects");
    let customer = objects.iter().find(|it| it["object"] == "crm.records.customer").expect("the customer");
    assert_eq!(customer["permissions"][0]["because"], "outside_app");
    assert_eq!(matrix.body["simulated"], json!(null));
}

//! Every change of users, groups, memberships and grants holds for the very next request, and
//! `why` says the same as what happens.

use serde_json::{Value as Json, json};

use super::support::{Client, Prepared, prepared, user};
use super::{CUSTOMERS, GRANTS, GROUPS, MEMBERSHIPS, USERS};

/// Someone in `crm_users` and in a group of the test's own.
struct Case {
    start: Prepared,
    client: Client,
    user: i64,
    group: i64,
}

impl Case {
    async fn new() -> Self {
        let start = prepared(&[]).await;
        let client = user(&start.platform, &start.admin, "helper", &["crm_users"]).await;
        let user = start.admin.id_of("helper").await;
        let group = start.admin.post(GROUPS, json!({ "name": "helpers" })).await.is(201).id();
        start.admin.post(MEMBERSHIPS, json!({ "user": user, "group": group })).await.is(201);
        Self { start, client, user, group }
    }

    async fn grant(&self, pattern: &str, permission: &str) -> i64 {
        let body = json!({ "group": self.group, "pattern": pattern, "permission": permission });
        self.start.admin.post(GRANTS, body).await.is(201).id()
    }

    /// The reason that `why` gives, after a look at whether its answer is the expected one.
    async fn why(&self, permission: &str, object: &str, allowed: bool) -> Json {
        let body = json!({ "user": self.user, "permission": permission, "object": object });
        let answer = self.start.admin.rule("why", body).await.is(200);
        assert_eq!(answer.body["allowed"], allowed, "{permission} {object}: {}", answer.body);
        answer.body["reason"].clone()
    }

    /// Asks for something that changes nothing whatever the answer: the end of a missing row.
    async fn may_delete(&self, path: &str, object: &str, expected: bool) -> Json {
        let answer = self.client.delete(&format!("{path}/999999")).await;
        let allowed = match (answer.status, answer.body["code"].as_str()) {
            (404, Some("record_not_found")) => true,
            (403, Some("denied")) | (404, Some("not_found")) => false,
            _ => panic!("{answer:?}"),
        };
        assert_eq!(allowed, expected, "{object}: {answer:?}");
        self.why("delete", object, expected).await
    }

    async fn may_delete_customers(&self, expected: bool) -> Json {
        self.may_delete(CUSTOMERS, "crm.records.customer", expected).await
    }
}

#[tokio::test]
async fn a_membership_counts_from_the_next_request_to_the_last() {
    let case = Case::new().await;
    let (admin, outsider) = (&case.start.admin, &case.start.outsider);
    let user = admin.id_of("outsider").await;
    let group = admin.group("crm_users").await;
    for _ in 0..3 {
        outsider.get(CUSTOMERS).await.problem(404, "not_found");
        let membership = admin.post(MEMBERSHIPS, json!({ "user": user, "group": group })).await.is(201).id();
        outsider.get(CUSTOMERS).await.is(200);
        admin.delete(&format!("{MEMBERSHIPS}/{membership}")).await.is(204);
    }
    outsider.get(CUSTOMERS).await.problem(404, "not_found");
    let reason = case.why("view", "crm.records.customer", true).await;
    assert_eq!((&reason["because"], &reason["group"]), (&json!("listed"), &json!("crm_users")));
    let reason = case.why("use", "crm.rules.customer_overview", true).await;
    assert_eq!((&reason["because"], &reason["tier"]), (&json!("tier_default"), &json!(2)));
    let reason = case.why("view", "billing.records.invoice", false).await;
    assert_eq!((&reason["because"], &reason["app"]), (&json!("outside_app"), &json!("billing")));
}

#[tokio::test]
async fn a_grant_covers_what_its_pattern_says_while_it_exists() {
    let case = Case::new().await;
    let missing = case.may_delete_customers(false).await;
    assert_eq!(missing["because"], "missing");
    for pattern in ["crm.records.customer", "crm.records.*", "crm.*", "crm.customer*", "crm.records.cust*"] {
        for permission in ["delete", "admin"] {
            let grant = case.grant(pattern, permission).await;
            let reason = case.may_delete_customers(true).await;
            let told =
                json!({ "because": "granted", "group": "helpers", "pattern": pattern, "permission": permission });
            assert_eq!(reason, told);
            case.start.admin.delete(&format!("{GRANTS}/{grant}")).await.is(204);
            case.may_delete_customers(false).await;
        }
    }
    for (pattern, permission) in [
        ("crm.rules.*", "delete"),
        ("crm.records.custom", "delete"),
        ("crm.records.customer_note", "delete"),
        ("crm.records.order*", "delete"),
        ("crm.order*", "delete"),
        ("billing.*", "delete"),
        ("crm2.*", "delete"),
        ("crm.*", "update"),
        ("crm.*", "view"),
    ] {
        case.grant(pattern, permission).await;
        case.may_delete_customers(false).await;
    }
}

#[tokio::test]
async fn a_grant_that_is_changed_counts_as_changed() {
    let case = Case::new().await;
    let path = format!("{GRANTS}/{}", case.grant("crm.records.customer", "delete").await);
    let admin = &case.start.admin;
    case.may_delete_customers(true).await;
    for (change, allowed) in [
        (json!({ "permission": "update" }), false),
        (json!({ "permission": "admin" }), true),
        (json!({ "pattern": "crm.records.order" }), false),
        (json!({ "pattern": "crm.c*" }), true),
        (json!({ "group": admin.group("finance").await }), false),
        (json!({ "group": case.group }), true),
    ] {
        admin.change(&path, change).await.is(200);
        case.may_delete_customers(allowed).await;
    }
}

#[tokio::test]
async fn a_group_that_is_switched_off_gives_nothing() {
    let case = Case::new().await;
    let admin = &case.start.admin;
    case.grant("crm.*", "delete").await;
    let path = format!("{GROUPS}/{}", case.group);
    for active in [true, false, true, false] {
        admin.change(&path, json!({ "active": active })).await.is(200);
        case.may_delete_customers(active).await;
        let me = case.client.get("/auth/me").await.is(200);
        let groups = me.body["groups"].as_array().expect("groups");
        assert_eq!(groups.contains(&json!("helpers")), active, "{}", me.body);
    }
    admin.change(&path, json!({ "active": true })).await.is(200);
    case.may_delete_customers(true).await;
    // Its memberships and grants go with it.
    admin.delete(&path).await.is(204);
    case.may_delete_customers(false).await;
    assert_eq!(admin.get(&format!("{GRANTS}?filter[group]={}", case.group)).await.is(200).column("id").len(), 0);
}

#[tokio::test]
async fn an_account_that_is_switched_off_is_out_at_once() {
    let case = Case::new().await;
    let (admin, path) = (&case.start.admin, format!("{USERS}/{}", case.user));
    case.client.get(CUSTOMERS).await.is(200);
    admin.change(&path, json!({ "active": false })).await.is(200);
    case.client.get(CUSTOMERS).await.problem(401, "session_expired");
    assert_eq!(case.why("view", "crm.records.customer", false).await["because"], "inactive");

    let path = format!("{USERS}/{}", admin.id_of("finance").await);
    case.start.finance.get(CUSTOMERS).await.is(200);
    admin.delete(&path).await.is(204);
    case.start.finance.get(CUSTOMERS).await.problem(401, "session_expired");
}

#[tokio::test]
async fn the_sort_of_an_account_counts_at_once() {
    let case = Case::new().await;
    let (admin, path) = (&case.start.admin, format!("{USERS}/{}", case.user));
    case.client.get(USERS).await.problem(404, "not_found");
    admin.change(&path, json!({ "user_type": "system_admin" })).await.is(200);
    case.client.get(USERS).await.is(200);
    assert_eq!(case.why("delete", "platform.records.user", true).await["because"], "system_admin");
    admin.change(&path, json!({ "user_type": "basic" })).await.is(200);
    case.client.get(USERS).await.problem(404, "not_found");
    let group = admin.group("system_admin").await;
    let membership = admin.post(MEMBERSHIPS, json!({ "user": case.user, "group": group })).await.is(201).id();
    case.client.get(USERS).await.is(200);
    admin.delete(&format!("{MEMBERSHIPS}/{membership}")).await.is(204);
    case.client.get(USERS).await.problem(404, "not_found");
}

#[tokio::test]
async fn a_grant_gives_nothing_in_an_app_that_the_user_does_not_reach() {
    let case = Case::new().await;
    let (path, object) = ("/api/billing/v1/invoices", "billing.records.invoice");
    case.grant("billing.*", "admin").await;
    let reason = case.may_delete(path, object, false).await;
    assert_eq!(reason, json!({ "because": "outside_app", "app": "billing" }));
    case.client.get(path).await.problem(404, "not_found");
    let admin = &case.start.admin;
    let group = admin.group("billing_viewers").await;
    let membership = admin.post(MEMBERSHIPS, json!({ "user": case.user, "group": group })).await.is(201).id();
    case.may_delete(path, object, true).await;
    admin.delete(&format!("{MEMBERSHIPS}/{membership}")).await.is(204);
    case.may_delete(path, object, false).await;
}

#[tokio::test]
async fn a_text_that_is_no_pattern_is_refused() {
    let case = Case::new().await;
    let grants = case.start.admin.count(GRANTS).await;
    for pattern in [
        "*",
        "*.*",
        "crm",
        "crm.",
        ".crm",
        "crm.**",
        "crm.*.*",
        "crm.*.customer",
        "crm.customer",
        "crm.[a]",
        "crm.%",
        "crm.records.cust*er",
        "crm.records.*er",
        "CRM.*",
        "crm .*",
        "crm.records.customer.x",
        "crm?",
        "",
        "crm.re*.x",
    ] {
        let body = json!({ "group": case.group, "pattern": pattern, "permission": "view" });
        let refused = case.start.admin.post(GRANTS, body).await.problem(422, "invalid_fields");
        assert_eq!(refused.names("pattern"), "bad_pattern", "{pattern}");
    }
    for (field, body) in [
        ("permission", json!({ "group": case.group, "pattern": "crm.*", "permission": "everything" })),
        ("group", json!({ "group": 4711, "pattern": "crm.*", "permission": "view" })),
    ] {
        case.start.admin.post(GRANTS, body).await.problem(422, "invalid_fields").names(field);
    }
    assert_eq!(case.start.admin.count(GRANTS).await, grants);
    let path = format!("{GRANTS}/{}", case.grant("crm.records.customer", "delete").await);
    let refused = case.start.admin.change(&path, json!({ "pattern": "crm.**" })).await.problem(422, "invalid_fields");
    assert_eq!(refused.names("pattern"), "bad_pattern");
    case.may_delete_customers(true).await;
}

#[tokio::test]
async fn why_refuses_questions_about_what_does_not_exist() {
    let case = Case::new().await;
    for (field, body) in [
        ("object", json!({ "user": case.user, "permission": "view", "object": "crm.records.nothing" })),
        ("permission", json!({ "user": case.user, "permission": "see", "object": "crm.records.customer" })),
        ("user", json!({ "user": 4711, "permission": "view", "object": "crm.records.customer" })),
    ] {
        case.start.admin.rule("why", body).await.problem(422, "invalid_fields").names(field);
    }
}

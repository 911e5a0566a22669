//! The id of a session: new with each sign-in and with every change of rights.

use serde_json::json;

use super::support::{PASSWORD, prepared, user};
use super::{CUSTOMERS, MEMBERSHIPS, USERS};

fn id(session: Option<&String>) -> String {
    session.and_then(|cookie| cookie.split_once('=')).expect("a cookie").1.to_owned()
}

#[tokio::test]
async fn the_id_of_a_session_changes_with_the_rights_of_its_user() {
    let start = prepared(&[]).await;
    let (admin, mut ann) = (&start.admin, user(&start.platform, &start.admin, "ann", &[]).await);
    let (ann_id, first) = (admin.id_of("ann").await, ann.session.clone());
    // As long as nothing changes, it stays.
    for _ in 0..3 {
        assert!(!ann.get("/auth/me").await.is(200).headers.contains_key("set-cookie"));
    }
    let group = admin.group("crm_users").await;
    let membership = admin.post(MEMBERSHIPS, json!({ "user": ann_id, "group": group })).await.is(201).id();
    let answer = ann.get(CUSTOMERS).await.is(200);
    ann.keep(&answer);
    assert_ne!(id(ann.session.as_ref()), id(first.as_ref()), "rights were gained");
    assert!(!ann.get(CUSTOMERS).await.is(200).headers.contains_key("set-cookie"), "once");
    // A request that was on its way with the old id is answered, and renews nothing more.
    let old = ann.with_session(first.as_deref().expect("a session"));
    assert!(!old.get(CUSTOMERS).await.is(200).headers.contains_key("set-cookie"));
    // What changes for others is no matter of hers.
    admin.post(MEMBERSHIPS, json!({ "user": admin.id_of("outsider").await, "group": group })).await.is(201);
    assert!(!ann.get(CUSTOMERS).await.is(200).headers.contains_key("set-cookie"));
    let second = ann.session.clone();
    admin.delete(&format!("{MEMBERSHIPS}/{membership}")).await.is(204);
    let answer = ann.get("/auth/me").await.is(200);
    ann.keep(&answer);
    assert_ne!(id(ann.session.as_ref()), id(second.as_ref()), "rights were lost");
    // A change of the account's type counts, too; the list names each sign-in once more at most.
    admin.change(&format!("{USERS}/{ann_id}"), json!({ "user_type": "system_admin" })).await.is(200);
    let answer = ann.get("/auth/me").await.is(200);
    assert!(answer.headers.contains_key("set-cookie"));
    ann.keep(&answer);
    ann.get(USERS).await.is(200);
}

#[tokio::test]
async fn an_administrator_sees_and_ends_sessions() {
    let start = prepared(&[]).await;
    let (admin, sales) = (&start.admin, &start.sales);
    let id = admin.id_of("sales").await;
    let mut second = start.platform.client();
    second.sign_in("sales@acme.example", PASSWORD).await.is(200);
    let listed = admin.rule("list_sessions", json!({ "user": id })).await.is(200).body;
    let listed = listed.as_array().expect("a list");
    assert_eq!(listed.len(), 2, "{listed:?}");
    assert!(listed.iter().all(|session| session["address"] == "127.0.0.1" && session["created_at"].is_string()));
    let text = serde_json::to_string(listed).expect("JSON");
    for client in [sales, &second] {
        assert!(!text.contains(&self::id(client.session.as_ref())), "an id that signs in is shown to nobody");
    }
    let arguments = json!({ "user": id, "session": listed[1]["id"] });
    assert_eq!(admin.rule("end_session", arguments.clone()).await.is(200).body, json!(true));
    assert_eq!(admin.rule("end_session", arguments).await.is(200).body, json!(false), "once");
    second.get(CUSTOMERS).await.is(401);
    sales.get(CUSTOMERS).await.is(200);
    admin.rule("end_sessions", json!({ "user": id })).await.is(200);
    sales.get(CUSTOMERS).await.is(401);
    // Nobody else may.
    for rule in ["list_sessions", "end_session", "end_sessions"] {
        let arguments = json!({ "user": 1, "session": "x" });
        let answer = start.finance.rule(rule, arguments).await;
        assert_eq!(answer.status, 404, "{rule}: {}", answer.body);
    }
    admin.rule("list_sessions", json!({ "user": 999_999 })).await.problem(422, "invalid_fields");
}

#[tokio::test]
async fn a_program_with_a_key_has_no_sessions() {
    let start = prepared(&[]).await;
    let robot = json!({ "email": "robot@acme.example", "name": "Robot", "user_type": "service_account" });
    let robot = start.admin.post(USERS, robot).await.is(201).id();
    let made = start.admin.rule("create_api_key", json!({ "user": robot, "name": "nightly" })).await.is(200);
    let key = made.body.as_str().expect("the key").to_owned();
    start.platform.client().get_by_key("/auth/sessions", &key).await.problem(401, "not_signed_in");
}

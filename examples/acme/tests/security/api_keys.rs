//! How programs sign in.

use std::time::Duration;

use serde_json::json;

use super::support::{Line, Method, PASSWORD, Prepared, lines, prepared};
use super::{CUSTOMERS, MEMBERSHIPS, USERS};

/// A program in a group, and its id.
async fn program(start: &Prepared, name: &str, group: &str) -> i64 {
    let body = json!({ "email": format!("{name}@acme.example"), "name": name, "user_type": "service_account" });
    let id = start.admin.post(USERS, body).await.is(201).id();
    let group = start.admin.group(group).await;
    start.admin.post(MEMBERSHIPS, json!({ "user": id, "group": group })).await.is(201);
    id
}

async fn key(start: &Prepared, user: i64, expires_at: Option<&str>) -> String {
    let body = json!({ "user": user, "name": "a key", "expires_at": expires_at });
    let answer = start.admin.rule("create_api_key", body).await.is(200);
    answer.body.as_str().expect("the key").to_owned()
}

#[tokio::test]
async fn a_key_gives_what_the_groups_of_its_program_give() {
    let start = prepared(&[]).await;
    let robot = program(&start, "robot", "crm_users").await;
    let key = key(&start, robot, None).await;
    let client = start.platform.client();
    let me = client.get_by_key("/auth/me", &key).await.is(200);
    assert_eq!((&me.body["id"], &me.body["user_type"]), (&json!(robot), &json!("service_account")));
    assert_eq!(me.headers.get("set-cookie"), None, "a key begins no session");
    client.get_by_key(CUSTOMERS, &key).await.is(200);
    client.get_by_key("/api/billing/v1/invoices", &key).await.problem(404, "not_found");
    client.get_by_key(USERS, &key).await.problem(404, "not_found");
    let delete = client.request(Method::DELETE, &format!("{CUSTOMERS}/1"));
    client.send(delete.bearer_auth(&key)).await.problem(403, "denied");
    // A program is no browser: nobody's page can make it send anything.
    let post = client.request(Method::POST, CUSTOMERS).bearer_auth(&key).header("origin", "https://elsewhere.example");
    let body = json!({ "name": "By robot", "email": "robot@customer.example" });
    let made = client.send(post.json(&body)).await.is(201);
    assert_eq!(made.body["created_by"], robot);
}

#[tokio::test]
async fn a_key_that_does_not_count_is_refused_at_once() {
    let start = prepared(&[]).await;
    let client = start.platform.client();
    let robot = program(&start, "robot", "crm_users").await;
    let first = key(&start, robot, None).await;
    let second = key(&start, robot, Some("2199-01-01T00:00:00Z")).await;
    let past = key(&start, robot, Some("2020-01-01T00:00:00Z")).await;
    client.get_by_key(CUSTOMERS, &past).await.problem(401, "bad_api_key");
    for wrong in
        ["", "appos_", "nonsense", &format!("{first}x"), &first[..first.len() - 1], first.trim_start_matches("appos_")]
    {
        client.get_by_key(CUSTOMERS, wrong).await.problem(401, "bad_api_key");
    }
    // A wrong key beside a session that counts: the key is what was meant.
    start.sales.get_by_key(CUSTOMERS, "appos_wrong").await.problem(401, "bad_api_key");
    start
        .sales
        .send(start.sales.request(Method::GET, CUSTOMERS).header("authorization", "Basic c2FsZXM6eA=="))
        .await
        .problem(401, "bad_api_key");
    start.sales.get(CUSTOMERS).await.is(200);

    client.get_by_key(CUSTOMERS, &first).await.is(200);
    let listed = start.admin.rule("list_api_keys", json!({ "user": robot })).await.is(200).body;
    let listed = listed.as_array().expect("keys");
    assert_eq!(listed.len(), 3);
    assert!(listed[0]["used_at"].is_string() && listed[1]["used_at"].is_null(), "{listed:?}");
    assert_eq!(listed[2]["expires_at"], "2020-01-01T00:00:00Z");
    assert!(!json!(listed).to_string().contains(first.trim_start_matches("appos_")), "nobody reads a key again");
    let oldest = json!({ "id": listed[0]["id"] });
    assert_eq!(start.admin.rule("revoke_api_key", oldest.clone()).await.is(200).body, true);
    client.get_by_key(CUSTOMERS, &first).await.problem(401, "bad_api_key");
    assert_eq!(start.admin.rule("revoke_api_key", oldest).await.is(200).body, false);

    client.get_by_key(CUSTOMERS, &second).await.is(200);
    let path = format!("{USERS}/{robot}");
    start.admin.change(&path, json!({ "active": false })).await.is(200);
    client.get_by_key(CUSTOMERS, &second).await.problem(401, "bad_api_key");
    start.admin.change(&path, json!({ "active": true })).await.is(200);
    client.get_by_key(CUSTOMERS, &second).await.is(200);
    // A person has no keys: those of the program it was do not count.
    start.admin.change(&path, json!({ "user_type": "basic" })).await.is(200);
    client.get_by_key(CUSTOMERS, &second).await.problem(401, "bad_api_key");
    start.admin.delete(&path).await.is(204);
    client.get_by_key(CUSTOMERS, &second).await.problem(401, "bad_api_key");
}

#[tokio::test]
async fn keys_are_for_programs_and_passwords_for_people() {
    let start = prepared(&[]).await;
    for name in ["sales", "admin"] {
        let body = json!({ "user": start.admin.id_of(name).await, "name": "mine" });
        let refused = start.admin.rule("create_api_key", body).await.is(422);
        assert_eq!(refused.names("user"), "not_a_service_account");
    }
    let robot = program(&start, "robot", "crm_users").await;
    let refused = start.admin.rule("set_password", json!({ "user": robot, "password": PASSWORD })).await.is(422);
    assert_eq!(refused.names("user"), "service_account");
    start.platform.client().sign_in("robot@acme.example", PASSWORD).await.problem(401, "bad_credentials");
    for name in [String::new(), "x".repeat(121)] {
        let refused = start.admin.rule("create_api_key", json!({ "user": robot, "name": name })).await.is(422);
        assert_eq!(refused.names("name"), "length");
    }
}

#[tokio::test]
async fn a_key_ends_at_its_moment_also_while_it_is_used() {
    let start = prepared(&[]).await;
    let client = start.platform.client();
    let robot = program(&start, "robot", "crm_users").await;
    let now = chrono::Utc::now() + chrono::Duration::seconds(4);
    let key = key(&start, robot, Some(&now.to_rfc3339())).await;
    client.get_by_key(CUSTOMERS, &key).await.is(200);
    let mut answer = client.get_by_key(CUSTOMERS, &key).await;
    for _ in 0..300 {
        if answer.status != 200 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        answer = client.get_by_key(CUSTOMERS, &key).await;
    }
    assert!(chrono::Utc::now() >= now - chrono::Duration::seconds(1), "not before");
    answer.problem(401, "bad_api_key");
    client.get_by_key(CUSTOMERS, &key).await.problem(401, "bad_api_key");
}

#[tokio::test]
async fn uses_and_refusals_of_keys_are_in_the_security_log() {
    let mut start = prepared(&[]).await;
    let client = start.platform.client();
    let robot = program(&start, "robot", "crm_users").await;
    let (good, revoked) = (key(&start, robot, None).await, key(&start, robot, None).await);
    let past = key(&start, robot, Some("2020-01-01T00:00:00Z")).await;
    let used = client.get_by_key(CUSTOMERS, &good).await.is(200);
    for _ in 0..20 {
        client.get_by_key(CUSTOMERS, &good).await.is(200);
    }
    start.admin.rule("revoke_api_key", json!({ "id": 2 })).await.is(200);
    let mut refused = Vec::new();
    for key in ["appos_nobody_has_this", &revoked, &past] {
        refused.push(client.get_by_key(CUSTOMERS, key).await.problem(401, "bad_api_key"));
    }
    start.admin.change(&format!("{USERS}/{robot}"), json!({ "active": false })).await.is(200);
    refused.push(client.get_by_key(CUSTOMERS, &good).await.problem(401, "bad_api_key"));
    // Whoever presents a key is told the same of all that do not count.
    let told: Vec<_> = refused.iter().map(|answer| answer.body["detail"].clone()).collect();
    assert!(told.windows(2).all(|pair| pair[0] == pair[1]), "{told:?}");

    assert!(start.platform.terminate().success());
    let security = lines(&start.platform.folder().join(".appos/logs"), "security");
    let uses: Vec<&Line> = security.iter().filter(|line| line.text("action") == "key_used").collect();
    assert_eq!(uses.len(), 1, "once a minute: {uses:?}");
    assert_eq!(uses[0].text("execution_id"), used.execution_id);
    assert_eq!((uses[0].text("detail"), &uses[0].json["user_id"]), ("key 1", &json!(robot)));
    for (answer, why) in refused.iter().zip([
        "no key of this platform, or a revoked one".to_owned(),
        "no key of this platform, or a revoked one".to_owned(),
        format!("key 3 of user {robot} has expired"),
        format!("key 1 of user {robot} belongs to an account that is switched off"),
    ]) {
        let line = security.iter().find(|line| line.text("execution_id") == answer.execution_id).expect("a line");
        assert_eq!((line.text("action"), line.text("detail")), ("key_refused", why.as_str()));
    }
    for key in [&good, &revoked, &past] {
        assert_eq!(super::files_with(&start.platform.folder().join(".appos/logs"), key), [""; 0]);
    }
}

//! Passwords that an administrator sets.

use serde_json::json;

use super::support::{PASSWORD, prepared};

#[tokio::test]
async fn a_new_password_ends_the_sessions_of_its_user() {
    let start = prepared(&[]).await;
    let sales = start.admin.id_of("sales").await;
    let mut elsewhere = start.platform.client();
    elsewhere.sign_in("sales@acme.example", PASSWORD).await.is(200);
    // Both are in the server's memory.
    start.sales.get("/auth/me").await.is(200);
    elsewhere.get("/auth/me").await.is(200);
    let body = json!({ "user": sales, "password": "a brand new password" });
    start.admin.rule("set_password", body).await.is(200);
    start.sales.get("/auth/me").await.problem(401, "session_expired");
    elsewhere.get("/auth/me").await.problem(401, "session_expired");
    start.finance.get("/auth/me").await.is(200);

    elsewhere.session = None;
    elsewhere.sign_in("sales@acme.example", PASSWORD).await.problem(401, "bad_credentials");
    elsewhere.sign_in("sales@acme.example", "a brand new password").await.is(200);
}

#[tokio::test]
async fn a_password_that_cannot_be_used_changes_nothing() {
    let start = prepared(&[]).await;
    let sales = start.admin.id_of("sales").await;
    let long = "x".repeat(257);
    for password in ["", "short", "elevenchars", long.as_str()] {
        let answer = start.admin.rule("set_password", json!({ "user": sales, "password": password })).await;
        assert_eq!(answer.problem(422, "invalid_fields").names("password"), "length");
    }
    let nobody = start.admin.rule("set_password", json!({ "user": 4711, "password": PASSWORD })).await;
    assert_eq!(nobody.problem(422, "invalid_fields").names("user"), "broken_reference");
    let nothing = start.admin.rule("set_password", json!({})).await.is(422);
    nothing.names("user");
    nothing.names("password");
    start.sales.get("/auth/me").await.is(200);
    start.platform.client().sign_in("sales@acme.example", PASSWORD).await.is(200);
}

#[tokio::test]
async fn only_administrators_set_passwords_and_make_keys() {
    let start = prepared(&[]).await;
    let admin = start.admin.id_of("admin").await;
    for (rule, body) in [
        ("set_password", json!({ "user": admin, "password": "taken over by sales" })),
        ("create_api_key", json!({ "user": admin, "name": "mine" })),
        ("revoke_api_key", json!({ "id": 1 })),
        ("why", json!({ "user": admin, "permission": "view", "object": "crm.records.customer" })),
        ("set_password", json!({ "nonsense": true })),
    ] {
        start.sales.rule(rule, body.clone()).await.problem(404, "not_found");
        start.platform.client().rule(rule, body).await.problem(401, "not_signed_in");
    }
    start.admin.get("/auth/me").await.is(200);
    start.platform.client().sign_in("admin@acme.example", PASSWORD).await.is(200);
}

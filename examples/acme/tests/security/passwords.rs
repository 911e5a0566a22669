//! Passwords: how they are kept, and how their owners change them.

use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use reqwest::header::{LOCATION, SET_COOKIE};
use serde_json::json;

use super::USERS;
use super::support::{PASSWORD, Platform, database, lines, prepared, user};

const OTHER: &str = "another good password";

/// Stores a hash of the common password, made in another way, for `sales`.
async fn store(platform: &Platform, algorithm: Algorithm, version: Version, params: (u32, u32, u32)) -> String {
    let params = Params::new(params.0, params.1, params.2, None).expect("parameters");
    let hash = Argon2::new(algorithm, version, params).hash_password(PASSWORD.as_bytes()).expect("a hash").to_string();
    let sql = format!("UPDATE platform_password SET hash = '{hash}' WHERE user_id = ({SALES})");
    database::execute(platform.folder(), sql.leak()).await;
    hash
}

const SALES: &str = "SELECT id FROM platform_user WHERE email = 'sales@acme.example'";

async fn stored(platform: &Platform) -> String {
    let sql = format!("SELECT hash AS answer FROM platform_password WHERE user_id = ({SALES})");
    database::read(platform.folder(), sql.leak()).await
}

#[tokio::test]
async fn a_hash_of_another_sort_or_price_is_accepted_and_replaced() {
    let start = prepared(&[]).await;
    let mut client = start.platform.client();
    let today = "$argon2id$v=19$m=19456,t=2,p=1$";
    for (algorithm, version, params) in [
        (Algorithm::Argon2id, Version::V0x13, (8, 1, 1)),
        (Algorithm::Argon2id, Version::V0x13, (32 * 1024, 3, 2)),
        (Algorithm::Argon2id, Version::V0x10, (19_456, 2, 1)),
        (Algorithm::Argon2i, Version::V0x13, (19_456, 2, 1)),
        (Algorithm::Argon2d, Version::V0x13, (1024, 2, 1)),
    ] {
        let old = store(&start.platform, algorithm, version, params).await;
        // Whoever does not know the password changes nothing.
        client.sign_in("sales@acme.example", "not the password").await.problem(401, "bad_credentials");
        assert_eq!(stored(&start.platform).await, old);
        client.session = None;
        client.sign_in("sales@acme.example", PASSWORD).await.is(200);
        let new = stored(&start.platform).await;
        assert!(new.starts_with(today) && new != old, "{old} became {new}");
        // It is the same password: sessions go on, and it is not hashed again.
        start.sales.get("/auth/me").await.is(200);
        client.sign_in("sales@acme.example", PASSWORD).await.is(200);
        assert_eq!(stored(&start.platform).await, new);
    }
    // What is no hash fits nothing.
    for broken in ["", "nonsense", "$argon2id$v=19$m=19456,t=2,p=1$", "$2b$12$abcdefghijklmnopqrstuv"] {
        let sql = format!("UPDATE platform_password SET hash = '{broken}' WHERE user_id = ({SALES})");
        database::execute(start.platform.folder(), sql.leak()).await;
        client.sign_in("sales@acme.example", PASSWORD).await.problem(401, "bad_credentials");
        client.sign_in("sales@acme.example", "").await.problem(401, "bad_credentials");
    }
}

#[tokio::test]
async fn a_new_password_of_ones_own_ends_all_other_sessions_and_changes_the_id_of_this_one() {
    let mut start = prepared(&[]).await;
    let mut here = start.platform.client();
    here.sign_in("sales@acme.example", PASSWORD).await.is(200);
    let before = here.clone();
    let me = start.admin.id_of("sales").await;
    let link = start.admin.rule("create_password_reset", json!({ "user": me })).await.is(200);
    let token = link.body.as_str().and_then(|url| url.split_once("token=")).expect("a link").1.to_owned();
    let changed = here.post("/auth/password", json!({ "current": PASSWORD, "new": OTHER })).await.is(204);
    here.keep(&changed);
    assert_ne!(here.session, before.session);
    here.get("/auth/me").await.is(200);
    for ended in [&before, &start.sales] {
        ended.get("/auth/me").await.problem(401, "session_expired");
    }
    start.finance.get("/auth/me").await.is(200);
    let mut anew = start.platform.client();
    anew.sign_in("sales@acme.example", PASSWORD).await.problem(401, "bad_credentials");
    anew.sign_in("sales@acme.example", OTHER).await.is(200);
    // A link for the password that was leads nowhere now.
    let reset = anew.post("/auth/reset", json!({ "token": token, "password": PASSWORD })).await;
    reset.problem(403, "bad_link");

    assert!(start.platform.terminate().success());
    let security = lines(&start.platform.folder().join(".appos/logs"), "security");
    let line = security.iter().find(|line| line.text("execution_id") == changed.execution_id).expect("a line");
    assert_eq!((line.text("action"), &line.json["user_id"]), ("password_changed", &json!(me)));
}

#[tokio::test]
async fn a_password_is_changed_by_whoever_knows_it_only() {
    let start = prepared(&[]).await;
    let sales = &start.sales;
    let change = |current: &str, new: &str| json!({ "current": current, "new": new });
    let path = "/auth/password";
    start.platform.client().post(path, change(PASSWORD, OTHER)).await.problem(401, "not_signed_in");
    assert_eq!(sales.post(path, change(PASSWORD, "short")).await.problem(422, "invalid_fields").names("new"), "length");
    assert_eq!(sales.post(path, change(PASSWORD, PASSWORD)).await.problem(422, "invalid_fields").names("new"), "same");
    let nothing = sales.post(path, json!({ "user": 1 })).await.problem(422, "invalid_fields");
    assert_eq!([nothing.names("current"), nothing.names("new")], ["required"; 2]);
    assert_eq!(nothing.names("user"), "unknown_field");
    sales.get(path).await.problem(405, "method_not_allowed");
    // A program has no password.
    let robot = json!({ "email": "robot@acme.example", "name": "Robot", "user_type": "service_account" });
    let robot = start.admin.post(USERS, robot).await.is(201).id();
    let key = start.admin.rule("create_api_key", json!({ "user": robot, "name": "nightly" })).await.is(200);
    let by_key = sales.request(super::support::Method::POST, path).bearer_auth(key.body.as_str().expect("a key"));
    sales.send(by_key.json(&change(PASSWORD, OTHER))).await.problem(401, "not_signed_in");
    // Who found a session open has ten guesses, and these count with those at the sign-in.
    for number in 0..10 {
        if number % 2 == 0 {
            let wrong = sales.post(path, change("a guess at a password", OTHER)).await.problem(403, "wrong_password");
            assert_eq!(wrong.names("current"), "wrong");
            assert!(!wrong.headers.contains_key(SET_COOKIE));
        } else {
            let guess = json!({ "email": "sales@acme.example", "password": "a guess at a password" });
            start.platform.client().post("/auth/login", guess).await.problem(401, "bad_credentials");
        }
    }
    let refused = sales.post(path, change(PASSWORD, OTHER)).await.problem(429, "too_many_attempts");
    assert!(refused.headers.contains_key("retry-after"));
    // The session itself goes on, and the password is the same.
    sales.get("/auth/me").await.is(200);
    let hash = stored(&start.platform).await;
    assert!(hash.starts_with("$argon2id$"), "{hash}");
}

#[tokio::test]
async fn of_two_changes_at_the_same_time_one_counts() {
    let start = prepared(&[]).await;
    let tries = [OTHER, "a third good password"].map(|new| {
        let client = start.sales.clone();
        tokio::spawn(
            async move { (new, client.post("/auth/password", json!({ "current": PASSWORD, "new": new })).await) },
        )
    });
    let mut done = Vec::new();
    for answer in tries {
        let (new, answer) = answer.await.expect("an answer");
        // The other came too late: its password or its session was no longer the one it knew.
        assert!([204, 401, 403].contains(&answer.status), "{answer:?}");
        done.extend((answer.status == 204).then_some(new));
    }
    assert_eq!(done.len(), 1, "{done:?}");
    start.platform.client().sign_in("sales@acme.example", done[0]).await.is(200);
}

#[tokio::test]
async fn the_page_for_a_new_password_works_without_script() {
    let start = prepared(&[]).await;
    let mut client = user(&start.platform, &start.admin, "gwen", &[]).await;
    let stranger = start.platform.client();
    assert_eq!(stranger.get("/password").await.is(303).headers[LOCATION], "/login");
    assert_eq!(
        stranger.form("/password", &[("current", PASSWORD), ("new", OTHER)]).await.is(303).headers[LOCATION],
        "/login"
    );
    let page = client.get("/password").await.is(200);
    assert!(page.body.as_str().is_some_and(|html| html.contains("<form method=\"post\" action=\"/password\"")));
    let wrong = client.form("/password", &[("current", "not the password"), ("new", OTHER)]).await.is(403);
    let html = wrong.body.as_str().expect("a page");
    assert!(html.contains("role=\"alert\"") && !html.contains("not the password") && !html.contains(OTHER), "{html}");
    let done = client.form("/password", &[("current", PASSWORD), ("new", OTHER)]).await.is(303);
    assert_eq!(done.headers[LOCATION], "/");
    client.get("/auth/me").await.problem(401, "session_expired");
    client.keep(&done);
    client.get("/auth/me").await.is(200);
    stranger.clone().sign_in("gwen@acme.example", OTHER).await.is(200);
}

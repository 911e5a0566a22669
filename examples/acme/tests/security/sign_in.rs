//! Signing in and out, what a session is worth, and how long.

use std::time::{Duration, Instant};

use reqwest::header::{LOCATION, SET_COOKIE};
use serde_json::{Value as Json, json};

use super::USERS;
use super::support::{Answer, Client, Method, PASSWORD, prepared, user};

/// The answer without what is different each time.
fn comparable(answer: &Answer) -> (u16, Json) {
    let mut body = answer.body.clone();
    if let Some(body) = body.as_object_mut() {
        body.remove("execution_id");
    }
    (answer.status, body)
}

fn cookie(answer: &Answer) -> &str {
    answer.headers[SET_COOKIE].to_str().expect("a cookie")
}

#[tokio::test]
async fn a_refused_sign_in_does_not_tell_who_exists() {
    let start = prepared(&[]).await;
    let admin = &start.admin;
    user(&start.platform, admin, "gone", &[]).await;
    admin.change(&format!("{USERS}/{}", admin.id_of("gone").await), json!({ "active": false })).await.is(200);
    // A program that was a person once still has the password's hash.
    let mut robot = user(&start.platform, admin, "robot", &[]).await;
    let path = format!("{USERS}/{}", admin.id_of("robot").await);
    admin.change(&path, json!({ "user_type": "service_account" })).await.is(200);
    robot.get("/auth/me").await.problem(401, "session_expired");
    robot.session = None;
    admin.post(USERS, json!({ "email": "new@acme.example", "name": "New" })).await.is(201);

    let mut answers = Vec::new();
    for (email, password) in [
        ("nobody@acme.example", PASSWORD),
        ("sales@acme.example", "not the password"),
        ("gone@acme.example", PASSWORD),
        ("robot@acme.example", PASSWORD),
        ("new@acme.example", PASSWORD),
        ("new@acme.example", ""),
    ] {
        let answer = robot.post("/auth/login", json!({ "email": email, "password": password })).await;
        assert!(!answer.headers.contains_key(SET_COOKIE));
        answers.push(comparable(&answer.problem(401, "bad_credentials")));
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:#?}");
}

#[tokio::test]
async fn a_sign_in_begins_a_new_session_and_ends_the_one_before() {
    let start = prepared(&[]).await;
    let mut client = start.platform.client();
    let first = client.sign_in("sales@acme.example", PASSWORD).await.is(200);
    for part in ["appos_session=", "; HttpOnly", "; SameSite=Lax", "; Path=/", "; Max-Age="] {
        assert!(cookie(&first).contains(part), "{part} is missing in {}", cookie(&first));
    }
    assert!(!cookie(&first).contains("Secure") && !cookie(&first).contains("Domain"), "{}", cookie(&first));

    // An attacker who planted the first cookie has nothing of the second sign-in.
    let planted = client.clone();
    client.sign_in("sales@acme.example", PASSWORD).await.is(200);
    assert_ne!(client.session, planted.session);
    planted.get("/auth/me").await.problem(401, "session_expired");
    // A cookie of the attacker's own invention is not taken over either, and hinders nobody.
    let mut invented = client.with_session(&format!("appos_session={}", "A".repeat(43)));
    invented.get("/auth/me").await.problem(401, "session_expired");
    invented.sign_in("sales@acme.example", PASSWORD).await.is(200);
    assert!(!invented.session.as_deref().unwrap_or_default().contains("AAAA"));

    // Signing out ends the session on the server, not only in the browser.
    let copied = client.clone();
    let out = client.post("/auth/logout", json!({})).await.is(204);
    assert!(cookie(&out).contains("Max-Age=0"), "{}", cookie(&out));
    copied.get("/auth/me").await.problem(401, "session_expired");
    invented.get("/auth/me").await.is(200);
}

#[tokio::test]
async fn behind_https_the_cookie_is_bound_to_host_and_connection() {
    let start = prepared(&[("APPOS__SERVER__PUBLIC_URL", "https://acme.example")]).await;
    let mut client = start.platform.client().at("https://acme.example");
    let answer = client.sign_in("sales@acme.example", PASSWORD).await.is(200);
    assert!(cookie(&answer).starts_with("__Host-appos_session="), "{}", cookie(&answer));
    for part in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
        assert!(cookie(&answer).contains(part), "{part} is missing in {}", cookie(&answer));
    }
    client.get("/auth/me").await.is(200);
    // A cookie without the prefix could have been set by a neighbour.
    let bare = client.session.as_deref().unwrap_or_default().trim_start_matches("__Host-").to_owned();
    client.with_session(&bare).get("/auth/me").await.problem(401, "not_signed_in");
}

#[tokio::test]
async fn the_sign_in_page_works_without_script_and_shows_what_was_typed_as_text() {
    let start = prepared(&[]).await;
    let client = start.platform.client();
    assert_eq!(client.get("/").await.is(303).headers[LOCATION], "/login");
    let page = client.get("/login").await.is(200);
    assert!(page.body.as_str().is_some_and(|html| html.contains("<form method=\"post\" action=\"/login\"")));
    let policy = page.headers["content-security-policy"].to_str().expect("a policy");
    assert!(policy.contains("script-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");

    let script = "\"><script>alert(1)</script>";
    let wrong = client.form("/login", &[("email", script), ("password", "not the password")]).await.is(401);
    let html = wrong.body.as_str().expect("a page");
    assert!(html.contains("<form method=\"post\" action=\"/login\""), "the form is there again: {html}");
    assert!(html.contains("role=\"alert\"") && html.contains("alert(1)"), "{html}");
    assert!(!html.contains("<script") && !html.contains("\"><script"), "{html}");
    assert!(!html.contains("not the password"));
    let long = "x".repeat(2000);
    client.form("/login", &[("email", &long), ("password", PASSWORD)]).await.problem(422, "invalid_fields");

    let done = client.form("/login", &[("email", "sales@acme.example"), ("password", PASSWORD)]).await.is(303);
    assert_eq!(done.headers[LOCATION], "/");
    let mut sales = start.platform.client();
    sales.keep(&done);
    let home = sales.get("/").await.is(200);
    let html = home.body.as_str().expect("a page");
    assert!(html.contains("href=\"/crm/customers\"") && !html.contains("/platform/"), "{html}");
    assert_eq!(sales.form("/logout", &[]).await.is(303).headers[LOCATION], "/login");
    sales.get("/auth/me").await.problem(401, "session_expired");
}

#[tokio::test]
async fn a_further_session_ends_the_oldest() {
    let start = prepared(&[("APPOS__SESSION__MAX_PER_USER", "2")]).await;
    let mut all = vec![start.sales.clone()];
    for _ in 0..4 {
        let mut client = start.platform.client();
        client.sign_in("sales@acme.example", PASSWORD).await.is(200);
        all.push(client);
        for (place, client) in all.iter().enumerate() {
            let status = if place + 2 >= all.len() { 200 } else { 401 };
            client.get("/auth/me").await.is(status);
        }
    }
    start.finance.get("/auth/me").await.is(200);
}

#[tokio::test]
async fn a_session_that_is_not_used_ends() {
    let start = prepared(&[("APPOS__SESSION__TIMEOUT", "9s")]).await;
    let mut client = start.platform.client();
    client.sign_in("sales@acme.example", PASSWORD).await.is(200);
    for number in 0..4 {
        tokio::time::sleep(Duration::from_secs(3)).await;
        // A change of anybody's rights makes the server read the session again.
        let group = json!({ "name": format!("group_{number}") });
        let mut admin = start.platform.client();
        admin.sign_in("admin@acme.example", PASSWORD).await.is(200);
        admin.post(super::GROUPS, group).await.is(201);
        client.get("/auth/me").await.is(200);
    }
    tokio::time::sleep(Duration::from_secs(10)).await;
    let ended = client.get("/auth/me").await.problem(401, "session_expired");
    assert!(cookie(&ended).contains("Max-Age=0"), "the browser is told to forget it");
}

#[tokio::test]
async fn a_session_ends_after_its_time_however_much_it_is_used() {
    let start = prepared(&[("APPOS__SESSION__TIMEOUT", "5s"), ("APPOS__SESSION__ABSOLUTE_TIMEOUT", "5s")]).await;
    let mut client = start.platform.client();
    let begun = Instant::now();
    client.sign_in("sales@acme.example", PASSWORD).await.is(200);
    client.get("/auth/me").await.is(200);
    while client.get("/auth/me").await.status == 200 {
        assert!(begun.elapsed() < Duration::from_secs(60), "it does not end");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    assert!(begun.elapsed() > Duration::from_secs(3), "it ends after its time, not before");
    client.get("/auth/me").await.problem(401, "session_expired");
}

async fn attempt(client: &Client, number: usize, email: &str, password: &str) -> Answer {
    let request = client.request(Method::POST, "/auth/login").header("x-forwarded-for", format!("10.0.0.{number}"));
    let request =
        request.header("forwarded", format!("for=10.1.0.{number}")).header("x-real-ip", format!("10.2.0.{number}"));
    client.send(request.json(&json!({ "email": email, "password": password }))).await
}

#[tokio::test]
async fn guessing_one_account_locks_that_account_only() {
    let start = prepared(&[]).await;
    let client = start.platform.client();
    for number in 0..10 {
        // However the address is spelled, it is the same account.
        let email = if number % 2 == 0 { "sales@acme.example" } else { " SALES@acme.example" };
        attempt(&client, number, email, "a guess at a password").await.problem(401, "bad_credentials");
    }
    attempt(&client, 20, "sales@acme.example", "a guess at a password").await.problem(429, "too_many_attempts");
    // The right password does not get through either: the answer must not confirm it.
    attempt(&client, 21, "sales@acme.example", PASSWORD).await.problem(429, "too_many_attempts");
    let form = client.form("/login", &[("email", "sales@acme.example"), ("password", PASSWORD)]).await.is(429);
    assert!(!form.headers.contains_key(SET_COOKIE));
    attempt(&client, 22, "finance@acme.example", PASSWORD).await.is(200);
    // Who is in stays in.
    start.sales.get("/auth/me").await.is(200);
}

#[tokio::test]
async fn guessing_many_accounts_locks_the_address_whatever_its_headers_say() {
    let start = prepared(&[]).await;
    let client = start.platform.client();
    for number in 0..50 {
        // Signing in to an account of one's own gives no new budget.
        if number % 20 == 10 {
            attempt(&client, number, "outsider@acme.example", PASSWORD).await.is(200);
        }
        let email = format!("person{number}@acme.example");
        attempt(&client, number, &email, "Password1234").await.problem(401, "bad_credentials");
    }
    attempt(&client, 60, "person51@acme.example", "Password1234").await.problem(429, "too_many_attempts");
    start.sales.get("/auth/me").await.is(200);
}

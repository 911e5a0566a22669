//! Invitations and resets: links that lead to a password, once.

use std::time::Duration;

use reqwest::header::{LOCATION, SET_COOKIE};
use serde_json::{Value as Json, json};

use super::support::{Answer, Client, Method, PASSWORD, Platform, Prepared, database, lines, prepared, user};
use super::{USERS, files_with};

const OTHER: &str = "another good password";

/// A link of one of the two rules, and its token.
async fn link(admin: &Client, rule: &str, user: i64) -> (String, String) {
    let answer = admin.rule(rule, json!({ "user": user })).await.is(200);
    let url = answer.body.as_str().expect("a link").to_owned();
    let token = url.split_once("?token=").expect("a token").1.to_owned();
    (url, token)
}

async fn reset(client: &Client, token: &str, password: &str) -> Answer {
    client.post("/auth/reset", json!({ "token": token, "password": password })).await
}

async fn accept(client: &Client, token: &str, name: Option<&str>, password: &str) -> Answer {
    let mut body = json!({ "token": token, "password": password });
    if let Some(name) = name {
        body["name"] = name.into();
    }
    client.post("/auth/invitation", body).await
}

async fn newcomer(start: &Prepared, name: &str) -> i64 {
    let body = json!({ "email": format!("{name}@acme.example"), "name": name });
    start.admin.post(USERS, body).await.is(201).id()
}

fn comparable(answer: &Answer) -> (u16, Json) {
    let mut body = answer.body.clone();
    if let Some(body) = body.as_object_mut() {
        body.remove("execution_id");
    }
    (answer.status, body)
}

#[tokio::test]
async fn an_invitation_leads_to_a_first_password_once() {
    let mut start = prepared(&[]).await;
    let stranger = start.platform.client();
    let gwen = newcomer(&start, "gwen").await;
    let (url, token) = link(&start.admin, "invite_user", gwen).await;
    assert_eq!(url, format!("{}/invitation?token={token}", start.platform.url));
    assert_eq!(token.len(), 43);
    // What cannot be used does not use it up.
    assert_eq!(
        accept(&stranger, &token, None, "short").await.problem(422, "invalid_fields").names("password"),
        "length"
    );
    accept(&stranger, &token, Some(&"x".repeat(121)), PASSWORD).await.problem(422, "invalid_fields");
    reset(&stranger, &token, PASSWORD).await.problem(403, "bad_link");
    let foreign = stranger.request(Method::POST, "/auth/invitation").header("origin", "https://evil.example");
    let foreign = stranger.send(foreign.json(&json!({ "token": token, "password": PASSWORD }))).await;
    foreign.problem(403, "foreign_origin");
    stranger.clone().sign_in("gwen@acme.example", PASSWORD).await.problem(401, "bad_credentials");

    let accepted = accept(&stranger, &token, Some("  Gwen Moor "), PASSWORD).await.is(200);
    assert_eq!(accepted.body["user"], gwen);
    let mut client = start.platform.client();
    client.keep(&accepted);
    let me = client.get("/auth/me").await.is(200);
    assert_eq!((&me.body["email"], &me.body["name"]), (&json!("gwen@acme.example"), &json!("Gwen Moor")));
    accept(&stranger, &token, None, OTHER).await.problem(403, "bad_link");
    stranger.clone().sign_in("gwen@acme.example", PASSWORD).await.is(200);
    // The change of the name is in the audit log, like any other.
    let audit = start.admin.get(&format!("{USERS}/{gwen}/audit")).await.is(200);
    assert!(audit.body.to_string().contains("Gwen Moor"), "{}", audit.body);
    // Who has a password is not invited.
    let again = start.admin.rule("invite_user", json!({ "user": gwen })).await.is(422);
    assert_eq!(again.names("user"), "has_password");

    assert!(start.platform.terminate().success());
    let security = lines(&start.platform.folder().join(".appos/logs"), "security");
    let line = security.iter().find(|line| line.text("execution_id") == accepted.execution_id).expect("a line");
    assert_eq!((line.text("action"), &line.json["user_id"]), ("invitation_accepted", &json!(gwen)));
    assert!(security.iter().any(|line| line.text("action") == "invitation_created"));
    assert_eq!(files_with(&start.platform.folder().join(".appos"), &token), [""; 0], "a token is written down");
    assert!(!database::holds(start.platform.folder(), &token), "a token is stored");
}

#[tokio::test]
async fn a_reset_leads_to_another_password_once_and_ends_sessions_and_locks() {
    let start = prepared(&[("APPOS__SIGN_IN__MAX_BY_ACCOUNT", "2")]).await;
    let stranger = start.platform.client();
    let sales = start.admin.id_of("sales").await;
    for _ in 0..2 {
        stranger.clone().sign_in("sales@acme.example", "a guess at it").await.problem(401, "bad_credentials");
    }
    stranger.clone().sign_in("sales@acme.example", PASSWORD).await.problem(429, "too_many_attempts");
    let (url, token) = link(&start.admin, "create_password_reset", sales).await;
    assert_eq!(url, format!("{}/reset?token={token}", start.platform.url));
    let done = reset(&stranger, &token, OTHER).await.is(204);
    assert!(!done.headers.contains_key(SET_COOKIE), "who has a link signs in with the new password");
    start.sales.get("/auth/me").await.problem(401, "session_expired");
    start.finance.get("/auth/me").await.is(200);
    // Whoever was guessing does not keep the owner out.
    stranger.clone().sign_in("sales@acme.example", OTHER).await.is(200);
    reset(&stranger, &token, PASSWORD).await.problem(403, "bad_link");
    stranger.clone().sign_in("sales@acme.example", OTHER).await.is(200);
    // A dead cookie hinders nobody.
    let (_, token) = link(&start.admin, "create_password_reset", sales).await;
    reset(&start.sales, &token, PASSWORD).await.is(204);
}

#[tokio::test]
async fn of_many_who_use_a_link_at_the_same_time_one_succeeds() {
    let start = prepared(&[]).await;
    let sales = start.admin.id_of("sales").await;
    let (_, token) = link(&start.admin, "create_password_reset", sales).await;
    let tries: Vec<_> = (0..8)
        .map(|number| {
            let (client, token) = (start.platform.client(), token.clone());
            tokio::spawn(async move {
                let password = format!("good password number {number}");
                (reset(&client, &token, &password).await, password)
            })
        })
        .collect();
    let mut done = Vec::new();
    for answer in tries {
        let (answer, password) = answer.await.expect("an answer");
        match answer.status {
            204 => done.push(password),
            _ => drop(answer.problem(403, "bad_link")),
        }
    }
    assert_eq!(done.len(), 1, "{done:?}");
    start.platform.client().sign_in("sales@acme.example", &done[0]).await.is(200);
}

#[tokio::test]
async fn a_link_ends_with_what_it_was_made_for_and_all_that_lead_nowhere_answer_alike() {
    let start = prepared(&[]).await;
    let (admin, stranger) = (&start.admin, start.platform.client());
    let mut dead: Vec<(&str, String)> =
        vec![("wrong", "A".repeat(43)), ("empty", String::new()), ("odd", "%".repeat(900))];
    let mut ended = async |what: &'static str, name: &str| {
        user(&start.platform, admin, name, &[]).await;
        let id = admin.id_of(name).await;
        let (_, token) = link(admin, "create_password_reset", id).await;
        dead.push((what, token.clone()));
        (id, token)
    };
    let (id, _) = ended("the password is another", "a").await;
    admin.rule("set_password", json!({ "user": id, "password": OTHER })).await.is(200);
    let (id, _) = ended("a later link", "b").await;
    let (_, later) = link(admin, "create_password_reset", id).await;
    let (id, _) = ended("switched off", "c").await;
    admin.change(&format!("{USERS}/{id}"), json!({ "active": false })).await.is(200);
    let (id, _) = ended("a program", "d").await;
    admin.change(&format!("{USERS}/{id}"), json!({ "user_type": "service_account" })).await.is(200);
    let (id, _) = ended("gone", "e").await;
    admin.delete(&format!("{USERS}/{id}")).await.is(204);
    let (_, used) = ended("used", "f").await;
    reset(&stranger, &used, OTHER).await.is(204);
    let (id, _) = ended("the same password, set again", "g").await;
    admin.rule("set_password", json!({ "user": id, "password": PASSWORD })).await.is(200);
    let invited = newcomer(&start, "h").await;
    dead.push(("an invitation", link(admin, "invite_user", invited).await.1));

    let mut answers = Vec::new();
    for (what, token) in &dead {
        let answer = reset(&stranger, token, OTHER).await;
        assert_eq!(answer.status, 403, "{what}: {}", answer.body);
        answers.push(comparable(&answer.problem(403, "bad_link")));
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:#?}");
    // The page of a dead link looks like that of a good one, until it is used.
    let shown = async |token: &str| {
        let page = stranger.get_with("/reset", &[("token", token)]).await.is(200);
        page.body.as_str().expect("a page").replace(token, "TOKEN")
    };
    assert_eq!(shown(&dead[0].1).await, shown(&later).await);
    reset(&stranger, &later, OTHER).await.is(204);
}

#[tokio::test]
async fn a_link_ends_after_its_time() {
    let settings = [("APPOS__SIGN_IN__RESET_VALID_FOR", "2s"), ("APPOS__SIGN_IN__INVITATION_VALID_FOR", "2s")];
    let start = prepared(&settings).await;
    let stranger = start.platform.client();
    let (_, token) = link(&start.admin, "create_password_reset", start.admin.id_of("sales").await).await;
    let (_, invitation) = link(&start.admin, "invite_user", newcomer(&start, "gwen").await).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    reset(&stranger, &token, OTHER).await.problem(403, "bad_link");
    accept(&stranger, &invitation, None, OTHER).await.problem(403, "bad_link");
    stranger.clone().sign_in("sales@acme.example", PASSWORD).await.is(200);
    // A link holds as long as it was said to when it was made.
    let platform = Platform::start_in(start.platform.into_folder(), &[]);
    reset(&platform.client(), &token, OTHER).await.problem(403, "bad_link");
}

#[tokio::test]
async fn a_link_leads_to_the_configured_address_whatever_a_request_says() {
    let start = prepared(&[("APPOS__SERVER__PUBLIC_URL", "https://acme.example")]).await;
    let mut admin = start.platform.client().at("https://acme.example");
    admin.sign_in("admin@acme.example", PASSWORD).await.is(200);
    let sales = admin.id_of("sales").await;
    let rule = "/api/platform/v1/rules/create_password_reset";
    let asked = admin.request(Method::POST, rule).header("x-forwarded-host", "evil.example");
    let asked = asked.header("forwarded", "host=evil.example").header("x-forwarded-proto", "http");
    let answer = admin.send(asked.json(&json!({ "user": sales }))).await.is(200);
    let url = answer.body.as_str().expect("a link");
    assert!(url.starts_with("https://acme.example/reset?token="), "{url}");
}

#[tokio::test]
async fn links_are_made_by_administrators_for_people_who_can_sign_in() {
    let start = prepared(&[]).await;
    let admin = &start.admin;
    let robot = json!({ "email": "robot@acme.example", "name": "Robot", "user_type": "service_account" });
    let robot = admin.post(USERS, robot).await.is(201).id();
    let gone = newcomer(&start, "gone").await;
    admin.change(&format!("{USERS}/{gone}"), json!({ "active": false })).await.is(200);
    let new = newcomer(&start, "new").await;
    for (rule, user, code) in [
        ("invite_user", robot, "service_account"),
        ("create_password_reset", robot, "service_account"),
        ("invite_user", gone, "inactive"),
        ("create_password_reset", gone, "inactive"),
        ("invite_user", 4711, "broken_reference"),
        ("create_password_reset", new, "no_password"),
    ] {
        assert_eq!(admin.rule(rule, json!({ "user": user })).await.is(422).names("user"), code, "{rule} {user}");
    }
    let sales = admin.id_of("sales").await;
    for rule in ["invite_user", "create_password_reset"] {
        start.sales.rule(rule, json!({ "user": sales })).await.problem(404, "not_found");
        start.platform.client().rule(rule, json!({ "user": sales })).await.problem(401, "not_signed_in");
    }
}

#[tokio::test]
async fn the_pages_of_links_work_without_script() {
    let start = prepared(&[]).await;
    let stranger = start.platform.client();
    let script = "\"><script>alert(1)</script>";
    let gwen = newcomer(&start, "gwen").await;
    let (url, token) = link(&start.admin, "invite_user", gwen).await;
    let page = stranger.get(url.trim_start_matches(&start.platform.url)).await.is(200);
    let html = page.body.as_str().expect("a page");
    assert!(html.contains("<form method=\"post\" action=\"/invitation\"") && html.contains(&token), "{html}");
    // No other site is told the address; to this one, `no-referrer` would hide whose form it is.
    assert_eq!(page.headers["referrer-policy"], "same-origin");
    assert_eq!(page.headers["cache-control"], "no-store");
    let odd = stranger.get_with("/invitation", &[("token", script)]).await.is(200);
    assert!(!odd.body.as_str().expect("a page").contains("<script"), "{}", odd.body);

    let wrong = [("token", script), ("name", script), ("password", PASSWORD)];
    let wrong = stranger.form("/invitation", &wrong).await.is(403);
    let html = wrong.body.as_str().expect("a page");
    assert!(html.contains("role=\"alert\"") && !html.contains("<script") && !html.contains(PASSWORD), "{html}");
    let done = stranger.form("/invitation", &[("token", &token), ("name", ""), ("password", PASSWORD)]).await.is(303);
    assert_eq!(done.headers[LOCATION], "/");
    let mut client = start.platform.client();
    client.keep(&done);
    assert_eq!(client.get("/auth/me").await.is(200).body["name"], "gwen");

    let (_, token) = link(&start.admin, "create_password_reset", gwen).await;
    let short = stranger.form("/reset", &[("token", &token), ("password", "short")]).await.is(422);
    assert!(short.body.as_str().is_some_and(|html| html.contains(&token)), "the form can be sent again");
    let done = stranger.form("/reset", &[("token", &token), ("password", OTHER)]).await.is(303);
    assert_eq!(done.headers[LOCATION], "/login");
    assert!(!done.headers.contains_key(SET_COOKIE));
    stranger.clone().sign_in("gwen@acme.example", OTHER).await.is(200);
    assert_eq!(stranger.form("/reset", &[("token", &token), ("password", PASSWORD)]).await.is(403).status, 403);
}

//! The first administrator, the first filling of the database, and starts that are refused.

use std::fs;
use std::path::Path;
use std::process::{Child, Output, Stdio};
use std::time::{Duration, Instant};

use reqwest::header::{LOCATION, SET_COOKIE};
use serde_json::json;

use super::support::{PASSWORD, Platform, acme, database, ended, signal};
use super::{USERS, files_with};

const SCRIPT: &str = "\"><script>alert(1)</script>";

#[tokio::test]
async fn the_set_up_link_makes_one_administrator_and_nothing_secret_is_kept_in_clear() {
    let platform = Platform::start();
    let token = platform.token.clone().expect("a token");
    let stranger = platform.client();

    // Nobody can sign in before: there is no account with a password that others know.
    for (email, password) in [
        ("admin", "admin"),
        ("admin@acme.example", "admin"),
        ("admin@example.com", "password"),
        ("root@localhost", ""),
        ("", ""),
        ("system", "system"),
    ] {
        let answer = stranger.post("/auth/login", json!({ "email": email, "password": password })).await;
        answer.problem(401, "bad_credentials");
    }
    // The start page leads to the set-up, and the form shows what the link brought, as text.
    assert_eq!(stranger.get("/").await.is(303).headers[LOCATION], "/setup");
    let page = stranger.get_with("/setup", &[("token", SCRIPT)]).await.is(200);
    let html = page.body.as_str().expect("a page");
    assert!(!html.contains("<script") && html.contains("&#60;script") || html.contains("&lt;script"), "{html}");

    let form = |token: &str, email: &str, password: &str| json!({ "token": token, "email": email, "name": "", "password": password });
    for wrong in ["", "wrong", &token.to_lowercase(), &token[1..]] {
        stranger.post("/auth/setup", form(wrong, "eve@acme.example", PASSWORD)).await.problem(403, "bad_setup_token");
    }
    let short = stranger.post("/auth/setup", form(&token, "ada@acme.example", "elevenchars")).await;
    assert_eq!(short.problem(422, "invalid_fields").names("password"), "length");
    let odd = stranger.post("/auth/setup", form(&token, "not an address", PASSWORD)).await;
    assert_eq!(odd.problem(422, "invalid_fields").names("email"), "email");
    let shown =
        stranger.form("/setup", &[("token", "wrong"), ("email", SCRIPT), ("name", SCRIPT), ("password", PASSWORD)]);
    let shown = shown.await.is(403);
    let html = shown.body.as_str().expect("a page");
    assert!(!html.contains("<script") && !html.contains(PASSWORD), "{html}");
    assert!(html.contains("alert(1)"), "what was typed is not lost: {html}");

    // The link is used four times at once.
    let tries = ["a", "b", "c", "d"].map(|name| {
        let (client, body) = (stranger.clone(), form(&token, &format!("{name}@acme.example"), PASSWORD));
        tokio::spawn(async move { client.post("/auth/setup", body).await })
    });
    let mut made = Vec::new();
    for answer in tries {
        let answer = answer.await.expect("an answer");
        match answer.status {
            201 => made.push(answer),
            _ => drop(answer.problem(403, "bad_setup_token")),
        }
    }
    assert_eq!(made.len(), 1, "one of them makes the administrator");
    let mut admin = platform.client();
    admin.keep(&made[0]);
    let users = admin.get(USERS).await.is(200);
    assert_eq!(users.column("user_type"), ["system_admin"], "{}", users.body);
    stranger.post("/auth/setup", form(&token, "late@acme.example", PASSWORD)).await.problem(403, "bad_setup_token");
    assert_eq!(stranger.get("/setup").await.is(303).headers[LOCATION], "/login");

    // Things that are secret, and are all used once.
    let program = json!({ "email": "robot@acme.example", "name": "Robot", "user_type": "service_account" });
    let program = admin.post(USERS, program).await.is(201).id();
    let key = admin.rule("create_api_key", json!({ "user": program, "name": "nightly" })).await.is(200);
    let key = key.body.as_str().expect("a key").to_owned();
    stranger.get_by_key("/auth/me", &key).await.is(200);
    let person = admin.post(USERS, json!({ "email": "ben@acme.example", "name": "Ben" })).await.is(201).id();
    admin.rule("set_password", json!({ "user": person, "password": "another good password" })).await.is(200);
    let mut ben = platform.client();
    ben.sign_in("ben@acme.example", "another good password").await.is(200);
    ben.sign_in("ben@acme.example", "a password that is wrong").await.problem(401, "bad_credentials");

    let cookie = admin.session.clone().expect("a session");
    let folder = platform.into_folder();
    let place = folder.path().join(".appos");
    let secrets = [
        token.as_str(),
        cookie.split_once('=').expect("a cookie").1,
        key.as_str(),
        key.trim_start_matches("appos_"),
        PASSWORD,
        "another good password",
        "a password that is wrong",
        "elevenchars",
    ];
    for secret in secrets {
        assert_eq!(files_with(&place, secret), [""; 0], "{secret} is written down");
        assert!(!database::holds(folder.path(), secret), "{secret} is stored");
    }
    assert!(database::holds(folder.path(), "$argon2id$v=19$"), "passwords are kept as hashes in the database");
    assert_eq!(files_with(&place.join("logs"), "$argon2id$v=19$"), [""; 0]);

    // The next start offers no set-up.
    let platform = Platform::start_in(folder, &[]);
    assert_eq!(platform.token, None);
    platform
        .client()
        .post("/auth/setup", form(&token, "late@acme.example", PASSWORD))
        .await
        .problem(403, "bad_setup_token");
    platform.client().with_session(&cookie).get("/auth/me").await.is(200);
}

#[tokio::test]
async fn the_set_up_page_works_without_script() {
    let platform = Platform::start();
    let token = platform.token.clone().expect("a token");
    let client = platform.client();
    let page = client.get_with("/setup", &[("token", &token)]).await.is(200);
    assert!(page.body.as_str().is_some_and(|html| html.contains(&token)), "the link fills the form");
    let fields = [("token", token.as_str()), ("email", "Ada@Acme.example"), ("name", "Ada"), ("password", PASSWORD)];
    let made = client.form("/setup", &fields).await.is(303);
    assert_eq!(made.headers[LOCATION], "/");
    assert!(made.headers.contains_key(SET_COOKIE));
    let mut ada = platform.client();
    ada.keep(&made);
    assert_eq!(ada.get("/auth/me").await.is(200).body["email"], "ada@acme.example");
    let home = ada.get("/").await.is(200);
    assert!(
        home.body
            .as_str()
            .is_some_and(|html| html.contains("Signed in as Ada") && html.contains("href=\"/crm/customers\""))
    );
    let again = client.form("/setup", &fields).await.is(403);
    assert!(!again.headers.contains_key(SET_COOKIE));
}

/// A program that fills its database, ended by a signal before it is done.
fn ended_half_way(name: &str) -> (tempfile::TempDir, Output) {
    for attempt in 0..20 {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let child = acme(folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program");
        let child = await_tables(folder.path(), child);
        // Later and later, so that some attempt meets the filling whatever the machine's speed.
        std::thread::sleep(Duration::from_millis(5 * attempt));
        signal(&child, name);
        let output = child.wait_with_output().expect("its end");
        let filled = database::holds(folder.path(), "first_start_done");
        let logged = folder.path().join(".appos/logs").exists();
        if !filled && (name == "KILL" || logged) {
            return (folder, output);
        }
    }
    panic!("the program was always faster");
}

fn await_tables(folder: &Path, child: Child) -> Child {
    let begun = Instant::now();
    while !database::holds(folder, "platform_setting") {
        assert!(begun.elapsed() < Duration::from_secs(120), "the program does not begin");
        std::thread::sleep(Duration::from_millis(2));
    }
    child
}

/// Starts again where a first start was ended, and checks that nothing is missing and nothing
/// stands twice.
async fn begins_anew(folder: tempfile::TempDir) {
    let numbers = async |platform: Platform| {
        let token = platform.token.clone().expect("a token");
        let mut admin = platform.client();
        let account = json!({ "token": token, "email": "ada@acme.example", "password": PASSWORD });
        let made = admin.post("/auth/setup", account).await.is(201);
        admin.keep(&made);
        let mut numbers = Vec::new();
        for record in ["crm/v1/customers", "crm/v1/orders", "crm/v1/order_lines", "billing/v1/invoices"] {
            numbers.push(admin.count(&format!("/api/{record}")).await);
        }
        numbers
    };
    let whole = numbers(Platform::start()).await;
    assert!(whole.iter().all(|number| *number > 0));
    assert_eq!(numbers(Platform::start_in(folder, &[])).await, whole);
}

#[tokio::test]
async fn a_first_start_that_was_killed_leaves_nothing_half_done() {
    let (folder, _) = ended_half_way("KILL");
    begins_anew(folder).await;
}

#[tokio::test]
async fn a_first_start_that_is_told_to_end_ends_well_and_leaves_nothing_half_done() {
    let (folder, output) = ended_half_way("TERM");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!String::from_utf8_lossy(&output.stdout).contains("Listening"));
    begins_anew(folder).await;
}

#[test]
fn a_log_folder_that_cannot_be_written_stops_the_start() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("occupied"), "a file").expect("a file");
    let mut command = acme(folder.path());
    command.env("APPOS__LOGGING__FOLDER", "occupied");
    let output = ended(command);
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(text.contains("the log folder occupied cannot be written"), "{text}");
    assert!(output.stdout.is_empty(), "it does not listen");
}

//! A small project on the real AppOS, with a signed-in client and a browser, while somebody works on it.

use std::net::IpAddr;
use std::path::Path;

use reqwest::Method;
use reqwest::header::{COOKIE, ORIGIN, SET_COOKIE};
use serde_json::json;

use crate::browser::Browser;
use crate::project::Project;
use crate::running::{Running, is_gone};

const PASSWORD: &str = "correct horse battery staple";

const YAML: &str = "\
name: ledger
groups: [ledger_users]
security:
  defaults:
    logic: { view: [ledger_users], use: [ledger_users] }
";

const RULES: &str = "#[expression_rule(description = \"Greets\")]\nasync fn greet() -> Result<String> {\n    Ok(\"hello\".to_owned())\n}\n";

#[tokio::test]
async fn a_rule_is_edited_while_somebody_is_signed_in_and_a_page_is_open() {
    let project = Project::new("dev", &[("ledger/app.yaml", YAML), ("ledger/src/rules/greetings.rs", RULES)]);
    let target = Path::new(env!("CARGO_BIN_EXE_cargo-appos")).ancestors().nth(2).expect("a target folder").to_owned();
    let folder = project.path("").parent().expect("a folder").to_owned();
    let mut dev = Running::start(&folder, &target, &[]);
    dev.event("ready");
    let link = dev.event("setup_link")["url"].as_str().expect("a link").to_owned();
    let (at, token) = link.split_once("/setup?token=").expect("a token");
    assert_eq!(at, dev.url);

    // As the form of a page does it: the platform compares origin and host.
    let account = json!({ "token": token, "email": "ann@example.com", "name": "Ann", "password": PASSWORD });
    // Nobody chooses for all of a program with which cryptography it speaks TLS; reqwest wants to be told.
    rustls::crypto::ring::default_provider().install_default().ok();
    let neighbour = reqwest::Client::builder().no_proxy().local_address(IpAddr::from([127, 0, 0, 2])).build();
    let made = neighbour.expect("a client").post(format!("{}/auth/setup", dev.url)).header(ORIGIN, &dev.url);
    // What only the proxy may say is not passed on.
    let made = made.header("x-forwarded-host", "evil.example").header("x-forwarded-proto", "https");
    let made = made.json(&account).send().await.expect("an answer");
    assert_eq!(made.status().as_u16(), 201);
    let cookie = made.headers()[SET_COOKIE].to_str().expect("a text").split(';').next().expect("a cookie").to_owned();
    let sessions = dev.request(Method::GET, "/auth/sessions").header(COOKIE, &cookie).send().await.expect("an answer");
    let sessions: serde_json::Value = sessions.json().await.expect("JSON");
    assert_eq!(sessions["rows"][0]["address"], "127.0.0.2", "the program knows the client behind the proxy");
    let greet = async || {
        let request = dev.request(Method::POST, "/api/ledger/v1/rules/greet").header(COOKIE, &cookie);
        let answer = request.header(ORIGIN, &dev.url).json(&json!({})).send().await.expect("an answer");
        (answer.status().as_u16(), answer.json::<serde_json::Value>().await.expect("JSON"))
    };
    assert_eq!(greet().await, (200, json!("hello")));
    let foreign = dev.request(Method::POST, "/api/ledger/v1/rules/greet").header(COOKIE, &cookie);
    let foreign = foreign.header(ORIGIN, "http://evil.example").json(&json!({})).send().await.expect("an answer");
    assert_eq!(foreign.status().as_u16(), 403);

    let browser = Browser::start().await;
    browser.client.goto(&format!("{}/login", dev.url)).await.expect("a page");
    browser.until_new_page_with("Password").await;
    browser.mark().await;

    project.replace("ledger/src/rules/greetings.rs", "hello", "good day");
    assert_eq!(dev.event("ready")["first"], false);
    // The session is in the database, and stays.
    assert_eq!(greet().await, (200, json!("good day")));
    browser.until_new_page_with("Password").await;
    browser.mark().await;

    project.replace("ledger/src/rules/greetings.rs", "\"good day\".to_owned()", "missing()");
    let failed = dev.event("build_failed");
    assert_eq!(failed["errors"][0]["message"], "cannot find function `missing` in this scope", "{failed}");
    browser.until_new_page_with("greetings.rs:3").await;
    browser.until_new_page_with("cannot find function `missing` in this scope").await;
    browser.mark().await;
    let (status, problem) = greet().await;
    assert_eq!((status, &problem["code"]), (503, &json!("does_not_build")));

    project.replace("ledger/src/rules/greetings.rs", "missing()", "\"mended\".to_owned()");
    dev.event("ready");
    browser.until_new_page_with("Password").await;
    assert_eq!(greet().await, (200, json!("mended")));
    browser.client.clone().close().await.expect("it closes");

    let program = dev.program();
    assert!(dev.end("INT").success());
    assert!(is_gone(program), "nothing is left behind");
}

//! What is on disk when the program has ended.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::json;

use super::support::{Answer, Client, Line, Method, PASSWORD, Platform, lines, prepared};
use super::{CUSTOMERS, USERS};

/// The one security line of an execution.
#[track_caller]
fn of<'a>(lines: &'a [Line], answer: &Answer, action: &str) -> &'a Line {
    let found: Vec<&Line> = lines.iter().filter(|line| line.text("execution_id") == answer.execution_id).collect();
    assert_eq!(found.len(), 1, "{action}: {answer:?} {found:?}");
    assert_eq!(found[0].text("action"), action);
    assert_eq!(found[0].text("address"), "127.0.0.1", "{:?}", found[0]);
    assert!(!found[0].text("ts").is_empty());
    found[0]
}

#[tokio::test]
async fn what_concerns_access_is_in_the_security_log() {
    let mut platform = Platform::start();
    let mut admin = platform.client();
    let token = platform.token.clone().expect("a token");
    let form =
        |token: &str| json!({ "token": token, "email": "ada@acme.example", "name": "Ada", "password": PASSWORD });
    let bad_setup = admin.post("/auth/setup", form("wrong")).await.is(403);
    let setup = admin.post("/auth/setup", form(&token)).await.is(201);
    admin.keep(&setup);
    let ada = setup.body["user"].clone();
    let ben = admin.post(USERS, json!({ "email": "ben@acme.example", "name": "Ben" })).await.is(201).id();
    let password = admin.rule("set_password", json!({ "user": ben, "password": PASSWORD })).await.is(200);
    let robot = json!({ "email": "robot@acme.example", "name": "Robot", "user_type": "service_account" });
    let robot = admin.post(USERS, robot).await.is(201).id();
    let key = admin.rule("create_api_key", json!({ "user": robot, "name": "nightly" })).await.is(200);
    let revoked = admin.rule("revoke_api_key", json!({ "id": 1 })).await.is(200);
    let mut client = platform.client();
    let failed = client.sign_in("ben@acme.example", "not the password").await.is(401);
    let sign_in = client.sign_in("ben@acme.example", PASSWORD).await.is(200);
    let denied = client.get(CUSTOMERS).await.is(404);
    let stranger = platform.client().get(CUSTOMERS).await.is(401);
    let bad_key = client.get_by_key(CUSTOMERS, "appos_wrong").await.is(401);
    let forged = client.request(Method::POST, CUSTOMERS).header("origin", "https://evil.example");
    let forged = client.send(forged.json(&json!({}))).await.is(403);
    let sign_out = client.post("/auth/logout", json!({})).await.is(204);
    for _ in 0..10 {
        platform.client().sign_in("eve@acme.example", "not the password").await.is(401);
    }
    let throttled = platform.client().sign_in("eve@acme.example", "not the password").await.is(429);

    assert!(platform.terminate().success());
    let security = lines(&platform.folder().join(".appos/logs"), "security");
    for (answer, action, user, name) in [
        (&bad_setup, "setup_failed", json!(0), ""),
        (&setup, "setup", ada.clone(), "Ada"),
        (&password, "password_set", ada.clone(), "Ada"),
        (&key, "api_key_created", ada.clone(), "Ada"),
        (&revoked, "api_key_revoked", ada, "Ada"),
        (&failed, "sign_in_failed", json!(0), ""),
        (&sign_in, "sign_in", json!(ben), "Ben"),
        (&denied, "denied", json!(ben), "Ben"),
        (&stranger, "denied", json!(0), ""),
        (&bad_key, "key_refused", json!(0), ""),
        (&forged, "refused", json!(ben), "Ben"),
        (&sign_out, "sign_out", json!(ben), "Ben"),
        (&throttled, "sign_in_throttled", json!(0), ""),
    ] {
        let line = of(&security, answer, action);
        assert_eq!(line.json["user_id"], user, "{line:?}");
        if !name.is_empty() {
            assert_eq!(line.text("user"), name, "{line:?}");
        }
    }
    let line = of(&security, &denied, "denied");
    assert_eq!((line.text("object_ref"), line.text("permission")), ("crm.records.customer", "view"));
    assert!(of(&security, &password, "password_set").text("detail").contains(&ben.to_string()));
}

/// Asks again and again until the program is gone; answers the executions that were answered.
async fn ask(client: Client, path: &'static str, gone: Arc<AtomicBool>) -> Vec<String> {
    let mut answered = Vec::new();
    while let Ok(response) = client.request(Method::GET, path).send().await {
        let id = response.headers().get("x-execution-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
        // Half an answer is none.
        if response.bytes().await.is_err() {
            break;
        }
        answered.push(id.expect("every answer names its execution"));
        if gone.load(Ordering::Relaxed) {
            break;
        }
    }
    answered
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_was_answered_before_the_end_is_in_the_log() {
    let mut start = prepared(&[]).await;
    let gone = Arc::new(AtomicBool::new(false));
    let asking: Vec<_> = (0..12)
        .map(|number| {
            let client = if number % 3 == 0 { start.outsider.clone() } else { start.sales.clone() };
            tokio::spawn(ask(client, CUSTOMERS, Arc::clone(&gone)))
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(700)).await;
    let status = tokio::task::block_in_place(|| start.platform.terminate());
    gone.store(true, Ordering::Relaxed);
    assert!(status.success(), "{status}");
    let mut answered = Vec::new();
    for asking in asking {
        answered.extend(asking.await.expect("a client"));
    }
    assert!(answered.len() > 12, "there were requests");
    let logs = start.platform.folder().join(".appos/logs");
    let written: HashSet<String> =
        lines(&logs, "execution").iter().map(|line| line.text("execution_id").to_owned()).collect();
    let missing: Vec<_> = answered.iter().filter(|id| !written.contains(*id)).collect();
    assert!(missing.is_empty(), "{} of {} are not in the log: {missing:?}", missing.len(), answered.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_queue_keeps_nobody_waiting_and_tells_its_losses() {
    let mut start = prepared(&[("APPOS__LOGGING__QUEUE", "64")]).await;
    let asking: Vec<_> = (0..16)
        .map(|number| {
            let client = if number % 4 == 0 { start.outsider.clone() } else { start.sales.clone() };
            tokio::spawn(async move {
                let path = format!("{CUSTOMERS}/1");
                let mut answered = Vec::new();
                for _ in 0..100 {
                    answered.push(client.get(&path).await);
                }
                answered
            })
        })
        .collect();
    let mut answered = Vec::new();
    for asking in asking {
        // Each was answered as if there were no log.
        answered.extend(asking.await.expect("a client"));
    }
    let denied = answered.iter().filter(|answer| answer.status == 404).count();
    assert_eq!((denied, answered.len()), (400, 1600));
    assert!(answered.iter().all(|answer| [200, 404].contains(&answer.status)));
    assert!(start.platform.terminate().success());

    let logs = start.platform.folder().join(".appos/logs");
    let executions = lines(&logs, "execution");
    let told: u64 = executions
        .iter()
        .filter(|line| line.text("event") == "lost")
        .filter_map(|line| line.json["count"].as_u64())
        .sum();
    let written: HashSet<&str> = executions.iter().map(|line| line.text("execution_id")).collect();
    let missing = answered.iter().filter(|answer| !written.contains(answer.execution_id.as_str())).count();
    assert!(missing > 0, "the queue was never full");
    assert_eq!(told, u64::try_from(missing).expect("a number"), "every loss is told, and nothing else");
    // What concerns access is not lost.
    let security: HashSet<String> =
        lines(&logs, "security").iter().map(|line| line.text("execution_id").to_owned()).collect();
    let unseen =
        answered.iter().filter(|answer| answer.status == 404 && !security.contains(&answer.execution_id)).count();
    assert_eq!(unseen, 0, "denials without a line");
}

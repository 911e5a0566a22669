//! What load balancers and those who watch are told: `/ready`, and the rule by which administrators learn more.

use serde_json::json;

use super::support::{Method, prepared};

#[tokio::test]
async fn a_program_says_what_it_lacks_to_anybody_and_why_to_administrators() {
    let start = prepared(&[]).await;
    // Nobody has asked before: what is found is good for a moment.
    let files = start.platform.folder().join(".appos/files");
    std::fs::remove_dir_all(&files).expect("the folder of files");
    let ready = start.platform.client().get("/ready").await.is(200);
    let states = ready.body["checks"].as_array().expect("checks").iter();
    let states: Vec<_> = states.map(|check| (check["name"].clone(), check["state"].clone())).collect();
    let of = |name: &str, state: &str| (json!(name), json!(state));
    for name in ["database", "migrations", "worker", "security_log", "connected_systems"] {
        assert!(states.contains(&of(name, "ok")), "{name}: {states:?}");
    }
    assert!(states.contains(&of("files", "degraded")), "documents cannot be kept: {states:?}");
    assert_eq!(ready.body["status"], "degraded", "everything else can be done");
    let text = ready.body.to_string();
    assert!(!text.contains("No such file") && !text.contains("detail") && !text.contains("payments"), "{text}");
    // By any name, with any cookie, and without a body.
    let request = start.platform.client().request(Method::HEAD, "/ready").header("host", "10.0.0.5");
    start.sales.send(request.header("cookie", "appos_session=gone")).await.is(200);
    start.platform.client().post("/ready", json!({})).await.is(405);

    let health = start.admin.rule("health", json!({})).await.is(200).body;
    let checks = health["checks"].as_array().expect("checks");
    let lacking = checks.iter().find(|check| check["name"] == "files").expect("files");
    assert!(lacking["detail"].as_str().is_some_and(|why| why.contains("No such file")), "{lacking}");
    assert_eq!((&health["status"], &health["role"]), (&json!("degraded"), &json!("all")));
    start.sales.rule("health", json!({})).await.problem(404, "not_found");
}

#[tokio::test]
async fn a_program_that_is_told_to_end_serves_while_others_hear_of_it() {
    let start = prepared(&[("APPOS__SERVER__SHUTDOWN_DELAY", "3s")]).await;
    let mut platform = start.platform;
    let stranger = platform.client();
    stranger.get("/ready").await.is(200);
    platform.tell_to_end();
    let mut ready = stranger.get("/ready").await;
    while ready.status == 200 {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        ready = stranger.get("/ready").await;
    }
    assert_eq!(ready.is(503).body["status"], "stopping");
    start.sales.get(super::CUSTOMERS).await.is(200);
    stranger.get("/health").await.is(200);
    assert!(platform.terminate().success(), "it ends by itself, and well");
}

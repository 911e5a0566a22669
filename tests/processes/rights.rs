//! Who may start, see, tell and end what.

use super::*;

#[tokio::test]
async fn whoever_may_not_use_a_process_starts_none() {
    let platform = platform().await;
    let stranger = platform.user("eve", &["finance"]).await.expect("eve");
    assert_denied!(stranger.run(processes::journey("Eve".to_owned()).start()).await);
    platform.processes_idle().await.expect("an answer");
    assert_eq!(names(&platform).await, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_not_for_everyone_is_not_shown_of_a_start_by_reference() {
    let platform = platform().await;
    let fin = platform.user("fin", &["finance"]).await.expect("fin");
    let arguments = json!({ "name": "Bo", "number": 7, "api_key": "4711-secret" });
    fin.run(engine::dispatch("probe.processes.deliver", arguments)).await.expect("it starts");
    platform.processes_idle().await.expect("an answer");
    let system = platform.system().await.expect("a scope");
    let listed = Arc::clone(&system).run(rule("process_list", json!({}))).await.expect("a list");
    let seen = system.run(rule("process_show", json!({ "instance": listed[0]["id"] }))).await.expect("an instance");
    assert_eq!(seen["arguments"], json!({ "name": "Bo", "number": 7, "api_key": "[redacted]" }));
    assert!(!seen.to_string().contains("4711-secret"), "{seen:#}");
}

#[tokio::test]
async fn what_tells_an_instance_needs_the_right_to_use_its_process() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let instance = ann.run(processes::meeting("Bo".to_owned(), None).start()).await.expect("it starts");
    let eve = platform.user("eve", &["finance"]).await.expect("eve");
    for asked in ["signal", "cancel", "show", "retry"] {
        let mut arguments = json!({ "instance": instance.id });
        if asked == "signal" {
            arguments["name"] = json!("arrived");
        }
        let error = Arc::clone(&eve).run(rule(&format!("process_{asked}"), arguments)).await.expect_err("a refusal");
        assert_eq!(error.code(), "unknown_instance", "{asked}");
    }
    let listed = eve.run(rule("process_list", json!({}))).await.expect("a list");
    assert_eq!(listed, json!([]));
    platform.processes_idle().await.expect("an answer");
    assert_eq!(names(&platform).await, Vec::<String>::new());
}

#[tokio::test]
async fn who_has_started_an_instance_sees_it_and_so_does_who_may_view_the_process() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let bob = platform.user("bob", &["probe_users"]).await.expect("bob");
    let fin = platform.user("fin", &["finance"]).await.expect("fin");
    let instance = Arc::clone(&ann).run(processes::journey("Bo".to_owned()).start()).await.expect("it starts");
    platform.processes_idle().await.expect("an answer");
    for (who, sees) in [(&ann, true), (&bob, false), (&fin, true)] {
        let shown = Arc::clone(who).run(rule("process_show", json!({ "instance": instance.id }))).await;
        assert_eq!(shown.is_ok(), sees, "{}", who.user.name);
        let listed = Arc::clone(who).run(rule("process_list", json!({}))).await.expect("a list");
        assert_eq!(listed.as_array().map_or(0, Vec::len), usize::from(sees), "{}", who.user.name);
    }
    let own = fin.run(rule("process_list", json!({ "wanted": { "own": true } }))).await.expect("a list");
    assert_eq!(own, json!([]));
}

#[tokio::test]
async fn the_body_of_a_process_reaches_nothing_but_by_its_steps() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let seen = run(&platform, &ann, processes::trespass().start()).await;
    assert_eq!((&seen["state"], &seen["error"]["code"]), (&json!("failed"), &json!("outside_step")), "{seen:#}");
}

#[tokio::test]
async fn who_has_lost_his_rights_by_then_does_not_go_on() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let seen = run(&platform, &ann, processes::nap("Bo".to_owned(), 60).start()).await;
    platform.user("ann", &[]).await.expect("ann");
    let system = platform.system().await.expect("a scope");
    system
        .run(async {
            use appos::prelude::platform::records::Membership;
            for membership in Membership::query().all().await.expect("memberships") {
                membership.delete().await.expect("it is gone");
            }
        })
        .await;
    platform.advance(Duration::from_secs(61));
    platform.processes_idle().await.expect("an answer");
    let id = seen["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
    let seen = show(&platform, Instance { id }).await;
    assert_eq!((&seen["state"], &seen["error"]["code"]), (&json!("parked"), &json!("denied")), "{seen:#}");
    assert_eq!(names(&platform).await, ["Bo sleeps"]);
}

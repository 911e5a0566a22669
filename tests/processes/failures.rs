//! Failures: what is tried again, undone, given up and taken up again.

use super::*;

#[tokio::test]
async fn a_step_that_fails_is_tried_again_and_what_was_done_is_undone_when_that_does_not_help() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let seen = run(&platform, &ann, processes::climb("Bo".to_owned(), 2).start()).await;
    assert_eq!((&seen["state"], &seen["result"]), (&json!("completed"), &json!(3)), "{seen:#}");
    assert_eq!(history(&seen)[2], "3 step shaky completed 3");

    let seen = run(&platform, &ann, processes::climb("Cy".to_owned(), 99).start()).await;
    assert_eq!(seen["state"], "failed", "{seen:#}");
    assert_eq!(seen["error"]["message"], "the rope has torn");
    assert!(seen["error"]["execution_id"].is_string(), "{seen:#}");
    assert_eq!(
        history(&seen),
        [
            "1 step set_up completed 1",
            "2 step set_up completed 1",
            "3 step shaky failed 4",
            "~2 compensation take_down completed 1",
            "~1 compensation take_down completed 1",
        ]
    );
    let names = names(&platform).await;
    let of_cy: Vec<_> = names.iter().filter(|name| name.starts_with("Cy camp")).collect();
    assert_eq!(of_cy, ["Cy camp 1", "Cy camp 2", "Cy camp 2 down", "Cy camp 1 down"]);
    assert_eq!(names.iter().filter(|name| *name == "Cy tries").count(), 4);
}

#[tokio::test]
async fn a_failure_can_be_passed_over_and_a_step_left_out() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let seen = run(&platform, &ann, processes::stroll("Bo".to_owned(), false).start()).await;
    assert_eq!((&seen["state"], &seen["result"]), (&json!("completed"), &json!([null, null])), "{seen:#}");
    assert_eq!(history(&seen), ["1 step shaky failed 2", "2 step mark skipped 0"]);
    let seen = run(&platform, &ann, processes::stroll("Cy".to_owned(), true).start()).await;
    assert_eq!(seen["result"], json!([null, "Cy far!"]));
}

#[tokio::test]
async fn what_has_failed_goes_on_from_there_when_it_is_retried() {
    let platform = platform().await;
    let (ann, adm) = (ann(&platform).await, platform.user("adm", &["probe_users", "probe_admins"]).await.expect("adm"));
    let instance = Arc::clone(&ann).run(processes::walk("Bo".to_owned(), 5).start()).await.expect("it starts");
    platform.processes_idle().await.expect("an answer");
    assert_eq!(show(&platform, instance).await["state"], "failed");
    assert_denied!(ann.run(instance.retry()).await);
    Arc::clone(&adm).run(instance.retry()).await.expect("it goes on");
    platform.processes_idle().await.expect("an answer");
    let seen = show(&platform, instance).await;
    assert_eq!((&seen["state"], &seen["result"]), (&json!("completed"), &json!(6)), "{seen:#}");
    assert_eq!(names(&platform).await.iter().filter(|name| *name == "Bo begins").count(), 1);
    let error = adm.run(instance.retry()).await.expect_err("it has not failed");
    assert_eq!(error.code(), "not_failed");
}

#[tokio::test]
async fn a_retry_reaches_the_part_that_has_failed() {
    let platform = platform().await;
    let adm = platform.user("adm", &["probe_users", "probe_admins"]).await.expect("adm");
    let instance = Arc::clone(&adm).run(processes::tour("Bo".to_owned(), 5).start()).await.expect("it starts");
    platform.processes_idle().await.expect("an answer");
    platform.advance(Duration::from_secs(61));
    platform.processes_idle().await.expect("an answer");
    assert_eq!(show(&platform, instance).await["state"], "failed");
    adm.run(instance.retry()).await.expect("it goes on");
    platform.processes_idle().await.expect("an answer");
    let seen = show(&platform, instance).await;
    assert_eq!((&seen["state"], &seen["result"]), (&json!("completed"), &json!(6)), "{seen:#}");
    assert_eq!(names(&platform).await.iter().filter(|name| *name == "Bo before wakes").count(), 1);
}

#[tokio::test]
async fn what_is_cancelled_ends_and_is_undone() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let instance = Arc::clone(&ann).run(processes::marathon("Bo".to_owned()).start()).await.expect("it starts");
    platform.processes_idle().await.expect("an answer");
    // Who may use the process, and has not started it, does not even learn of it.
    let bob = platform.user("bob", &["probe_users"]).await.expect("bob");
    assert_eq!(bob.run(instance.cancel()).await.expect_err("it is Ann's").code(), "unknown_instance");
    ann.run(instance.cancel()).await.expect("it is cancelled");
    platform.processes_idle().await.expect("an answer");
    let seen = show(&platform, instance).await;
    assert_eq!((&seen["state"], &seen["error"]["code"]), (&json!("cancelled"), &json!("cancelled")), "{seen:#}");
    assert_eq!(names(&platform).await, ["Bo start", "Bo start down"]);
}

#[tokio::test]
async fn a_process_that_is_cancelled_takes_its_parts_along() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let instance = Arc::clone(&ann).run(processes::tour("Bo".to_owned(), 0).start()).await.expect("it starts");
    platform.processes_idle().await.expect("an answer");
    ann.run(instance.cancel()).await.expect("it is cancelled");
    platform.processes_idle().await.expect("an answer");
    let system = platform.system().await.expect("a scope");
    let listed = system.run(rule("process_list", json!({}))).await.expect("a list");
    let states: Vec<_> = listed.as_array().expect("a list").iter().map(|one| &one["state"]).collect();
    assert_eq!(states, ["cancelled", "cancelled"], "{listed:#}");
}

#[tokio::test]
async fn a_deadline_ends_a_process_and_what_it_did_is_undone() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let seen = run(&platform, &ann, processes::marathon("Bo".to_owned()).start()).await;
    assert_eq!(seen["state"], "running");
    platform.advance(Duration::from_secs(3601));
    platform.processes_idle().await.expect("an answer");
    let id = seen["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
    let seen = show(&platform, Instance { id }).await;
    assert_eq!((&seen["state"], &seen["error"]["code"]), (&json!("failed"), &json!("deadline")), "{seen:#}");
    assert_eq!(names(&platform).await, ["Bo start", "Bo start down"]);
}

#[tokio::test]
async fn of_branches_that_give_up_together_the_first_failure_is_the_answer() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let seen = run(&platform, &ann, processes::relay("Bo".to_owned()).start()).await;
    assert_eq!(
        (&seen["state"], &seen["error"]["message"]),
        (&json!("failed"), &json!("the rope has torn")),
        "{seen:#}"
    );
    assert_eq!(history(&seen), ["1 step shaky failed 1", "2 timer sleep cancelled 0"]);
}

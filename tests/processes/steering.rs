//! Who runs processes, how many at a time, how much there is to do, and several that go no further.

use super::*;

async fn system(platform: &TestPlatform) -> Arc<Scope> {
    platform.system().await.expect("a scope")
}

async fn asked(platform: &TestPlatform, name: &str, arguments: Json) -> Json {
    system(platform).await.run(rule(name, arguments)).await.expect("an answer")
}

/// Sets how many instances each worker runs, and waits until the only one does.
async fn scaled(platform: &TestPlatform, concurrency: Option<u32>, runs: u32) {
    asked(platform, "process_scale", json!({ "worker": "all", "concurrency": concurrency })).await;
    for _ in 0..1_500 {
        let seen = asked(platform, "process_workers", json!({})).await;
        if seen["workers"][0]["concurrency"] == runs {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the worker heeds nothing");
}

/// Numbers of the process `walk`.
async fn of_walk(platform: &TestPlatform) -> Json {
    let stats = asked(platform, "process_stats", json!({ "wanted": { "process": "probe.processes.walk" } })).await;
    assert_eq!(stats["minutes"].as_array().map(Vec::len), Some(60));
    stats["processes"][0].clone()
}

#[tokio::test]
async fn a_worker_that_is_drained_takes_nothing_up_until_it_is_scaled_again() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    scaled(&platform, Some(0), 0).await;
    let worker = asked(&platform, "process_workers", json!({})).await["workers"][0].clone();
    assert_eq!((&worker["state"], &worker["configured"]), (&json!("drained"), &json!(16)), "{worker:#}");
    assert_eq!(worker["pid"], std::process::id());
    Arc::clone(&ann).run(processes::walk("Bo".to_owned(), 0).start()).await.expect("it starts");
    // Whoever rings for it is not heard.
    tokio::time::sleep(Duration::from_millis(200)).await;
    let walk = of_walk(&platform).await;
    assert_eq!((&walk["due"], &walk["running"], &walk["waiting"]), (&json!(1), &json!(0), &json!(0)), "{walk:#}");
    assert!(walk["oldest_due_s"].is_number(), "{walk:#}");
    assert_eq!(names(&platform).await, Vec::<String>::new());

    scaled(&platform, Some(1), 1).await;
    platform.processes_idle().await.expect("an answer");
    scaled(&platform, None, 16).await;
    let walk = of_walk(&platform).await;
    let hour = &walk["last_hour"];
    assert_eq!((&walk["due"], &hour["started"], &hour["completed"]), (&json!(0), &json!(1), &json!(1)), "{walk:#}");
    assert!(hour["steps"].as_i64().is_some_and(|steps| steps >= 1), "{walk:#}");
    assert_eq!(asked(&platform, "process_workers", json!({})).await["all"], Json::Null);
}

#[tokio::test]
async fn a_number_for_all_workers_holds_for_programs_that_come_later() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = database(folder.path());
    let first = another_on(&url).await.expect("the platform starts");
    scaled(&first, Some(3), 3).await;
    let ended = asked(&first, "process_workers", json!({})).await["workers"][0]["id"].clone();
    drop(first);
    let second = another_on(&url).await.expect("the platform starts");
    let mut runs = Json::Null;
    for _ in 0..1_500 {
        let seen = asked(&second, "process_workers", json!({})).await;
        assert_eq!(seen["all"], 3, "{seen:#}");
        let workers = seen["workers"].as_array().expect("workers");
        let other = workers.iter().find(|worker| worker["id"] != ended);
        runs = other.map_or(Json::Null, |worker| worker["concurrency"].clone());
        if runs == 3 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it runs {runs}");
}

#[tokio::test]
async fn only_administrators_see_workers_and_scale_them() {
    let platform = platform().await;
    let adm = platform.user("adm", &["probe_users", "probe_admins"]).await.expect("adm");
    let scale = json!({ "worker": "all", "concurrency": 1 });
    assert_denied!(Arc::clone(&adm).run(rule("process_scale", scale)).await);
    assert_denied!(Arc::clone(&adm).run(rule("process_workers", json!({}))).await);
    for (wrong, field) in [
        (json!({ "worker": "all", "concurrency": -1 }), "concurrency"),
        (json!({ "worker": "all", "concurrency": 10_001 }), "concurrency"),
        (json!({ "worker": "nobody", "concurrency": 1 }), "worker"),
    ] {
        let error = system(&platform).await.run(rule("process_scale", wrong)).await.expect_err("a refusal");
        assert_eq!((error.code(), error.fields()[0].field.as_str()), ("invalid_fields", field));
    }
}

#[tokio::test]
async fn what_waits_and_what_has_failed_is_counted_for_whoever_may_see_it() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let fin = platform.user("fin", &["finance"]).await.expect("fin");
    run(&platform, &ann, processes::marathon("Bo".to_owned()).start()).await;
    run(&platform, &ann, processes::walk("Cy".to_owned(), 5).start()).await;
    let stats = asked(&platform, "process_stats", json!({})).await;
    let of = |stats: &Json, name: &str| {
        let mut all = stats["processes"].as_array().expect("processes").iter();
        all.find(|process| process["process"] == format!("probe.processes.{name}")).cloned()
    };
    assert_eq!(of(&stats, "marathon").expect("it is there")["waiting"], 1);
    assert_eq!(of(&stats, "walk").expect("it is there")["failed"], 1);
    // Ann may use them, and view none but her own.
    let own = ann.run(rule("process_stats", json!({}))).await.expect("an answer");
    assert!(of(&own, "walk").is_none(), "{own:#}");
    fin.run(rule("process_stats", json!({ "wanted": { "app": "nothing" } }))).await.expect("an answer");
}

#[tokio::test]
async fn several_that_go_no_further_are_retried_together_and_each_refusal_is_told() {
    let platform = platform().await;
    let (ann, adm) = (ann(&platform).await, platform.user("adm", &["probe_users", "probe_admins"]).await.expect("adm"));
    let failed = run(&platform, &ann, processes::walk("Bo".to_owned(), 5).start()).await["id"].clone();
    let well = run(&platform, &ann, processes::walk("Cy".to_owned(), 0).start()).await["id"].clone();
    let dead = asked(&platform, "process_list", json!({ "wanted": { "dead": true } })).await;
    assert_eq!(dead.as_array().map(Vec::len), Some(1), "{dead:#}");
    assert_eq!(dead[0]["id"], failed);
    let nobody = "01900000-0000-7000-8000-000000000000";
    let steer = json!({ "instances": [failed, well, nobody, failed], "what": "retry" });
    let refused = ann.run(rule("process_steer", steer.clone())).await.expect("an answer");
    assert_eq!(refused[0]["error"]["code"], "denied", "{refused:#}");
    let done = adm.run(rule("process_steer", steer)).await.expect("an answer");
    let codes: Vec<_> = done.as_array().expect("a list").iter().map(|one| one["error"]["code"].clone()).collect();
    assert_eq!(codes, [Json::Null, json!("not_failed"), json!("unknown_instance")], "{done:#}");
    platform.processes_idle().await.expect("an answer");
    assert_eq!(asked(&platform, "process_list", json!({ "wanted": { "dead": true } })).await, json!([]));
}

#[tokio::test]
async fn what_was_put_aside_can_be_cancelled_and_is_undone() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let started = Arc::clone(&ann).run(processes::route("Di".to_owned()).after(Duration::from_mins(1)).start()).await;
    let instance = started.expect("it starts");
    platform.set_version(instance, 7).await.expect("another one");
    platform.advance(Duration::from_secs(61));
    platform.processes_idle().await.expect("an answer");
    assert_eq!(show(&platform, instance).await["state"], "parked");
    // Back to a version that there is: it is taken up to be undone, and no further.
    platform.set_version(instance, 1).await.expect("an earlier one");
    system(&platform).await.run(instance.cancel()).await.expect("it is cancelled");
    platform.processes_idle().await.expect("an answer");
    assert_eq!(show(&platform, instance).await["state"], "cancelled");
    assert_eq!(names(&platform).await, Vec::<String>::new());
}

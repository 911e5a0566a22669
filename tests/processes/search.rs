//! Instances are found by what they were given and by variables, as far as their processes say so.

use super::*;

async fn parcel(platform: &TestPlatform, scope: &Arc<Scope>, customer: i64, tier: Option<&str>) -> Instance {
    let start = processes::parcel(customer, tier.map(str::to_owned), customer % 2 == 0).start();
    let instance = Arc::clone(scope).run(start).await.expect("it starts");
    platform.processes_idle().await.expect("an answer");
    instance
}

/// Ids of those that somebody finds.
async fn found(scope: &Arc<Scope>, wanted: Json) -> Vec<Json> {
    let listed = Arc::clone(scope).run(rule("process_list", json!({ "wanted": wanted }))).await.expect("a list");
    listed.as_array().expect("a list").iter().map(|instance| instance["id"].clone()).collect()
}

fn by(filter: &Json) -> Json {
    json!({ "filter": filter })
}

#[tokio::test]
async fn instances_are_found_by_inputs_and_variables() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let three = parcel(&platform, &ann, 3, Some("gold")).await;
    let four = parcel(&platform, &ann, 4, Some("gold")).await;
    let thirty = parcel(&platform, &ann, 30, None).await;
    let ids = |instances: &[Instance]| instances.iter().map(|one| json!(one.id)).collect::<Vec<_>>();
    assert_eq!(found(&ann, by(&json!({ "customer": "3" }))).await, ids(&[three]), "all of the value");
    assert_eq!(found(&ann, by(&json!({ "tier": "gold" }))).await, ids(&[four, three]), "the newest first");
    assert_eq!(found(&ann, by(&json!({ "tier": "gold", "express": "true" }))).await, ids(&[four]));
    assert_eq!(found(&ann, by(&json!({ "stage": "packed" }))).await, ids(&[thirty, four, three]));
    for nothing in [json!({ "tier": "" }), json!({ "tier": "null" }), json!({ "nothing": "3" }), json!({ "a\0": "b" })]
    {
        assert_eq!(found(&ann, by(&nothing)).await, Vec::<Json>::new(), "{nothing}");
    }
    Arc::clone(&ann).run(three.signal("sent", "sent")).await.expect("it is told");
    Arc::clone(&ann).run(four.signal("sent", "lost")).await.expect("it is told");
    platform.processes_idle().await.expect("an answer");
    assert_eq!(found(&ann, by(&json!({ "stage": "sent" }))).await, ids(&[three]), "a variable has its last value");
    assert_eq!(found(&ann, by(&json!({ "stage": "lost" }))).await, ids(&[]), "set in another way it is not found by");
    assert_eq!(found(&ann, by(&json!({ "stage": "packed" }))).await, ids(&[thirty]));
    let both =
        json!({ "filter": { "tier": "gold" }, "state": "completed", "process": "probe.processes.parcel", "limit": 1 });
    assert_eq!(found(&ann, both).await, ids(&[four]));
    let seen = show(&platform, three).await;
    assert_eq!(seen["variables"], json!([{ "name": "stage", "visibility": "searchable", "value": "sent" }]));
}

#[tokio::test]
async fn who_may_not_see_a_process_finds_nothing_of_it() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let bob = platform.user("bob", &["probe_users"]).await.expect("bob");
    let fin = platform.user("fin", &["finance"]).await.expect("fin");
    let eve = platform.user("eve", &[]).await.expect("eve");
    let instance = parcel(&platform, &ann, 3, Some("gold")).await;
    for (who, finds) in [(&ann, true), (&fin, true), (&bob, false), (&eve, false)] {
        for filter in [json!({ "customer": "3" }), json!({ "stage": "packed" })] {
            let expected = if finds { vec![json!(instance.id)] } else { Vec::new() };
            assert_eq!(found(who, by(&filter)).await, expected, "{} {filter}", who.user.name);
        }
    }
}

#[tokio::test]
async fn what_is_too_long_to_be_found_by_is_refused() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let long = |length| processes::parcel(1, Some("ä".repeat(length)), false).start();
    let error = Arc::clone(&ann).run(long(201)).await.expect_err("too long");
    assert_eq!((error.code(), error.fields()[0].field.as_str()), ("invalid_fields", "tier"));
    Arc::clone(&ann).run(long(200)).await.expect("it starts");
    let instance = parcel(&platform, &ann, 3, None).await;
    Arc::clone(&ann).run(instance.signal("sent", "x".repeat(201))).await.expect("it is told");
    platform.processes_idle().await.expect("an answer");
    let seen = show(&platform, instance).await;
    assert_eq!((&seen["state"], &seen["error"]["code"]), (&json!("failed"), &json!("invalid_variable")), "{seen:#}");
}

#[tokio::test]
async fn what_is_in_the_archive_is_found_there() {
    let platform = platform().await;
    let ann = ann(&platform).await;
    let instance = parcel(&platform, &ann, 3, Some("gold")).await;
    Arc::clone(&ann).run(instance.signal("sent", "sent")).await.expect("it is told");
    platform.processes_idle().await.expect("an answer");
    platform.advance(Duration::from_secs(14 * 31 * 24 * 3600));
    platform.processes_idle().await.expect("an answer");
    for filter in [json!({ "customer": "3" }), json!({ "stage": "sent", "tier": "gold" })] {
        assert_eq!(found(&ann, by(&filter)).await, Vec::<Json>::new());
        let archived = json!({ "filter": filter, "archived": true });
        assert_eq!(found(&ann, archived).await, [json!(instance.id)]);
    }
}
